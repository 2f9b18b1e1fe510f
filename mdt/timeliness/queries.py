"""How long people wait, whether they are told in time, who is put off again, and who leaves the caseload."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.closing.rules import ClosedWhy
from mdt.letters.records import Telling
from mdt.letters.rules import TELL_WITHIN, Audience, is_late
from mdt.lists.rules import DISCUSSED, carried_after
from mdt.meeting_counts.queries import Item, items_counted
from mdt.patients.records import Patient
from mdt.periods.rules import Period
from mdt.reports.queries import counted_for
from mdt.reports.rules import Report, Split, Spread, Tally, Unit
from network.access.rules import Actor
from network.plumbing.database import ENGLAND, db, today

AGAIN = 2
NOT_CODED = "Not coded"
NOT_TAKEN_ON = (
    CaseState.DRAFT,
    CaseState.SUBMITTED,
    CaseState.RETURNED,
    CaseState.REDIRECTED,
    CaseState.DECLINED,
)
WHY = Split(
    "why", "Why they left", (*(each.label for each in ClosedWhy), NOT_CODED), "left", leaves_out_empty=True
)


def told_for(viewer: Actor, period: Period) -> Report:
    """Say how many people were told in time what was decided."""
    counted, year = counted_for(viewer), period.whole
    rows = db.session.execute(
        select(Telling.due_on, Telling.told_on, Case.patient_id)
        .join(Telling.case)
        .join(Case.patient)
        .where(
            Telling.audience == Audience.PERSON,
            Telling.due_on.between(year.starts_on, year.ends_on),
            Patient.died_on.is_(None) | Telling.told_on.is_not(None),
        )
    )
    units = [
        Unit(
            due_on,
            "late" if is_late(due_on, told_on, today()) else "in time",
            counted.people[patient_id],
            patient_id,
        )
        for due_on, told_on, patient_id in rows
        if patient_id in counted.people and (told_on or today() > due_on)
    ]
    return Report(
        (
            Tally(
                "told",
                f"Are people told within {TELL_WITHIN} working days?",
                "People who were to be told in this time what was decided: told within"
                f" {TELL_WITHIN} working days of the meeting, as a share of all who were told or whose day"
                " is past. Who died before is left out.",
                ("in time", "late"),
                units,
                counted.splits,
                nothing="Nobody was to be told anything in this time.",
            ),
        )
    )


def waits_for(viewer: Actor, period: Period) -> Report:
    """Say how long people waited, and who was put off more than once."""
    counted = counted_for(viewer)
    items = items_counted(counted, period.whole)
    first: dict[uuid.UUID, date] = {}
    for item in items:
        if item.state in DISCUSSED:
            first.setdefault(item.case_id, item.on)
    rows = db.session.execute(
        select(Case.id, Case.submitted_at, Case.answered_at, Case.patient_id).where(
            Case.submitted_at.is_not(None), Case.state != CaseState.DRAFT
        )
    )
    triage, discussion = [], []
    for case_id, submitted_at, answered_at, patient_id in rows:
        if submitted_at is None or patient_id not in counted.people:
            continue
        sent_on = _day(submitted_at)
        if answered_at:
            triage.append((_day(answered_at), sent_on))
        if case_id in first:
            discussion.append((first[case_id], sent_on))
    return Report(
        (_put_off(items),),
        (
            Spread(
                "triage",
                "How long until a referral is answered?",
                "Days from sending to the answer of triage, for referrals answered in this time.",
                "days",
                *_waited(triage, period),
            ),
            Spread(
                "discussion",
                "How long until a case is discussed?",
                "Days from sending to the first meeting at which the case was decided or noted, for cases"
                " discussed for the first time this year, and in this time.",
                "days",
                *_waited(discussion, period),
            ),
        ),
    )


def leaving_for(viewer: Actor, period: Period) -> Report:
    """Say how many of those taken on have left the caseload."""
    counted, year = counted_for(viewer), period.whole
    rows = db.session.execute(
        select(Case.answered_at, Case.state, Case.closed_as, Case.patient_id).where(
            Case.answered_at.is_not(None), Case.state.not_in(NOT_TAKEN_ON)
        )
    )
    left = (CaseState.CLOSED, CaseState.WITHDRAWN)
    units = [
        Unit(
            _day(answered_at),
            "left" if state in left else "still open",
            {**counted.people[patient_id], "why": _why(state, closed_as)},
            patient_id,
        )
        for answered_at, state, closed_as, patient_id in rows
        if answered_at and patient_id in counted.people
    ]
    return Report(
        (
            Tally(
                "leaving",
                "Do cases end?",
                "Of the cases taken on in this time, those that have been closed or withdrawn by today. A"
                " caseload that never shrinks leaves no room for the next person.",
                ("left", "still open"),
                [unit for unit in units if year.covers(unit.on)],
                (WHY, *counted.splits),
                nothing="No case was taken on in this time.",
            ),
        )
    )


def _waited(ended: Sequence[tuple[date, date]], period: Period) -> tuple[tuple[int, ...], tuple[date, ...]]:
    """Return the days that waits took which ended in a period, and when those of its year ended."""
    days = tuple((end - start).days for end, start in ended if period.covers(end))
    return days, tuple(end for end, _ in ended if period.whole.covers(end))


def _put_off(items: list[Item]) -> Tally:
    units = [
        Unit(
            item.on,
            "twice or more in a row"
            if carried_after(item.state, item.carried_before, was_cancelled=False) >= AGAIN
            else "not, or once",
            person=item.patient_id,
        )
        for item in items
    ]
    return Tally(
        "put_off",
        "Is anybody put off again and again?",
        "Cases on the lists of meetings held in this time that were not reached or carried over for at least"
        " the second time in a row.",
        ("twice or more in a row", "not, or once"),
        units,
        nothing="No meeting was held in this time.",
    )


def _why(state: CaseState, closed_as: str | None) -> str:
    return ClosedWhy(closed_as).label if closed_as else NOT_CODED


def _day(moment: datetime) -> date:
    return moment.astimezone(ENGLAND).date()

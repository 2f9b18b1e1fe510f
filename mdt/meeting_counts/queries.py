"""What happens in meetings: minutes for each case, decisions, the person's view, who comes and answers."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, load_only, selectinload

from mdt.cases.records import Case
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ContributionState
from mdt.lists.records import AgendaItem
from mdt.lists.rules import DISCUSSED, ItemState, ViewHeard
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import AttendanceState, quorum_of
from mdt.periods.rules import Period
from mdt.reports.queries import Counted, counted_for
from mdt.reports.rules import Report, Split, Spread, Tally, Unit
from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND, db, today
from network.vocabulary import Discipline

MINUTE = 60
DECIDED, OUTCOME = "decided", "decided or noted"
NOT_ASKED = "Not noted"
BY_DISCIPLINE = Split(
    "discipline", "By discipline", tuple(each.label for each in Discipline), leaves_out_empty=True
)
REACHED = {
    ItemState.DECIDED: OUTCOME,
    ItemState.NOTED: OUTCOME,
    ItemState.CARRIED: "carried over",
    ItemState.NOT_REACHED: "not reached",
}
CAME = {
    AttendanceState.PRESENT: "came",
    AttendanceState.DEPUTY: "sent a deputy",
    AttendanceState.APOLOGIES: "apologies",
    AttendanceState.EXPECTED: "no word",
}
ANSWERED = {
    ContributionState.GIVEN: "given",
    ContributionState.NOTHING_TO_ADD: "nothing to add",
    ContributionState.NOT_KNOWN: "not known to them",
    ContributionState.CANNOT_SHARE: "cannot share",
    ContributionState.REQUESTED: "silent",
}


@dataclass(frozen=True)
class Item:
    """What became of a case on the list of a meeting that was held."""

    on: date
    state: ItemState
    seconds: int
    view_heard: ViewHeard | None
    carried_before: int
    case_id: uuid.UUID
    patient_id: uuid.UUID


def meetings_counted_for(viewer: Actor, period: Period) -> Report:
    """Say how meetings went."""
    counted, year = counted_for(viewer), period.whole
    items = items_counted(counted, year)
    timed = [item for item in items if item.state in DISCUSSED and item.seconds]
    tallies = [
        _decided(items),
        _heard(items),
        _contributed(viewer, year),
        _attended(viewer, year),
    ]
    if viewer.organisations_for(Permission.SEE_EVIDENCE) is None:
        tallies.append(_quorate(year))
    spread = Spread(
        "minutes",
        "How many minutes does a case get?",
        "Minutes from opening to the outcome of each case that was decided or noted in this time, as the run"
        " screen's clock took them.",
        "minutes",
        tuple(item.seconds / MINUTE for item in timed if period.covers(item.on)),
        tuple(item.on for item in timed),
        part_of=(DECIDED, OUTCOME),
    )
    return Report(tuple(tallies), (spread,))


def items_counted(counted: Counted, year: Period) -> list[Item]:
    """Return what was on the lists of a year's meetings, without a word of it."""
    rows = db.session.execute(
        select(
            Meeting.began_at,
            AgendaItem.state,
            AgendaItem.seconds_taken,
            AgendaItem.view_heard,
            AgendaItem.carried_before,
            Case.id,
            Case.patient_id,
        )
        .join(AgendaItem.meeting)
        .join(AgendaItem.case)
        .where(Meeting.began_at.is_not(None), AgendaItem.state.in_(REACHED))
        .order_by(Meeting.began_at)
    )
    items = [
        Item(began_at.astimezone(ENGLAND).date(), state, seconds, heard, carried, case_id, patient_id)
        for began_at, state, seconds, heard, carried, case_id, patient_id in rows
        if began_at and patient_id in counted.people
    ]
    return [item for item in items if year.covers(item.on)]


def _decided(items: Sequence[Item]) -> Tally:
    return Tally(
        DECIDED,
        "Do cases on a list reach a decision?",
        "Cases on the lists of meetings held in this time. A case that is carried over counts each time.",
        (OUTCOME, "carried over", "not reached"),
        [Unit(item.on, REACHED[item.state], person=item.patient_id) for item in items],
        counted=3,
        reference="Elsewhere 18 to 52 in 100 discussions were reported to end without a decision.",
        nothing="No meeting was held in this time.",
    )


def _heard(items: Sequence[Item]) -> Tally:
    units = []
    for item in items:
        if item.state in DISCUSSED:
            how = item.view_heard.label if item.view_heard else NOT_ASKED
            is_heard = item.view_heard not in (None, ViewHeard.NOT_KNOWN)
            said = "heard" if is_heard else "not heard"
            units.append(Unit(item.on, said, {"how": how}, item.patient_id))
    heard = tuple(each.label for each in ViewHeard if each is not ViewHeard.NOT_KNOWN)
    return Tally(
        "heard",
        "Is the person's own view heard?",
        "Cases decided or noted in this time in which the person was there, their own words were read, or"
        " somebody in the room had met them.",
        ("heard", "not heard"),
        units,
        (Split("how", "How it was heard", heard, "heard"),),
        nothing="No case was decided or noted in this time.",
        part_of=(DECIDED, OUTCOME),
    )


def _contributed(viewer: Actor, year: Period) -> Tally:
    rows = db.session.execute(
        select(Contribution.asked_at, Contribution.due_on, Contribution.state, Contribution.discipline).where(
            Contribution.state.in_(ANSWERED), _of(viewer, Contribution.organisation_id)
        )
    )
    units = [
        Unit(asked_at.astimezone(ENGLAND).date(), ANSWERED[state], {"discipline": discipline.label})
        for asked_at, due_on, state, discipline in rows
        if state is not ContributionState.REQUESTED or (due_on is not None and due_on < today())
    ]
    return Tally(
        "contributed",
        "Does each discipline answer when it is asked?",
        "Contributions asked for in this time that were answered, or whose day is past. “Nothing to add” and"
        " “not known to them” are answers; silent are those that gave none.",
        tuple(ANSWERED.values()),
        [unit for unit in units if year.covers(unit.on)],
        (BY_DISCIPLINE,),
        counted=len(ANSWERED),
        nothing="No contribution was asked for in this time, or none is due yet.",
    )


def _attended(viewer: Actor, year: Period) -> Tally:
    rows = db.session.execute(
        select(Meeting.began_at, Attendance.state, Attendance.discipline)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Meeting.began_at.is_not(None), _of(viewer, Attendance.organisation_id))
    )
    units = [
        Unit(began_at.astimezone(ENGLAND).date(), CAME[state], {"discipline": discipline.label})
        for began_at, state, discipline in rows
        if began_at
    ]
    return Tally(
        "attended",
        "Who is at the table?",
        "Everybody expected at the meetings held in this time, by discipline and never by name. Whoever came"
        " is in the minutes of each meeting, so these numbers are shown however small.",
        tuple(CAME.values()),
        [unit for unit in units if year.covers(unit.on)],
        (BY_DISCIPLINE,),
        counted=len(CAME),
        nothing="No meeting was held in this time.",
        is_about_people=False,
    )


def _quorate(year: Period) -> Tally:
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.began_at.is_not(None))
        .options(load_only(Meeting.began_at, Meeting.quorum), selectinload(Meeting.attendances))
    )
    units = [
        Unit(
            meeting.began_at.astimezone(ENGLAND).date(),
            "quorate" if quorum_of(meeting.quorum, meeting.attendances).is_met else "not quorate",
        )
        for meeting in rows
        if meeting.began_at
    ]
    return Tally(
        "quorate",
        "Were meetings quorate?",
        "Meetings held in this time in which every discipline of the quorum was there, a deputy counting for"
        " whoever sent them.",
        ("quorate", "not quorate"),
        [unit for unit in units if year.covers(unit.on)],
        nothing="No meeting was held in this time.",
        is_about_people=False,
    )


def _of(viewer: Actor, organisation: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    """Match the organisations whose own doing a viewer sees."""
    reach = viewer.organisations_for(Permission.SEE_EVIDENCE)
    return true() if reach is None else organisation.in_(reach)

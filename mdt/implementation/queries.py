"""Decisions with somebody who acts, and what was done of what was agreed."""

from sqlalchemy import select

from mdt.actions.records import Action
from mdt.actions.rules import ActionState, NotDone
from mdt.cases.records import Case
from mdt.decisions.records import Decision
from mdt.implementation.rules import NOT_DONE, PARTS, became_of
from mdt.periods.rules import Period
from mdt.reports.queries import Counted, counted_for
from mdt.reports.rules import Report, Split, Tally, Unit
from network.access.rules import Actor
from network.plumbing.database import ENGLAND, db, today
from network.vocabulary import Discipline

NOT_SAID = "Not said"
BINDING = (ActionState.OPEN, ActionState.ACCEPTED, ActionState.DONE, ActionState.NOT_DONE)
DISCIPLINE = Split(
    "discipline",
    "By discipline of whoever was to do it",
    (*(each.label for each in Discipline), NOT_SAID),
    leaves_out_empty=True,
)
REASON = Split(
    "reason",
    "Why it was not done",
    (*(each.label for each in NotDone), NOT_SAID),
    NOT_DONE,
    leaves_out_empty=True,
)


def implementation_for(viewer: Actor, period: Period) -> Report:
    """Say how many decisions have somebody who acts, and how much of what was agreed was done."""
    counted = counted_for(viewer)
    return Report((_done(counted, period.whole), _owned(counted, period.whole)))


def _done(counted: Counted, year: Period) -> Tally:
    rows = db.session.execute(
        select(
            Action.due_on, Action.state, Action.ended_at, Action.discipline, Action.not_done, Case.patient_id
        )
        .join(Action.case)
        .where(
            Action.state.in_(BINDING),
            Action.due_on.between(year.starts_on, year.ends_on),
            Action.due_on < today(),
        )
    )
    units = [
        Unit(
            due_on,
            became_of(state, ended_at.astimezone(ENGLAND).date() if ended_at else None, due_on),
            {
                **counted.people[patient_id],
                "discipline": discipline.label if discipline else NOT_SAID,
                "reason": not_done.label if not_done else NOT_SAID,
            },
            patient_id,
        )
        for due_on, state, ended_at, discipline, not_done, patient_id in rows
        if patient_id in counted.people
    ]
    return Tally(
        "done",
        "Was what was agreed done?",
        "Actions that fell due in this time: done, as a share of those done or not done, as it stood 90 days"
        " after they were due or stands today. What has no answer by then is counted apart. What was put off"
        " counts by its last day, and what was handed over with whoever took it on; what was cancelled does"
        " not count.",
        PARTS,
        units,
        (*counted.splits, DISCIPLINE, REASON),
        reference="In a study of 12 teams and 2,654 people, 70 to 84 in 100 decisions were carried out, and"
        " fewer for people from more deprived areas: 73 against 85 in 100 (Raine and others, 2014).",
        nothing="Nothing that was agreed fell due in this time.",
    )


def _owned(counted: Counted, year: Period) -> Tally:
    replaced = select(Decision.replaces_id).where(Decision.replaces_id.is_not(None))
    acted = set(db.session.scalars(select(Action.decision_id).where(Action.state != ActionState.PROPOSED)))
    rows = db.session.execute(
        select(Decision.id, Decision.confirmed_at, Case.patient_id)
        .join(Decision.case)
        .where(Decision.id.not_in(replaced))
    )
    units = [
        Unit(
            confirmed_at.astimezone(ENGLAND).date(),
            "with an owner and a day" if decision_id in acted else "with nobody to act",
            counted.people[patient_id],
            patient_id,
        )
        for decision_id, confirmed_at, patient_id in rows
        if patient_id in counted.people
    ]
    return Tally(
        "owned",
        "Does each decision have somebody who acts, by a day?",
        "Decisions read back in this time that at least one action with an owner and a day belongs to. Some"
        " decisions need nothing to be done: look at the others in the minutes.",
        ("with an owner and a day", "with nobody to act"),
        [unit for unit in units if year.covers(unit.on)],
        nothing="No decision was read back in this time.",
    )

"""Plans that are agreed and in date, how far goals are reached, and how people's answers changed."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mdt.cases.records import Case
from mdt.cases.rules import OPEN, CaseState
from mdt.goals.queries import goals_of_all
from mdt.goals.rules import COUNTED, score_at_start, score_now
from mdt.instruments.queries import get_instrument, instruments
from mdt.instruments.rules import Instrument
from mdt.outcomes.queries import answers_on
from mdt.outcomes.records import AnswerSheet, Measure
from mdt.outcomes.rules import Wave
from mdt.patients.records import Patient
from mdt.periods.rules import Period
from mdt.plans.records import CarePlan
from mdt.plans.rules import PlanState, is_in_date
from mdt.reports.queries import counted_for
from mdt.reports.rules import Report, Split, Spread, Tally, Unit
from network.access.rules import Actor
from network.plumbing.database import db, today

CARED_FOR = OPEN - {CaseState.SUBMITTED, CaseState.RETURNED}
BETTER, SAME, WORSE = "better", "the same", "worse"
IN_DATE, OVERDUE, NONE = "agreed and in date", "review overdue", "no agreed plan"


def plans_in_date_for(viewer: Actor, period: Period) -> Report:
    """Say how many people with an open case have an agreed plan in date, whatever the period."""
    counted = counted_for(viewer)
    people = _cared_for() & counted.people.keys()
    standing = _standing_of(people)
    return Report(
        (
            Tally(
                "plans",
                "Does everybody have an agreed plan in date?",
                "People who live and have an open case that was taken on, as things stand today: with a plan"
                " agreed with them whose review is not overdue.",
                (IN_DATE, OVERDUE, NONE),
                [Unit(today(), standing.get(each, NONE), counted.people[each]) for each in people],
                counted.splits,
                counted=3,
                reference="The ambition for England is 95 in 100 people with complex needs by 2027 (10 Year"
                " Health Plan, 2025).",
                nothing="Nobody has an open case today.",
                is_standing=True,
            ),
        )
    )


def goals_for(viewer: Actor, period: Period) -> Report:
    """Say how far people have come with their goals, as things stand today."""
    counted = counted_for(viewer)
    goals = goals_of_all(_cared_for() & counted.people.keys(), COUNTED)
    reviewed = [each for each in goals.values() if any(goal.reached or goal.ended_on for goal in each)]
    scores = [(score_at_start(each), score_now(each)) for each in reviewed]
    pairs = [(start, now) for start, now in scores if start is not None and now is not None]
    return Report(
        spreads=(
            Spread(
                "goals_now",
                "How far have people come with their goals?",
                "Goal attainment T-scores of people with an open case whose goals have a scale and were"
                " reviewed or achieved, as things stand today. 50 is as hoped; a person's goals count"
                " together (Kiresuk and Sherman, 1968).",
                "T",
                tuple(now for _, now in pairs),
            ),
            Spread(
                "goals_change",
                "How much has changed since they began?",
                "The T-score now, less the T-score at the start, of the same people.",
                "T",
                tuple(now - start for start, now in pairs),
            ),
        )
    )


def outcomes_for(viewer: Actor, period: Period) -> Report:
    """Say how people's own answers changed from the start to the last time they were asked."""
    counted = counted_for(viewer)
    rows = db.session.scalars(
        select(Measure).where(Measure.sheets.any()).options(selectinload(Measure.sheets))
    )
    series: dict[tuple[uuid.UUID, uuid.UUID, str, str], dict[Wave, AnswerSheet]] = {}
    for row in rows:
        if row.patient_id in counted.people:
            key = row.patient_id, row.case_id, row.instrument, row.version
            series.setdefault(key, {})[row.wave] = row.sheets[-1]
    units: dict[str, list[Unit]] = {code: [] for code in instruments()}
    for (patient_id, _, code, version), sheets in series.items():
        if code in units and version == get_instrument(code).version:
            units[code] += _changes(get_instrument(code), sheets, patient_id)
    return Report(tuple(_changed(get_instrument(code), units[code], period) for code in units))


def _changes(
    instrument: Instrument, sheets: Mapping[Wave, AnswerSheet], patient_id: uuid.UUID
) -> Iterator[Unit]:
    """Compare the first answers of somebody with their last, question by question."""
    later = [wave for wave in Wave if wave in sheets][1:]
    if not later or Wave.START not in sheets:
        return
    last = sheets[later[-1]]
    first_answers, last_answers = answers_on(sheets[Wave.START]), answers_on(last)
    for item in instrument.items:
        first, now = first_answers.get(item.name), last_answers.get(item.name)
        if first is not None and now is not None:
            step = (first - now) if item.lower_is_better else (now - first)
            became = BETTER if step > 0 else WORSE if step < 0 else SAME
            yield Unit(last.answered_on, became, {"question": item.short}, patient_id)


def _changed(instrument: Instrument, units: Sequence[Unit], period: Period) -> Tally:
    return Tally(
        instrument.code,
        f"{instrument.title}: how do people's own answers change?",
        "Questions that the same people answered at the start and again, on the day of the last answer:"
        " better, the same or worse than at the start. Nobody can tell from it what made the difference.",
        (BETTER, SAME, WORSE),
        [unit for unit in units if period.whole.covers(unit.on)],
        (Split("question", "By question", tuple(item.short for item in instrument.items)),),
        counted=3,
        nothing="Nobody has answered these questions twice yet, the second time in this time.",
    )


def _cared_for() -> set[uuid.UUID]:
    return set(
        db.session.scalars(
            select(Case.patient_id)
            .join(Case.patient)
            .where(Case.state.in_(CARED_FOR), Patient.died_on.is_(None))
        )
    )


def _standing_of(people: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Say of those who have an agreed plan whether it is in date."""
    rows = db.session.execute(
        select(CarePlan.patient_id, CarePlan.state, CarePlan.next_review).where(
            CarePlan.patient_id.in_(people), CarePlan.state == PlanState.AGREED
        )
    )
    found: dict[uuid.UUID, str] = {}
    for patient_id, state, next_review in rows:
        # Two entries that were joined may each have brought a plan: one in date is enough.
        if is_in_date(state, next_review, today()):
            found[patient_id] = IN_DATE
        else:
            found.setdefault(patient_id, OVERDUE)
    return found

import uuid
from datetime import datetime, time, timedelta

import pytest

from network.vocabulary import SessionKind
from rota.edits.rules import Cell, EditKind
from rota.leave.rules import AbsenceKind, Away
from rota.news.rules import (
    Cause,
    EditStep,
    Standing,
    cause_by_facts,
    changes_between,
    standing_edits,
)
from rota.notices.rules import Duty
from rota.roster.rules import Time
from rota.staff.rules import Availability, Pattern, PatternChoice, PatternSlot
from tests.makers import LONG_AGO, MONDAY

SOMEBODY = uuid.uuid4()
CELL = Cell(SOMEBODY, MONDAY, SessionKind.MORNING)
LATER = Cell(SOMEBODY, MONDAY + timedelta(1), SessionKind.MORNING)
FIRST, SECOND, THIRD, FOURTH = (uuid.UUID(int=number) for number in range(1, 5))


def duty(site: str = "Elm Surgery", starts: time = time(8), ends: time = time(12, 10)) -> Duty:
    return Duty(site, "Surgery", datetime.combine(MONDAY, starts), datetime.combine(MONDAY, ends))


def times(*absences: Away, works: bool = True, planned_to=MONDAY) -> Time:
    slot = PatternSlot(1, MONDAY.weekday(), SessionKind.MORNING)
    choices = {slot: PatternChoice(Availability.AVAILABLE)} if works else {}
    return Time(
        planned=(LONG_AGO, planned_to),
        patterns=(Pattern(LONG_AGO, choices=choices),),
        absences=absences,
        shut={},
        weekly_minutes=2000,
        session_minutes=250,
        home_site="ELM",
    )


def step(edit_id: uuid.UUID, why: str = "", kind=EditKind.CHANGE, takes_back=None) -> EditStep:
    return EditStep(edit_id, kind, why, frozenset({CELL}), takes_back)


def test_what_stays_the_same_is_no_change() -> None:
    assert changes_between({CELL: duty()}, {CELL: duty()}) == ()


def test_another_place_and_another_hour_are_changes() -> None:
    for other in (duty("Oak Surgery"), duty(starts=time(9))):
        (change,) = changes_between({CELL: duty()}, {CELL: other})
        assert (change.before, change.after) == (duty(), other)


def test_changes_come_in_order_of_day() -> None:
    changes = changes_between({}, {LATER: duty(), CELL: duty()})
    assert [change.cell for change in changes] == [CELL, LATER]


def why(*steps: EditStep) -> str | None:
    standing = standing_edits(steps).get(CELL)
    return standing.why if standing else None


def test_the_last_reason_of_an_editor_stands() -> None:
    assert why(step(FIRST, "asked for it"), step(SECOND, "swapped")) == "swapped"
    assert why(step(FIRST, "asked for it"), step(SECOND)) == "asked for it"


def test_what_was_taken_back_gives_no_reason_until_it_is_done_again() -> None:
    undone = [step(FIRST, "swapped"), step(SECOND, kind=EditKind.UNDO, takes_back=FIRST)]
    assert why(*undone) is None
    again = [*undone, step(THIRD, kind=EditKind.REDO, takes_back=SECOND)]
    assert why(*again) == "swapped"
    once_more = [*again, step(FOURTH, kind=EditKind.UNDO, takes_back=THIRD)]
    assert why(*once_more) is None


def test_a_filling_is_no_reason_and_was_not_by_hand() -> None:
    filled = [step(FIRST, "swapped"), step(SECOND, kind=EditKind.FILL)]
    assert standing_edits(filled)[CELL] == Standing("", is_by_hand=False)
    assert standing_edits([*filled, step(THIRD)])[CELL] == Standing("", is_by_hand=True)


def test_facts_that_take_a_session_are_its_cause() -> None:
    leave = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY)
    assert cause_by_facts(times(leave), CELL) == Cause("annual leave", leave)
    assert cause_by_facts(None, CELL) == Cause("not planned here any more")
    assert cause_by_facts(times(works=False), CELL) == Cause("working pattern changed")
    assert cause_by_facts(times(planned_to=LONG_AGO), CELL) == Cause("not in post then")
    assert cause_by_facts(times(), CELL, "Christmas Day") == Cause("closed: Christmas Day")
    assert cause_by_facts(times(), CELL) is None


@pytest.mark.parametrize(
    ("kind", "knows_leave", "knows_why", "said"),
    [
        (AbsenceKind.ANNUAL, True, False, "annual leave"),
        (AbsenceKind.ANNUAL, False, False, "not available"),
        (AbsenceKind.SICKNESS, True, False, "not available"),
        (AbsenceKind.SICKNESS, True, True, "sickness"),
    ],
)
def test_why_somebody_is_away_is_told_to_those_who_may_know(kind, knows_leave, knows_why, said) -> None:
    cause = Cause(kind.label.lower(), Away(kind, MONDAY, MONDAY))
    assert cause.said_to(knows_leave, knows_why) == said

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mdt.bookings.rules import (
    BOOKING_MOVES,
    HALF_DAYS,
    OFFERED_HALF_DAYS,
    BookingState,
    Plan,
    Turn,
    against_plan,
    falls_away,
    half_day_of,
    in_order,
    tell_by,
    turn_of,
    wrong_with_due,
    wrong_with_outcome,
    wrong_with_unsuitable,
)

TODAY = date(2026, 8, 4)
B = BookingState
days = st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=60))


@dataclass(frozen=True)
class Slot:
    day: date
    starts: time
    is_in_time: bool = True
    is_near_enough: bool = True
    is_accessible: bool = True


slots = st.builds(Slot, days, st.times(), st.booleans(), st.booleans(), st.booleans())


@given(st.lists(slots, unique=True), st.sets(st.sampled_from(HALF_DAYS)))
def test_nothing_that_is_offered_is_lost_and_the_rotas_order_stays_among_equals(
    offered: list[Slot], unsuitable: set[str]
) -> None:
    found = in_order(offered, unsuitable)
    assert {slot for slot, _ in found} == set(offered)
    for (one, against_one), (other, against_other) in pairwise(found):
        assert len(against_one) <= len(against_other)
        assert len(against_one) < len(against_other) or offered.index(one) < offered.index(other)


def test_each_thing_that_speaks_against_a_place_is_said() -> None:
    slot = Slot(TODAY, time(9), is_in_time=False, is_near_enough=False, is_accessible=False)
    ((_, against),) = in_order([slot], {"Tuesday morning"})
    assert against == ["not step-free", "far from home", "does not suit them", "later than was agreed"]


def test_what_speaks_against_a_place_somebody_was_given_is_said() -> None:
    plan = Plan(TODAY, time(9), "Elm Surgery")
    assert against_plan(plan, TODAY, {"Tuesday afternoon"}) == []
    late = against_plan(plan, TODAY - timedelta(days=1), {"Tuesday morning"})
    assert late == ["does not suit them", "later than was agreed"]


def test_whoever_died_needs_no_place_but_may_have_come_before() -> None:
    assert falls_away(B.PLANNED, TODAY, TODAY - timedelta(days=1))
    assert falls_away(B.CLOSED, TODAY, TODAY)
    assert not falls_away(B.PLANNED, TODAY, TODAY)
    assert not falls_away(B.ASKED, None, None)


def test_an_evening_counts_with_the_afternoon_of_its_day() -> None:
    assert half_day_of(TODAY, time(11, 59)) == "Tuesday morning"
    assert half_day_of(TODAY, time(18)) == "Tuesday afternoon"


@given(st.sampled_from(B), st.none() | days, days, st.booleans())
def test_whoever_lost_a_place_comes_before_all_others(
    state: B, day: date | None, due_on: date, is_told: bool
) -> None:
    turn = turn_of(state, day, due_on, is_told, TODAY)
    assert (turn is Turn.CLOSED) == (state is B.CLOSED)
    assert turn >= Turn.CLOSED


def test_what_has_to_be_done_next_follows_from_how_a_place_stands() -> None:
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    assert turn_of(B.ASKED, None, tomorrow, False, TODAY) is Turn.WAITING
    assert turn_of(B.ASKED, None, yesterday, False, TODAY) is Turn.LATE
    assert turn_of(B.PLANNED, tomorrow, tomorrow, False, TODAY) is Turn.TO_TELL
    assert turn_of(B.PLANNED, tomorrow, tomorrow, True, TODAY) is Turn.TOLD
    assert turn_of(B.PLANNED, yesterday, tomorrow, True, TODAY) is Turn.OUTCOME


@given(days, days)
def test_somebody_is_told_before_the_day_of_their_clinic_and_not_in_the_past(usual: date, day: date) -> None:
    found = tell_by(usual, day, TODAY)
    assert found >= TODAY
    assert found < day or found == TODAY


def test_what_cannot_be_is_refused_with_what_to_do() -> None:
    assert wrong_with_due(TODAY, TODAY) == "Choose a day after today by which they are to be seen."
    assert wrong_with_due(TODAY + timedelta(days=400), TODAY).startswith("Choose a day within a year")
    assert not wrong_with_due(TODAY + timedelta(days=1), TODAY)
    assert wrong_with_unsuitable(OFFERED_HALF_DAYS) == "Leave at least one half-day that suits them."
    assert wrong_with_unsuitable({"Whenever"}) == "Choose the half-days from the list."
    assert not wrong_with_unsuitable(OFFERED_HALF_DAYS[1:])
    tomorrow = TODAY + timedelta(days=1)
    assert "note who came on that day or after" in wrong_with_outcome(B.PLANNED, tomorrow, TODAY)
    assert "only who had a place" in wrong_with_outcome(B.ASKED, None, TODAY)
    assert not wrong_with_outcome(B.PLANNED, TODAY, TODAY)


def test_every_state_says_where_it_can_go() -> None:
    assert set(BOOKING_MOVES) == set(B)
    assert set().union(*BOOKING_MOVES.values()) == set(B) - {B.PROPOSED}

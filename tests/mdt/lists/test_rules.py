from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.cases.rules import MOVES, CaseState, Urgency
from mdt.lists.rules import (
    DISCUSSED,
    ITEM_MOVES,
    OVER,
    PASSED_ON,
    REVIEW,
    STEP,
    TO_COME,
    ItemState,
    Waiting,
    carried_after,
    grouped,
    is_ready,
    moved,
    share_minutes,
    spans_of,
    weight_of,
)

S = ItemState
TODAY = date(2026, 12, 9)


def test_every_state_says_where_it_leads() -> None:
    assert set(ITEM_MOVES) == set(ItemState)
    assert set(ItemState) == TO_COME | OVER
    assert not TO_COME & OVER


@pytest.mark.parametrize("over", sorted(OVER - {S.WITHDRAWN}), ids=str)
def test_until_the_minutes_are_signed_everything_can_be_opened_again(over: ItemState) -> None:
    assert ITEM_MOVES[over] == {S.OPEN}


def test_twelve_cases_in_an_hour_get_four_and_a_half_minutes_each() -> None:
    assert share_minutes([1.0] * 12, 60 - 2 - 4) == [4.5] * 12


def test_what_is_left_over_goes_to_the_first_full_discussions() -> None:
    assert share_minutes([REVIEW, 1.0, 1.0], 8.5) == [2.0, 3.5, 3.0]


def test_a_review_and_what_is_for_note_take_less() -> None:
    full, review, note = share_minutes(
        [weight_of(False, False), weight_of(False, True), weight_of(True, True)], 12
    )
    assert full > review > note


def test_nothing_takes_no_time() -> None:
    assert share_minutes([], 54) == []
    assert share_minutes([1.0] * 3, 0) == [STEP] * 3


@given(st.lists(st.sampled_from([1.0, REVIEW, 1 / 3]), min_size=1, max_size=40), st.integers(0, 120))
def test_minutes_come_in_halves_and_fill_the_meeting_where_they_can(weights: list[float], room: int) -> None:
    shared = share_minutes(weights, room)
    assert all(minutes >= STEP and minutes % STEP == 0 for minutes in shared)
    if room >= 5 * len(weights):
        assert 0 <= room - sum(shared) < STEP


def test_the_most_urgent_come_first_then_the_carried_then_overdue_reviews_then_who_waits_longest() -> None:
    urgent = Waiting(Urgency.THIS_WEEK, TODAY)
    carried = Waiting(Urgency.ROUTINE, TODAY, carried=2)
    once = Waiting(Urgency.ROUTINE, TODAY, carried=1)
    overdue = Waiting(Urgency.ROUTINE, TODAY, review_due=date(2026, 11, 1))
    old = Waiting(Urgency.ROUTINE, date(2026, 10, 1))
    new = Waiting(Urgency.ROUTINE, date(2026, 12, 1))
    pool = [new, overdue, once, old, urgent, carried]
    assert sorted(pool, key=lambda each: each.rank(TODAY)) == [urgent, carried, once, overdue, old, new]


def test_a_review_that_is_not_due_yet_ranks_by_how_long_it_waits() -> None:
    assert Waiting(Urgency.ROUTINE, TODAY, review_due=date(2027, 1, 1)).rank(TODAY)[2] == 0


@pytest.mark.parametrize("state", CaseState, ids=str)
def test_only_cases_that_may_be_listed_wait_for_a_list(state: CaseState) -> None:
    if is_ready(state, TODAY, TODAY):
        assert CaseState.LISTED in MOVES[state]
    assert not is_ready(CaseState.ACTING, None, TODAY)
    assert not is_ready(CaseState.ACTING, date(2026, 12, 10), TODAY)
    assert is_ready(CaseState.ACTING, TODAY, TODAY)


@pytest.mark.parametrize("state", ItemState, ids=str)
def test_carrying_is_counted_in_a_row(state: ItemState) -> None:
    assert carried_after(state, 1, was_cancelled=False) == (
        0 if state in DISCUSSED else 2 if state in PASSED_ON else 1
    )
    assert carried_after(state, 1, was_cancelled=True) == (0 if state in DISCUSSED else 1)


@given(st.permutations("abcde"), st.integers(-3, 9))
def test_moving_keeps_everything_and_ends_where_it_was_sent(rows: list[str], position: int) -> None:
    order = moved(rows, "c", position)
    assert sorted(order) == sorted(rows)
    assert order.index("c") + 1 == min(max(position, 1), 5)
    assert [each for each in order if each != "c"] == [each for each in rows if each != "c"]


def test_the_cases_of_a_practice_stand_together_where_the_first_of_them_stood() -> None:
    rows, practices = list("abcdef"), ["elm", "oak", None, "elm", "oak", "elm"]
    assert grouped(rows, practices) == list("adfbec")
    assert spans_of(["elm", "elm", "elm", "oak", "oak", None]) == {"elm": (1, 3), "oak": (4, 5)}


def test_what_has_no_practice_stays_alone() -> None:
    assert grouped(list("abc"), [None, None, None]) == list("abc")
    assert spans_of([None, None]) == {}

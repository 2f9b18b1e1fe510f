from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.instruments.queries import get_instrument
from mdt.outcomes.rules import (
    Answered,
    How,
    MeasureState,
    Wave,
    changes_of,
    days_of,
    dots_of,
    is_to_be_planned,
    months_after,
    scores_of,
    state_of,
    wrong_with_correction,
    wrong_with_day,
    wrong_with_sheet,
)
from mdt.outcomes.wording import change_said, who_answered

LISTED = date(2026, 11, 30)
ONS4, TOGETHER = get_instrument("ons4"), get_instrument("working_together")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
W, S = Wave, MeasureState


def answered(wave: Wave, version: str = ONS4.version, **answers: int | None) -> Answered:
    return Answered(wave, version, answers)


def change_of(name: str, *given: Answered):
    return next(each for each in changes_of(ONS4, given) if each.item.name == name)


def test_waves_are_asked_at_the_listing_then_about_three_and_twelve_months_on() -> None:
    assert days_of(W.START, LISTED) == (LISTED, date(2026, 12, 28))
    assert days_of(W.THREE_MONTHS, LISTED) == (date(2027, 2, 14), date(2027, 3, 28))
    assert days_of(W.TWELVE_MONTHS, LISTED) == (date(2027, 11, 2), date(2028, 1, 25))


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)


@given(DAYS)
def test_no_two_waves_of_a_listing_are_asked_on_the_same_day(listed_on: date) -> None:
    windows = [days_of(wave, listed_on) for wave in Wave]
    assert all(first <= last for first, last in windows)
    assert all(one[1] < other[0] for one, other in pairwise(windows))


@given(DAYS, DAYS, st.integers(0, 40))
def test_nobody_is_asked_for_two_listings_at_once(listed_on: date, before: date, later: int) -> None:
    today = listed_on + timedelta(days=later)
    if is_to_be_planned(listed_on, before, today):
        assert days_of(W.TWELVE_MONTHS, before)[1] < days_of(W.START, listed_on)[0]
        assert today <= days_of(W.START, listed_on)[1]


def test_a_listing_is_planned_until_its_start_is_over() -> None:
    assert is_to_be_planned(LISTED, None, LISTED + timedelta(days=28))
    assert not is_to_be_planned(LISTED, None, LISTED + timedelta(days=29))
    assert not is_to_be_planned(LISTED, LISTED - timedelta(days=100), LISTED)
    assert is_to_be_planned(LISTED, LISTED - timedelta(days=500), LISTED)


@pytest.mark.parametrize(
    ("later", "changes", "state"),
    [
        (-1, {}, S.TO_COME),
        (0, {}, S.WAITING),
        (28, {}, S.WAITING),
        (29, {}, S.MISSED),
        (29, {"has_answers": True}, S.ANSWERED),
        (5, {"is_skipped": True}, S.SKIPPED),
        (5, {"is_stopped": True}, S.STOPPED),
        (5, {"is_stopped": True, "has_answers": True}, S.ANSWERED),
    ],
)
def test_how_a_measure_stands_follows_from_its_days(later: int, changes, state: MeasureState) -> None:
    told = {"has_answers": False, "is_skipped": False, "is_stopped": False} | changes
    assert state_of(LISTED, LISTED + timedelta(days=28), LISTED + timedelta(days=later), **told) is state


def test_a_change_is_said_with_its_figures_and_whether_it_is_better() -> None:
    start = answered(W.START, happy=3, anxious=8, satisfied=5)
    later = answered(W.THREE_MONTHS, happy=6, anxious=5, satisfied=5, worthwhile=4)
    said = {each.item.name: change_said(each) for each in changes_of(ONS4, [start, later])}
    assert said["happy"] == "From 3 to 6, after 3 months: 3 higher, which is better."
    assert said["anxious"] == "From 8 to 5, after 3 months: 3 lower, which is better."
    assert said["satisfied"] == "5, at the start and after 3 months: the same."
    assert said["worthwhile"] == "4, after 3 months. Nothing to compare it with yet."


def test_more_anxiety_is_worse() -> None:
    change = change_of("anxious", answered(W.START, anxious=2), answered(W.TWELVE_MONTHS, anxious=4))
    assert change.is_better is False
    assert change_said(change) == "From 2 to 4, after 12 months: 2 higher, which is worse."


def test_who_would_rather_not_say_is_compared_with_nothing() -> None:
    change = change_of("happy", answered(W.START, happy=None), answered(W.THREE_MONTHS, happy=6))
    assert change.steps is None
    assert change.is_better is None
    assert change_said(change_of("happy")) == "Not answered yet."


def test_answers_to_another_wording_are_not_compared() -> None:
    old = answered(W.START, version="2011", happy=1)
    assert change_of("happy", old, answered(W.THREE_MONTHS, happy=6)).steps is None
    assert scores_of(TOGETHER, [old]) == [None, None, None]


def test_the_picture_has_a_dot_for_each_answer_and_fills_the_last() -> None:
    given = [
        answered(W.START, happy=0),
        answered(W.THREE_MONTHS, happy=5),
        answered(W.TWELVE_MONTHS, happy=10),
    ]
    dots = dots_of(ONS4, change_of("happy", *given))
    assert [(dot.across, dot.value, dot.is_last) for dot in dots] == [
        (0.0, 0, False),
        (50.0, 5, False),
        (100.0, 10, True),
    ]


def test_who_helped_is_named() -> None:
    assert "who helped" in wrong_with_sheet(How.WITH_HELP, " ", LISTED, LISTED)
    assert not wrong_with_sheet(How.SELF, "", LISTED, LISTED)
    assert "up to today" in wrong_with_sheet(How.SELF, "", LISTED + timedelta(days=1), LISTED)
    assert who_answered(How.WITH_HELP, "a link worker") == "the person, helped by a link worker"
    assert who_answered(How.CARER, "her daughter") == "her daughter, for the person"


def test_answers_of_another_time_are_not_those_of_the_wave() -> None:
    opens_on, closes_on = date(2026, 10, 5), date(2026, 11, 2)
    assert not wrong_with_day(opens_on, closes_on, opens_on)
    assert not wrong_with_day(opens_on, closes_on, closes_on)
    assert "05/10/2026 to 02/11/2026" in wrong_with_day(opens_on, closes_on, closes_on + timedelta(days=1))
    assert wrong_with_day(opens_on, closes_on, opens_on - timedelta(days=1))


def test_a_correction_says_why() -> None:
    assert "why" in wrong_with_correction(" ")
    assert not wrong_with_correction("Two answers were swapped.")

from datetime import date, timedelta

import pytest

from network.vocabulary import SessionKind
from rota.requests.rules import (
    Asked,
    Span,
    budget_of,
    cells_between,
    outcome_of,
    sessions_of_request,
    why_not_now,
    wrong_with_points,
    wrong_with_request,
)
from rota.requests.wording import said
from rota.rotas.rules import PeriodState
from tests.makers import MONDAY

SUNDAY = MONDAY + timedelta(6)
LAST = MONDAY + timedelta(27)
AM, PM = SessionKind.MORNING, SessionKind.AFTERNOON


@pytest.mark.parametrize(("wte", "points"), [(100, 10), (50, 5), (25, 2), (5, 1), (140, 10)])
def test_points_follow_the_hours_of_the_post(wte: int, points: int) -> None:
    assert budget_of(10, wte) == points


def test_without_points_nobody_has_any() -> None:
    assert budget_of(0, 100) == 0


@pytest.mark.parametrize(
    ("state", "until", "taken"),
    [
        (PeriodState.COLLECTING, MONDAY, True),
        (PeriodState.DRAFTING, MONDAY, True),
        (PeriodState.DRAFTING, None, True),
        (PeriodState.DRAFTING, MONDAY - timedelta(1), False),
        (PeriodState.PROPOSED, MONDAY, False),
        (PeriodState.PUBLISHED, None, False),
        (PeriodState.CLOSED, None, False),
    ],
)
def test_requests_are_taken_until_the_last_day_of_a_rota_that_is_being_made(
    state: PeriodState, until: date | None, taken: bool
) -> None:
    assert bool(why_not_now(state, until, MONDAY)) is not taken


@pytest.mark.parametrize(
    ("span", "part"),
    [
        (Span(), "one day"),
        (Span(day=MONDAY, weekday=0), "one day"),
        (Span(day=MONDAY - timedelta(1)), "day of this rota"),
        (Span(day=SUNDAY), "Sundays"),
        (Span(weekday=6), "Sundays"),
        (Span(weekday=9), "Sundays"),
        (Span(weekday=5, kind=AM), "no such session on a Saturday"),
    ],
)
def test_nonsense_is_told_in_a_sentence(span: Span, part: str) -> None:
    assert part in wrong_with_request(Asked(False, 2, span), MONDAY, LAST)


@pytest.mark.parametrize("points", [0, -1, 11])
def test_a_wish_costs_one_to_ten_points(points: int) -> None:
    assert "1 to 10" in wrong_with_request(Asked(False, points, Span(day=MONDAY)), MONDAY, LAST)


def test_more_points_than_are_left_cannot_be_spent() -> None:
    assert not wrong_with_points(3, 3)
    assert "1 point is left" in wrong_with_points(3, 1)
    assert "No points are left" in wrong_with_points(1, 0)


def test_a_weekday_throughout_is_that_day_of_every_week() -> None:
    cells = cells_between(MONDAY, LAST)
    mondays = sessions_of_request(Span(weekday=0, kind=AM), cells, lambda day, kind: True)
    assert mondays == [(MONDAY + timedelta(7 * week), AM) for week in range(4)]


def test_sessions_in_which_nobody_may_ask_are_no_part_of_a_wish() -> None:
    cells = cells_between(MONDAY, LAST)
    assert sessions_of_request(Span(day=MONDAY), cells, lambda day, kind: kind is PM) == [(MONDAY, PM)]


def test_a_wish_is_met_as_far_as_its_sessions_are_as_wished() -> None:
    sessions = [(MONDAY, AM), (MONDAY, PM)]
    off, work = Asked(False, 2, Span(day=MONDAY)), Asked(True, 2, Span(day=MONDAY))
    assert outcome_of(off, sessions, set()).is_met
    assert outcome_of(work, sessions, set(sessions)).is_met
    half = outcome_of(work, sessions, {(MONDAY, AM)})
    assert (half.as_wished, half.sessions, half.is_met) == (1, 2, False)


def test_a_wish_is_told_in_words() -> None:
    assert said(Asked(False, 1, Span(weekday=4))) == "Off every Friday, all day"
    assert said(Asked(True, 1, Span(day=MONDAY, kind=AM))) == "Work Monday 7 December, morning"

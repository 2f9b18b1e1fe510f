from datetime import date, timedelta

import pytest

from network.vocabulary import SessionKind
from rota.leave.rules import AbsenceKind, AbsenceState, Away, keeps_away, may_move
from rota.leave.wording import peers_are_told, span

MONDAY = date(2026, 12, 7)
SATURDAY = date(2026, 12, 12)
TUESDAY = MONDAY + timedelta(1)


def make_away(
    starts_on: date = MONDAY,
    ends_on: date | None = None,
    starts_with: SessionKind = SessionKind.EARLY,
    ends_with: SessionKind = SessionKind.SATURDAY_AFTERNOON,
    kind: AbsenceKind = AbsenceKind.ANNUAL,
) -> Away:
    return Away(kind, starts_on, ends_on or starts_on, starts_with, ends_with)


@pytest.mark.parametrize("kind", SessionKind)
def test_a_whole_day_away_takes_every_session_of_it(kind: SessionKind) -> None:
    assert make_away().takes(MONDAY, kind)


def test_a_morning_away_leaves_the_afternoon_and_evening() -> None:
    away = make_away(ends_with=SessionKind.MORNING)
    assert [kind for kind in SessionKind if away.takes(MONDAY, kind)] == [
        SessionKind.EARLY,
        SessionKind.MORNING,
        SessionKind.SATURDAY_MORNING,
    ]


def test_leave_from_midday_to_the_next_midday_takes_the_halves_between() -> None:
    away = make_away(MONDAY, TUESDAY, SessionKind.AFTERNOON, SessionKind.MORNING)
    assert not away.takes(MONDAY, SessionKind.MORNING)
    assert away.takes(MONDAY, SessionKind.EVENING)
    assert away.takes(TUESDAY, SessionKind.MORNING)
    assert not away.takes(TUESDAY, SessionKind.AFTERNOON)


def test_half_a_saturday_can_be_taken() -> None:
    away = make_away(SATURDAY, starts_with=SessionKind.AFTERNOON)
    assert not away.takes(SATURDAY, SessionKind.SATURDAY_MORNING)
    assert away.takes(SATURDAY, SessionKind.SATURDAY_AFTERNOON)


def test_two_halves_of_one_day_do_not_overlap() -> None:
    morning, afternoon = (
        make_away(ends_with=SessionKind.MORNING),
        make_away(starts_with=SessionKind.AFTERNOON),
    )
    assert not morning.overlaps(afternoon)
    assert make_away().overlaps(morning)
    assert morning.overlaps(make_away(MONDAY - timedelta(3), TUESDAY))


def test_an_afternoon_followed_by_the_same_morning_is_back_to_front() -> None:
    assert make_away(starts_with=SessionKind.AFTERNOON, ends_with=SessionKind.MORNING).is_back_to_front
    assert make_away(TUESDAY, MONDAY).is_back_to_front
    assert not make_away().is_back_to_front


def test_keeps_away_names_the_absence() -> None:
    away = make_away(ends_with=SessionKind.MORNING)
    assert keeps_away([away], MONDAY, SessionKind.MORNING) is away
    assert keeps_away([away], MONDAY, SessionKind.AFTERNOON) is None


def test_peers_are_not_told_of_sickness() -> None:
    assert peers_are_told(make_away(kind=AbsenceKind.SICKNESS)) == "Not available"
    assert peers_are_told(make_away(kind=AbsenceKind.PARENTAL)) == "Not available"
    assert peers_are_told(make_away(kind=AbsenceKind.STUDY)) == "Study leave"


def test_what_is_declined_stays_declined() -> None:
    assert not any(may_move(AbsenceState.DECLINED, state) for state in AbsenceState)


def test_a_span_says_its_halves() -> None:
    assert span(make_away()) == "7 December 2026"
    assert span(make_away(ends_with=SessionKind.MORNING)) == "morning of 7 December 2026"
    assert span(make_away(starts_with=SessionKind.AFTERNOON)) == "afternoon of 7 December 2026"
    assert span(make_away(MONDAY, TUESDAY, SessionKind.AFTERNOON, SessionKind.MORNING)) == (
        "7 December from midday to 8 December 2026 until midday"
    )

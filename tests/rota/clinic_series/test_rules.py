from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import SessionKind
from rota.clinic_series.rules import (
    ClinicState,
    Pattern,
    Staffing,
    state_of,
    wrong_with_pattern,
    wrong_with_reason,
)

TODAY = date(2026, 12, 7)
AM = SessionKind.MORNING


@given(
    weekday=st.integers(0, 4),
    every=st.integers(1, 13),
    starts=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 366),
)
def test_a_series_keeps_its_weekday_its_weeks_and_its_days(
    weekday: int, every: int, starts: date, length: int
) -> None:
    ends = starts + timedelta(length)
    days = Pattern(weekday, AM, every, starts, ends).days
    assert all(day.weekday() == weekday and starts <= day <= ends for day in days)
    assert {later - earlier for earlier, later in pairwise(days)} <= {timedelta(weeks=every)}
    # None is left out, neither at the beginning nor at the end.
    first = days[0] if days else ends + timedelta(1)
    assert first - starts < timedelta(7) or not days
    assert not days or days[-1] + timedelta(weeks=every) > ends


def test_a_series_is_said_as_people_say_it() -> None:
    pattern = Pattern(1, AM, 4, TODAY, TODAY + timedelta(90))
    assert pattern.said == "Tuesday AM, every 4 weeks"
    assert Pattern(1, AM, 1, TODAY, TODAY).said == "Tuesday AM, every week"


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        (Pattern(1, AM, 0, TODAY, TODAY), "every 1 to 13 weeks"),
        (Pattern(1, AM, 1, TODAY, TODAY - timedelta(1)), "on or after"),
        (Pattern(1, AM, 1, TODAY, TODAY + timedelta(400)), "at most a year"),
        (Pattern(6, AM, 1, TODAY, TODAY), "no AM session on Sunday"),
    ],
)
def test_a_series_that_cannot_be_held_is_told_why(pattern: Pattern, part: str) -> None:
    assert part in wrong_with_pattern(pattern)


def test_a_clinic_is_safe_only_while_those_who_were_told_make_it_so() -> None:
    def state(
        staffing: Staffing, has_all: bool, is_safe: bool, day: date = TODAY + timedelta(1)
    ) -> ClinicState:
        return state_of(False, staffing, has_all, is_safe, day, TODAY)

    assert state(Staffing.OPEN, False, False) is ClinicState.PROPOSED
    assert state(Staffing.DRAFTED, False, True) is ClinicState.PROPOSED
    assert state(Staffing.DRAFTED, True, True) is ClinicState.STAFFED
    assert state(Staffing.TOLD, True, True) is ClinicState.PUBLISHED
    assert state(Staffing.TOLD, False, True) is ClinicState.PUBLISHED
    assert state(Staffing.TOLD, False, False) is ClinicState.AT_RISK
    assert state(Staffing.TOLD, True, True, TODAY) is ClinicState.RUNNING
    assert state(Staffing.TOLD, False, False, TODAY) is ClinicState.AT_RISK
    assert state(Staffing.TOLD, False, False, TODAY - timedelta(1)) is ClinicState.HELD


def test_a_closed_clinic_is_closed_whoever_sits_in_it() -> None:
    assert state_of(True, Staffing.TOLD, True, True, TODAY, TODAY) is ClinicState.CLOSED


def test_a_reason_is_asked_for_and_kept_short() -> None:
    assert "Say why" in wrong_with_reason("  ")
    assert "200 characters" in wrong_with_reason("x" * 201)
    assert not wrong_with_reason("The dentist is away")

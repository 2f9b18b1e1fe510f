from datetime import date

import pytest

from rota.rotas.rules import (
    PERIOD_MOVES,
    VERSION_MOVES,
    PeriodState,
    VersionState,
    last_day,
    proposed_start,
    said_period,
    wrong_with_period,
)


def test_every_state_has_its_moves() -> None:
    assert set(PERIOD_MOVES) == set(PeriodState)
    assert set(VERSION_MOVES) == set(VersionState)


def test_a_rota_starts_on_a_monday_and_has_one_to_twelve_weeks() -> None:
    assert wrong_with_period(date(2026, 12, 7), 4) == ""
    assert "Monday" in wrong_with_period(date(2026, 12, 8), 4)
    assert "weeks" in wrong_with_period(date(2026, 12, 7), 0)
    assert "weeks" in wrong_with_period(date(2026, 12, 7), 13)


def test_a_rota_ends_on_a_sunday() -> None:
    assert last_day(date(2026, 12, 7), 4) == date(2027, 1, 3)


@pytest.mark.parametrize(
    ("last_end", "today", "start"),
    [
        (None, date(2026, 11, 22), date(2026, 12, 7)),
        (date(2026, 12, 13), date(2026, 11, 22), date(2026, 12, 14)),
        (date(2026, 10, 4), date(2026, 11, 22), date(2026, 12, 7)),
    ],
)
def test_the_next_weeks_are_proposed(last_end: date | None, today: date, start: date) -> None:
    assert proposed_start(last_end, today) == start


def test_the_year_is_said_twice_only_where_it_changes() -> None:
    assert said_period(date(2026, 11, 16), date(2026, 12, 13)) == "16 November to 13 December 2026"
    assert said_period(date(2026, 12, 14), date(2027, 1, 10)) == "14 December 2026 to 10 January 2027"

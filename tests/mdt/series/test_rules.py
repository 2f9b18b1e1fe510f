from datetime import UTC, date, time

import pytest

from mdt.series.rules import SeriesDetails, days_from, moment_of, wrong_with_series


def test_dates_stand_some_weeks_apart() -> None:
    assert days_from(date(2026, 12, 10), 3, 2) == [
        date(2026, 12, 10),
        date(2026, 12, 24),
        date(2027, 1, 7),
    ]


@pytest.mark.parametrize(("day", "hour"), [(date(2026, 12, 10), 13), (date(2026, 7, 9), 12)])
def test_a_meeting_is_at_the_same_time_of_day_in_winter_and_in_summer(day: date, hour: int) -> None:
    assert moment_of(day, time(13, 0)).astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"name": "  "}, "Enter the name"),
        ({"every_weeks": 0}, "weeks between"),
        ({"every_weeks": 53}, "weeks between"),
        ({"minutes": 3}, "Enter a length"),
        ({"opening_minutes": 58}, "Leave time for cases"),
        ({"link": "javascript:alert(1)"}, "whole link"),
        ({"quorum": {"pharmacy": 10}}, "quorum"),
    ],
)
def test_what_is_wrong_with_a_series_is_said(changes: dict[str, object], sentence: str) -> None:
    said = wrong_with_series(SeriesDetails(**{"name": "Frailty MDT", **changes}))
    assert sentence in said
    assert bool(sentence) is bool(said)

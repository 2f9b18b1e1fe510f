"""How far back a rota looks, and at what."""

from collections.abc import Iterable
from datetime import date, timedelta

from network.organisations.rules import SATURDAY
from network.vocabulary import SessionKind

# The average of 48 hours a week runs over 17 weeks, the last of which may be the first of a rota.
AVERAGE_LOOKS_BACK = timedelta(weeks=16)
# People may agree to meet once a year.
MEETINGS_LOOK_BACK = timedelta(days=366)
UNSOCIAL = frozenset({SessionKind.EVENING, SessionKind.SATURDAY_MORNING, SessionKind.SATURDAY_AFTERNOON})


def looks_back_from(starts_on: date) -> date:
    """Give the first day of which a rota must know what was worked: a Monday."""
    return monday_of(starts_on) - AVERAGE_LOOKS_BACK


def monday_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(day.weekday())


def days_in_a_row(worked: Iterable[date], eve: date) -> int:
    """Count the days worked without a break up to the eve of a period."""
    days = set(worked)
    run = 0
    while eve - timedelta(run) in days:
        run += 1
    return run


def eves_of(holidays: Iterable[date]) -> frozenset[date]:
    """Give the last working day before each bank holiday."""
    shut = set(holidays)
    return frozenset(
        next(
            day
            for day in (holiday - timedelta(back) for back in range(1, 15))
            if day.weekday() < SATURDAY and day not in shut
        )
        for holiday in shut
    )

"""What a series of meetings asks for, and the days of its dates. Pure."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mdt.dates.rules import wrong_with_length, wrong_with_link, wrong_with_quorum

ENGLAND = ZoneInfo("Europe/London")
MOST_DATES = 52
LONGEST_GAP = 52


@dataclass(frozen=True)
class SeriesDetails:
    """What is asked of whoever starts or changes a series."""

    name: str
    purpose: str = ""
    minutes: int = 60
    opening_minutes: int = 2
    closing_minutes: int = 4
    every_weeks: int = 2
    place: str = ""
    link: str = ""
    chair_id: uuid.UUID | None = None
    minute_taker_id: uuid.UUID | None = None
    quorum: Mapping[str, int] = field(default_factory=dict)


# What a date takes over from its series, and follows while nobody changed it on the date itself.
INHERITED = ("name", "minutes", "opening_minutes", "closing_minutes", "place", "link", "quorum")


def wrong_with_series(details: SeriesDetails) -> str:
    """Say what is wrong with the details of a series, or nothing."""
    if not details.name.strip():
        return "Enter the name of the meeting."
    if not 1 <= details.every_weeks <= LONGEST_GAP:
        return f"Enter from 1 to {LONGEST_GAP} weeks between meetings."
    length = wrong_with_length(details.minutes, details.opening_minutes, details.closing_minutes)
    return length or wrong_with_link(details.link) or wrong_with_quorum(details.quorum)


def days_from(first: date, count: int, every_weeks: int) -> list[date]:
    """Return the days of so many dates, each some weeks after the one before."""
    return [first + timedelta(weeks=every_weeks * number) for number in range(count)]


def moment_of(day: date, at: time) -> datetime:
    """Return a time of day in England: the same on the clock in winter and in summer."""
    return datetime.combine(day, at, ENGLAND)

"""Who saw what of a person: what one did several times on one day is told once, with how often. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Deed:
    """Something that somebody did with what is known of a person, in words; `at` is a time in England."""

    at: datetime
    who: str
    said: str


@dataclass(frozen=True)
class Told:
    """A deed, how many times it was done on its day, and when for the last time."""

    deed: Deed
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Day:
    """What was done on one day, in the order in which it began."""

    day: date
    told: tuple[Told, ...]


def by_day(deeds: Iterable[Deed]) -> list[Day]:
    """Group deeds by day, the latest day first, and fold what one did several times."""
    found: dict[date, dict[tuple[str, str], Told]] = {}
    for deed in sorted(deeds, key=lambda each: each.at):
        of_day = found.setdefault(deed.at.date(), {})
        before = of_day.get((deed.who, deed.said))
        times = before.times + 1 if before else 1
        of_day[deed.who, deed.said] = Told(before.deed if before else deed, times, deed.at)
    return [Day(day, tuple(found[day].values())) for day in sorted(found, reverse=True)]

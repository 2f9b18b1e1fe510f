"""Who saw what of a person: what one did several times on one day is told once, with how often. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True)
class Deed:
    """What somebody did on a day, how often, first and last, in words; times are those of England."""

    at: datetime
    who: str
    said: str
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Day:
    """What was done on one day, in the order in which it began."""

    day: date
    deeds: tuple[Deed, ...]


def by_day(deeds: Iterable[Deed]) -> list[Day]:
    """Group deeds by day, the latest day first, and fold what one did several times."""
    found: dict[date, dict[tuple[str, str], Deed]] = {}
    for deed in sorted(deeds, key=lambda each: each.at):
        of_day = found.setdefault(deed.at.date(), {})
        before = of_day.get((deed.who, deed.said))
        of_day[deed.who, deed.said] = _both(before, deed) if before else deed
    return [Day(day, tuple(found[day].values())) for day in sorted(found, reverse=True)]


def _both(one: Deed, other: Deed) -> Deed:
    return replace(one, times=one.times + other.times, last_at=max(one.last_at, other.last_at))

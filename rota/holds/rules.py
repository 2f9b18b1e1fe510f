"""Time that is kept for meetings: whose, how many of which discipline, and in which sessions it lies."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from network.vocabulary import Discipline

Span = tuple[datetime, datetime]
# A meeting has no other name here: what it is about is nobody's business in a rota.
MEETING = "MDT meeting"


@dataclass(frozen=True)
class Need:
    """How many of a discipline a meeting needs at least, and of whom."""

    discipline: Discipline
    least: int
    person_ids: frozenset[uuid.UUID]


@dataclass(frozen=True)
class Holding:
    """Time to be kept for a meeting, known by its key: `needed` come all, `quorum` says who else has to be
    free. Times are those of the clock on the wall.
    """

    key: uuid.UUID
    day: date
    starts: time
    ends: time
    needed: frozenset[uuid.UUID] = frozenset()
    quorum: tuple[Need, ...] = ()
    site_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Held:
    """Time that is kept, and in sentences what stands against it."""

    token: uuid.UUID
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Free:
    """Whether somebody is free at a time, and what peers are told of why not."""

    is_free: bool
    why: str = ""


def wrong_with(holding: Holding) -> str:
    """Say what is wrong with time to be kept, or nothing."""
    if holding.ends <= holding.starts:
        return "Choose a time for the meeting that ends on the day on which it starts."
    if any(need.least < 1 for need in holding.quorum):
        return "Enter 1 or more of each discipline that the meeting needs."
    return ""


def everybody_in(holding: Holding) -> frozenset[uuid.UUID]:
    """Give all whom a meeting may need."""
    return holding.needed.union(*(need.person_ids for need in holding.quorum))


def sessions_at(starts: datetime, ends: datetime, hours: Mapping[int, Span]) -> list[int]:
    """Give the sessions of a day in which some time lies: those that it meets, or else the nearest."""
    met = [number for number, (first, last) in hours.items() if starts < last and first < ends]
    return sorted(met or _nearest(starts, ends, hours))


def _nearest(starts: datetime, ends: datetime, hours: Mapping[int, Span]) -> Iterable[int]:
    """Give the session that is the least time away: a meeting at lunch lies in none."""
    gaps = {number: max(first - ends, starts - last) for number, (first, last) in hours.items()}
    return [min(gaps, key=lambda number: (gaps[number], number))] if gaps else []

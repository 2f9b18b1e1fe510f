"""The clock of the room, and who may leave it when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# The page asks every two seconds; a sign of life is written down more rarely.
BEAT = timedelta(seconds=10)
HERE = timedelta(seconds=30)


def seconds_taken(taken: int, opened_at: datetime | None, now: datetime) -> int:
    """Count the seconds that a case was discussed, with those since it was opened."""
    return taken + (seconds_between(opened_at, now) if opened_at else 0)


def seconds_between(start: datetime, end: datetime) -> int:
    """Count whole seconds; clocks of two machines may differ, and no time runs backwards."""
    return max(0, int((end - start).total_seconds()))


def seconds_run(began_at: datetime | None, ended_at: datetime | None, now: datetime) -> int:
    """Count the seconds of a meeting: put right after its end, it runs no longer."""
    return seconds_between(began_at, ended_at or now) if began_at else 0


@dataclass(frozen=True)
class Part:
    """The part of the list that somebody comes for; an end that is left out is the list's own."""

    name: str
    to_position: int | None


def leave_after(parts: Iterable[Part], last_position: int) -> list[Part]:
    """Return who may leave before the list is through, the earliest first."""
    early = [each for each in parts if each.to_position is not None and each.to_position < last_position]
    return sorted(early, key=lambda each: (each.to_position or 0, each.name))

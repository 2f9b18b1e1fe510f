"""What a calendar is told: one event for each published session, whatever version it is of."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from rota.edits.rules import Cell

Key = TypeVar("Key")
Value = TypeVar("Value")
LOOKS_BACK = timedelta(weeks=8)
DOMAIN = "quorate"


@dataclass(frozen=True)
class Held:
    """What stands in a session; where one of these differs, a calendar has to be told."""

    starts: datetime
    ends: datetime
    activity: str
    site_id: uuid.UUID | None


@dataclass(frozen=True)
class Published:
    """A version as people were told of it: when, and who holds what."""

    at: datetime
    sessions: Mapping[Cell, Held]


@dataclass(frozen=True)
class Event:
    """A session as a calendar keeps it; `sequence` counts how often it changed since it was first told."""

    cell: Cell
    held: Held
    sequence: int
    changed_at: datetime

    @property
    def uid(self) -> str:
        """Name the session for good: the same after every change, and saying nothing about anybody."""
        name = f"{self.cell.day.isoformat()} {self.cell.kind}"
        return f"{uuid.uuid5(self.cell.member_id, name)}@{DOMAIN}"


@dataclass(frozen=True)
class Stay:
    """A placement as a calendar keeps it: days, where, and what one needs to know for the first of them."""

    starts_on: date
    ends_on: date
    summary: str
    location: str
    known: tuple[str, ...]


@dataclass(frozen=True)
class StayEvent:
    """A placement in a calendar; `stay_id` is the same in every version of a plan."""

    stay_id: uuid.UUID
    stay: Stay
    sequence: int
    changed_at: datetime

    @property
    def uid(self) -> str:
        return f"{uuid.uuid5(self.stay_id, 'placement')}@{DOMAIN}"


@dataclass(frozen=True)
class HalfDay:
    """A half-day with another discipline; times are those of the clock on the wall."""

    session_id: uuid.UUID
    starts: datetime
    ends: datetime
    summary: str
    location: str
    made_at: datetime

    @property
    def uid(self) -> str:
        return f"{uuid.uuid5(self.session_id, 'half-day')}@{DOMAIN}"


def events_of(versions: Sequence[Published]) -> tuple[Event, ...]:
    """Return the sessions of the last version, each with its history; the first version comes first."""
    told = histories([(version.at, version.sessions) for version in versions])
    events = (Event(cell, *history) for cell, history in told.items())
    return tuple(sorted(events, key=lambda event: (event.held.starts, event.uid)))


def histories(
    versions: Iterable[tuple[datetime, Mapping[Key, Value]]],
) -> dict[Key, tuple[Value, int, datetime]]:
    """Give what the last version holds, with how often each part of it changed, and when it last did."""
    told: Mapping[Key, Value] = {}
    sequence: dict[Key, int] = {}
    changed_at: dict[Key, datetime] = {}
    for at, held in versions:
        for key in _differing(told, held):
            sequence[key] = sequence.get(key, -1) + 1
            changed_at[key] = at
        told = held
    return {key: (value, sequence[key], changed_at[key]) for key, value in told.items()}


def _differing(one: Mapping[Key, Value], other: Mapping[Key, Value]) -> Iterable[Key]:
    return [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]

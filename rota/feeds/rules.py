"""What a calendar is told: one event for each published session, whatever version it is of."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rota.edits.rules import Cell

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


def events_of(versions: Sequence[Published]) -> tuple[Event, ...]:
    """Return the sessions of the last version, each with its history; the first version comes first."""
    told: Mapping[Cell, Held] = {}
    sequence: dict[Cell, int] = {}
    changed_at: dict[Cell, datetime] = {}
    for version in versions:
        for cell in _differing(told, version.sessions):
            sequence[cell] = sequence.get(cell, -1) + 1
            changed_at[cell] = version.at
        told = version.sessions
    events = (Event(cell, held, sequence[cell], changed_at[cell]) for cell, held in told.items())
    return tuple(sorted(events, key=lambda event: (event.held.starts, event.uid)))


def _differing(one: Mapping[Cell, Held], other: Mapping[Cell, Held]) -> Iterable[Cell]:
    return [cell for cell in one.keys() | other.keys() if one.get(cell) != other.get(cell)]

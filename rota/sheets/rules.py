"""A rota laid out in tables: by site and by person, week by week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from network.vocabulary import SessionKind, Word
from rota.rotas.rules import VersionState

Slot = tuple[int, SessionKind]


class State(Word):
    """What a cell of a printed rota says beside its text."""

    EMPTY = "empty", ""
    WORKS = "works", "placed"
    PINNED = "pinned", "pinned by hand"
    AWAY = "away", "leave, fixed time or not available"
    SHORT = "short", "too few people"

    @property
    def is_placed(self) -> bool:
        return self in (State.WORKS, State.PINNED)


@dataclass(frozen=True)
class Mark:
    """A cell: its text, and how it stands."""

    text: str = ""
    state: State = State.EMPTY


@dataclass(frozen=True)
class Line:
    """A row of a block, with a cell for each slot of the week."""

    name: str
    role: str
    employer: str
    marks: Mapping[Slot, Mark]


@dataclass(frozen=True)
class Block:
    """Rows that belong together: a role group at a site, or a discipline."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class WeekTable:
    """One week of a tab; holidays by weekday."""

    monday: date
    holidays: Mapping[int, str]
    blocks: tuple[Block, ...]

    def day(self, weekday: int) -> date:
        return self.monday + timedelta(weekday)


@dataclass(frozen=True)
class Tab:
    """A sheet of the rota: the weeks one below the other, all with the same columns."""

    name: str
    title: str
    slots: tuple[Slot, ...]
    weeks: tuple[WeekTable, ...]

    @property
    def days(self) -> dict[int, int]:
        """Count the slots of each weekday."""
        found: dict[int, int] = {}
        for weekday, _ in self.slots:
            found[weekday] = found.get(weekday, 0) + 1
        return found


@dataclass(frozen=True)
class Printed:
    """A rota ready to be written as a workbook."""

    title: str
    network: str
    stamp: str
    state: VersionState
    version: int
    exported_at: datetime
    exported_by: str
    short_of: tuple[int, int] | None
    short: tuple[str, ...]
    broken: tuple[str, ...]
    by_person: Tab
    by_site: tuple[Tab, ...]
    sites: tuple[tuple[str, str], ...]


def stacked(columns: Mapping[Slot, Sequence[Mark]]) -> tuple[Line, ...]:
    """Turn a list of cells for each slot into rows: the first of each, the second of each ..."""
    deepest = max((len(marks) for marks in columns.values()), default=0)
    return tuple(
        Line("", "", "", {slot: marks[row] for slot, marks in columns.items() if row < len(marks)})
        for row in range(max(deepest, 1))
    )


def in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Put the sessions of a week in order of time, each once."""
    order = list(SessionKind)
    return tuple(sorted(set(slots), key=lambda slot: (slot[0], order.index(slot[1]))))

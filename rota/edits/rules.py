"""What a cell is and holds as data, the kinds of edits, and which edit an undo or a redo takes back."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, NamedTuple

from network.vocabulary import Activity, FundingStream, RoleGroup, SessionKind, Word
from rota.rotas.rules import AssignmentSource


class EditKind(Word):
    CHANGE = "change", "Changed by hand"
    PASTE = "paste", "Pasted"
    FILL = "fill", "Filled"
    IMPORT = "import", "Taken from a workbook"
    UNDO = "undo", "Undone"
    REDO = "redo", "Done again"


class Cell(NamedTuple):
    """One person in one session."""

    member_id: uuid.UUID
    day: date
    kind: SessionKind

    @property
    def key(self) -> str:
        """The cell as an id on the page."""
        return f"{row_key(self.member_id)}-{session_key(self.day, self.kind)}"


def row_key(member_id: uuid.UUID) -> str:
    """Begin the ids of a person's cells."""
    return f"c-{member_id.hex[:12]}"


def session_key(day: date, kind: SessionKind) -> str:
    """End the ids of a session's cells."""
    return f"{day:%Y%m%d}-{kind.value}"


# What tells one content of a cell from another; who set it and when does not.
CONTENT = (
    "line_id",
    "site_id",
    "role_group",
    "activity",
    "starts_at",
    "ends_at",
    "minutes",
    "funding",
    "source",
    "is_pinned",
)

Content = Mapping[str, Any] | None


def same_content(one: Content, other: Content) -> bool:
    """Say whether two cells hold the same."""
    if one is None or other is None:
        return one is other
    return all(one[name] == other[name] for name in CONTENT)


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the content of a cell as data: what an edit keeps of the columns of an assignment."""
    return {name: _plain(values[name]) for name in CONTENT}


def restored(content: Mapping[str, Any]) -> dict[str, Any]:
    """Give kept content as the columns of an assignment."""
    return {name: _RESTORE.get(name, _as_is)(content[name]) for name in CONTENT}


def changed(
    before: Mapping[Cell, Content], after: Mapping[Cell, Content]
) -> dict[Cell, tuple[Content, Content]]:
    """Tell two states of a rota apart: the cells that differ, each with what it held and what it holds."""
    pairs = {cell: (before.get(cell), after.get(cell)) for cell in {**before, **after}}
    return {cell: pair for cell, pair in pairs.items() if not same_content(*pair)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, uuid.UUID) else value


def _as_is(value: Any) -> Any:
    return value


def _identity(value: str | None) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None


def _moment(value: float) -> datetime:
    return datetime.fromtimestamp(value, UTC)


_RESTORE: dict[str, Callable[[Any], Any]] = {
    "line_id": _identity,
    "site_id": _identity,
    "role_group": RoleGroup,
    "activity": Activity,
    "funding": FundingStream,
    "source": AssignmentSource,
    "starts_at": _moment,
    "ends_at": _moment,
}


@dataclass(frozen=True)
class Step:
    """An edit as far as undoing goes: `takes_back` names the edit that an undo or a redo reverses."""

    id: uuid.UUID
    kind: EditKind
    takes_back: uuid.UUID | None = None


@dataclass(frozen=True)
class Stacks:
    """What can be undone and what can be done again, the next at the end."""

    done: tuple[uuid.UUID, ...] = ()
    undone: tuple[uuid.UUID, ...] = ()

    @property
    def to_undo(self) -> uuid.UUID | None:
        return self.done[-1] if self.done else None

    @property
    def to_redo(self) -> uuid.UUID | None:
        return self.undone[-1] if self.undone else None


def stacks_of(steps: Iterable[Step]) -> Stacks:
    """Work out what can be undone and done again from somebody's own edits, the first edit first.

    As in any editor: an edit by hand forgets what was undone before it.
    """
    done: list[uuid.UUID] = []
    undone: list[uuid.UUID] = []
    for step in steps:
        if step.kind is EditKind.UNDO:
            if step.takes_back in done:
                done.remove(step.takes_back)
            undone.append(step.id)
        elif step.kind is EditKind.REDO:
            if step.takes_back in undone:
                undone.remove(step.takes_back)
            done.append(step.id)
        else:
            done.append(step.id)
            undone.clear()
    return Stacks(tuple(done), tuple(undone))

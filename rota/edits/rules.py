"""What a cell is and holds as data, the kinds of edits, and which edit an undo or a redo takes back."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from network.vocabulary import SessionKind, Word


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
        return f"c-{self.member_id.hex[:12]}-{self.day:%Y%m%d}-{self.kind.value}"


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

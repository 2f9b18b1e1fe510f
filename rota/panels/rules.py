"""What a panel is made of: choices with what each would break, other sessions, broken rules."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A duty that somebody could be put on: how it is staffed, and the rules that would then be broken."""

    line_id: uuid.UUID
    code: str
    said: str
    site: str
    have: int
    need: int
    most: int
    breaks: tuple[str, ...]
    is_current: bool

    @property
    def is_short(self) -> bool:
        return self.have < self.need

    @property
    def is_full(self) -> bool:
        return not self.is_current and self.have >= self.most


@dataclass(frozen=True)
class Broken:
    """A rule that stands broken, and the cell to go to, where it is about one person in one session."""

    said: str
    cell: str


@dataclass(frozen=True)
class Elsewhere:
    """Another session to which somebody could be moved: how a form names it, and what stands there."""

    value: str
    said: str


def in_all(choices: Sequence[Choice]) -> tuple[str, ...]:
    """Tell what every choice would break: it lies with the person and the session, not with the place."""
    if len(choices) < 2:
        return ()
    shared = set.intersection(*(set(choice.breaks) for choice in choices))
    return tuple(said for said in choices[0].breaks if said in shared)


def without(breaks: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    return tuple(said for said in breaks if said not in known)

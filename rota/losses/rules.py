"""What absences take from a rota: the sessions that fall out, and the cover their duties are left with."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from network.vocabulary import RoleGroup, SessionKind


@dataclass(frozen=True)
class Loss:
    """A session of a rota that falls out, and the cover that its duty is left with."""

    version_id: uuid.UUID
    is_published: bool
    day: date
    kind: SessionKind
    place: str
    role_group: RoleGroup
    have: int
    need: int

    @property
    def is_short(self) -> bool:
        return self.have < self.need


@dataclass(frozen=True)
class Toll:
    """What one absence takes from the published rota, for a manager who may know of it."""

    absence_id: uuid.UUID
    name: str
    is_leave: bool
    version_id: uuid.UUID
    monday: date
    sessions: int
    short: int


def shorts(losses: Iterable[Loss]) -> list[Loss]:
    """Return the losses that leave cover below its least."""
    return [loss for loss in losses if loss.is_short]

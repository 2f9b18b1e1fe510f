"""What publishing a version changes for each learner, and how placements of the one before end."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rota.rotations.rules import WEEK, Held, PlacementState, Stretch, may_move

Place = tuple[uuid.UUID, Stretch]


@dataclass(frozen=True)
class News:
    """What is new for one learner: what they were told, what is so now, and from when it is short notice."""

    learner_id: uuid.UUID
    name: str
    told: tuple[Held, ...]
    now: tuple[Held, ...]
    short_from: date | None = None
    notice_weeks: int = 0

    @property
    def is_first(self) -> bool:
        return not self.told

    @property
    def gone(self) -> tuple[Held, ...]:
        """What they were told and is so no more."""
        return _without(self.told, self.now)

    @property
    def new(self) -> tuple[Held, ...]:
        """What they were not told yet."""
        return _without(self.now, self.told)

    @property
    def is_news(self) -> bool:
        return bool(self.gone or self.new)

    def is_late(self, today: date) -> bool:
        """Say whether they hear of something new later than they are due to."""
        return any(each.stretch.starts_on < today + self.notice_weeks * WEEK for each in self.new)

    @property
    def wants_reason(self) -> bool:
        """Say whether it is nearer than their notice, and nobody said why yet."""
        return self.short_from is not None and not any(each.reason for each in self.new)


def ended(held: Held, today: date) -> PlacementState:
    """Give the state of a placement that a new version does not have as it was."""
    if held.state is PlacementState.ACTIVE or (held.is_told and held.stretch.starts_on <= today):
        return PlacementState.ENDED_EARLY
    return PlacementState.CHANGED if may_move(held.state, PlacementState.CHANGED) else held.state


def _without(some: Iterable[Held], others: Iterable[Held]) -> tuple[Held, ...]:
    known = {(each.offer_id, each.stretch) for each in others}
    return tuple(each for each in some if (each.offer_id, each.stretch) not in known)

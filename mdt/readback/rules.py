"""The clock of a case, and what becomes of it when the room leaves it. Pure."""

import uuid
from datetime import datetime

from mdt.lists.rules import ItemState


def state_when_left(is_read_back: bool, was_noted: bool) -> ItemState:
    """Say what becomes of a case that the room leaves without saying anything about it."""
    if is_read_back:
        return ItemState.DECIDED
    return ItemState.NOTED if was_noted else ItemState.PLANNED


def action_id_of(item_id: uuid.UUID, key: str) -> uuid.UUID:
    """Return the id of the action that was sent for a case with a key: the same whenever it is sent."""
    return uuid.uuid5(item_id, key)


def seconds_taken(taken: int, opened_at: datetime | None, now: datetime) -> int:
    """Count the seconds that a case was discussed, with those since it was opened."""
    return taken + (seconds_between(opened_at, now) if opened_at else 0)


def seconds_between(start: datetime, end: datetime) -> int:
    """Count whole seconds; clocks of two machines may differ, and no time runs backwards."""
    return max(0, int((end - start).total_seconds()))

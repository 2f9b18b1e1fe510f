"""A new email address waits for both ends, and not for long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CHANGE_HOLDS = timedelta(hours=24)


class End(StrEnum):
    """Which of the two addresses a letter went to."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True)
class Waiting:
    """What a change of address still waits for."""

    new_email: str
    missing: tuple[End, ...]
    expires_at: datetime


def missing_ends(old_confirmed_at: datetime | None, new_confirmed_at: datetime | None) -> tuple[End, ...]:
    """Say which ends have not confirmed the change yet."""
    confirmed = {End.OLD: old_confirmed_at, End.NEW: new_confirmed_at}
    return tuple(end for end, at in confirmed.items() if at is None)


def is_open(ended_at: datetime | None, expires_at: datetime, at: datetime) -> bool:
    """Can a change still be confirmed?"""
    return ended_at is None and at < expires_at

"""Kinds and states of a solve, the moves between them, and what a running one is doing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from network.access.rules import Permission
from network.vocabulary import Word


class SolveKind(Word):
    STAFF_ROTA = "staff_rota", "Staff rota"
    ROTATION_PLAN = "rotation_plan", "Rotation plan"


# Who asks for a solve of each kind, and may look at it.
ASKERS = {
    SolveKind.STAFF_ROTA: Permission.FILL_ROTA,
    SolveKind.ROTATION_PLAN: Permission.EDIT_ROTATIONS,
}


class JobState(Word):
    QUEUED = "queued", "Waiting for a free worker"
    SOLVING = "solving", "Looking for a first rota"
    IMPROVING = "improving", "Improving the rota"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped: the best so far was kept"
    CANCELLED = "cancelled", "Cancelled: nothing was changed"
    FAILED = "failed", "Failed: nothing was changed"


S = JobState

MOVES: dict[JobState, set[JobState]] = {
    S.QUEUED: {S.SOLVING, S.CANCELLED, S.FAILED},
    S.SOLVING: {S.IMPROVING, S.DONE, S.STOPPED, S.CANCELLED, S.FAILED},
    S.IMPROVING: {S.DONE, S.STOPPED, S.CANCELLED, S.FAILED},
    S.DONE: set(),
    S.STOPPED: set(),
    S.CANCELLED: set(),
    S.FAILED: set(),
}

ENDED = frozenset(state for state, moves in MOVES.items() if not moves)
# Their plan went into the rota.
TAKEN = frozenset({S.DONE, S.STOPPED})
# The first tier that can be bettered: cover that safety asks for.
COVER = "T1"
SILENT_AFTER = timedelta(seconds=10)


def may_move(state: JobState, to: JobState) -> bool:
    return to in MOVES[state]


@dataclass(frozen=True)
class Step:
    """A better rota seen on the way, as a point of the chart and a sentence."""

    seconds: float
    tier: str
    cost: int
    bound: int | None
    said: str


def cover_in(amounts: Mapping[str, int]) -> int:
    """Give what missing cover costs; later tiers may get worse on the way, so a sum would mislead."""
    return amounts.get(COVER, 0)


def is_silent(heartbeat_at: datetime | None, now: datetime) -> bool:
    """Say whether the worker of a running solve has stopped giving signs of life."""
    return heartbeat_at is not None and now - heartbeat_at > SILENT_AFTER


def seconds_left(limit: float, spent: float, least: float = 1.0) -> float:
    """Give a solve that is picked up again the rest of its time."""
    return max(limit - spent, least)

"""Kinds and states of a solve, and the moves between them."""

from network.vocabulary import Word


class SolveKind(Word):
    STAFF_ROTA = "staff_rota", "Staff rota"


class JobState(Word):
    QUEUED = "queued", "Waiting for a free worker"
    SOLVING = "solving", "Looking for a rota"
    IMPROVING = "improving", "Improving the rota"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped: the best so far was kept"
    CANCELLED = "cancelled", "Cancelled: nothing was changed"
    FAILED = "failed", "Failed"


S = JobState

MOVES: dict[JobState, set[JobState]] = {
    S.QUEUED: {S.SOLVING, S.CANCELLED, S.FAILED},
    S.SOLVING: {S.IMPROVING, S.DONE, S.STOPPED, S.CANCELLED, S.FAILED, S.QUEUED},
    S.IMPROVING: {S.DONE, S.STOPPED, S.CANCELLED, S.FAILED, S.QUEUED},
    S.DONE: set(),
    S.STOPPED: set(),
    S.CANCELLED: set(),
    S.FAILED: set(),
}

ENDED = frozenset(state for state, moves in MOVES.items() if not moves)

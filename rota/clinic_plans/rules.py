"""How far asking for proposals has come, and what a proposal is made of."""

from network.vocabulary import Word


class PlanState(Word):
    """How far three proposals for a clinic have come."""

    WAITING = "waiting", "Waiting for a free worker"
    LOOKING = "looking", "Looking for three ways"
    READY = "ready", "Ready to choose"
    ACCEPTED = "accepted", "Accepted"
    FAILED = "failed", "Nothing found"


MOVES: dict[PlanState, set[PlanState]] = {
    PlanState.WAITING: {PlanState.LOOKING, PlanState.FAILED},
    PlanState.LOOKING: {PlanState.READY, PlanState.FAILED},
    PlanState.READY: {PlanState.ACCEPTED},
    # Taken back while nobody was told of it.
    PlanState.ACCEPTED: {PlanState.READY},
    PlanState.FAILED: set(),
}

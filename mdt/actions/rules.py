"""States of an action, the moves between them, and why something was not done. Pure."""

from network.vocabulary import Word


class ActionState(Word):
    PROPOSED = "proposed", "Proposed in the meeting"
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done"
    HANDED_OVER = "handed_over", "Handed over"
    CANCELLED = "cancelled", "Cancelled"


A = ActionState

TO_DO = frozenset({A.OPEN, A.ACCEPTED})

ACTION_MOVES: dict[ActionState, frozenset[ActionState]] = {
    # An action binds its owner once the decision was read back.
    A.PROPOSED: frozenset({A.OPEN, A.CANCELLED}),
    A.OPEN: frozenset({A.ACCEPTED, A.DONE, A.NOT_DONE, A.HANDED_OVER, A.CANCELLED}),
    A.ACCEPTED: frozenset({A.DONE, A.NOT_DONE, A.HANDED_OVER, A.CANCELLED}),
    A.DONE: frozenset({A.OPEN}),
    A.NOT_DONE: frozenset({A.OPEN}),
    A.HANDED_OVER: frozenset(),
    A.CANCELLED: frozenset(),
}


class NotDone(Word):
    """Why something was not done.

    Source: the Danish cancer registry's codes for decisions not followed; the rest are our own.
    """

    DECLINED = "declined", "The person declined"
    CHANGED = "changed", "The person's situation changed"
    NOT_REACHED = "not_reached", "Could not reach them"
    NO_SERVICE = "no_service", "Service not available"
    NO_CAPACITY = "no_capacity", "No time for it"
    NOT_NEEDED = "not_needed", "No longer needed"
    WRONG_OWNER = "wrong_owner", "Wrong owner"
    DIED = "died", "The person died"
    OTHER = "other", "Other"

"""States of what is on a meeting's list, and what makes a list fit. Pure."""

from network.vocabulary import Word


class ItemState(Word):
    PLANNED = "planned", "On the list"
    OPEN = "open", "Being discussed"
    DECIDED = "decided", "Decided"
    NOTED = "noted", "Noted"
    CARRIED = "carried", "Carried over"
    NOT_REACHED = "not_reached", "Not reached"
    WITHDRAWN = "withdrawn", "Taken off the list"


S = ItemState

OVER = frozenset({S.DECIDED, S.NOTED, S.CARRIED, S.NOT_REACHED, S.WITHDRAWN})

ITEM_MOVES: dict[ItemState, frozenset[ItemState]] = {
    S.PLANNED: frozenset({S.OPEN, S.CARRIED, S.NOT_REACHED, S.WITHDRAWN, S.NOTED}),
    S.OPEN: frozenset({S.PLANNED, S.DECIDED, S.NOTED, S.CARRIED, S.NOT_REACHED, S.WITHDRAWN}),
    # Until the minutes are signed a case can be opened again, to put right what was read back wrongly.
    S.DECIDED: frozenset({S.OPEN}),
    S.NOTED: frozenset({S.OPEN}),
    S.CARRIED: frozenset({S.OPEN}),
    S.NOT_REACHED: frozenset({S.OPEN}),
    S.WITHDRAWN: frozenset(),
}


class ViewHeard(Word):
    """How the person's own view came into the room. Source: MDT-MODe (Imperial College London)."""

    IN_PERSON = "in_person", "The person was there"
    STATEMENT = "statement", "Their own words were read"
    MET_THEM = "met_them", "Somebody here has met them"
    NOT_KNOWN = "not_known", "Not known"

"""States of a rota and the moves between them."""

from network.vocabulary import Word


class PeriodState(Word):
    DRAFTING = "drafting", "Draft"
    PUBLISHED = "published", "Published"
    CLOSED = "closed", "Closed"


PERIOD_MOVES: dict[PeriodState, set[PeriodState]] = {
    PeriodState.DRAFTING: {PeriodState.PUBLISHED},
    PeriodState.PUBLISHED: {PeriodState.CLOSED},
    PeriodState.CLOSED: set(),
}


class VersionState(Word):
    DRAFT = "draft", "Draft"
    CHOSEN = "chosen", "Published"
    SUPERSEDED = "superseded", "Superseded"
    DISCARDED = "discarded", "Discarded"


VERSION_MOVES: dict[VersionState, set[VersionState]] = {
    VersionState.DRAFT: {VersionState.CHOSEN, VersionState.DISCARDED},
    VersionState.CHOSEN: {VersionState.SUPERSEDED},
    VersionState.SUPERSEDED: set(),
    VersionState.DISCARDED: set(),
}


class AssignmentSource(Word):
    MANUAL = "manual", "Set by hand"
    SOLVER = "solver", "Filled"

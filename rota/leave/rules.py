"""Kinds and states of absence, and the moves between them."""

from network.vocabulary import Word


class AbsenceKind(Word):
    ANNUAL = "annual", "Annual leave"
    STUDY = "study", "Study leave"
    SICKNESS = "sickness", "Sickness"
    PARENTAL = "parental", "Parental leave"
    COMPASSIONATE = "compassionate", "Compassionate leave"
    OTHER = "other", "Other leave"


class AbsenceState(Word):
    REQUESTED = "requested", "Requested"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REPORTED = "reported", "Reported"
    ENDED = "ended", "Ended"


S = AbsenceState

MOVES: dict[AbsenceState, set[AbsenceState]] = {
    S.REQUESTED: {S.APPROVED, S.DECLINED, S.WITHDRAWN},
    S.APPROVED: {S.WITHDRAWN},
    S.DECLINED: set(),
    S.WITHDRAWN: set(),
    S.REPORTED: {S.ENDED, S.WITHDRAWN},
    S.ENDED: set(),
}

# The rota plans around these.
KEEPS_AWAY = frozenset({S.APPROVED, S.REPORTED, S.ENDED})

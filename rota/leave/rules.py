"""Kinds and states of absence, the moves between them, and which sessions an absence takes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from network.organisations.rules import kinds_on
from network.vocabulary import SessionKind, Word
from rota.staff.rules import Availability, Pattern, availability_on, pattern_on


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


class Show(StrEnum):
    """Which absences a list shows."""

    WAITING = "waiting"
    COMING = "coming"
    PAST = "past"


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
# These stand in the way of another absence on the same days.
STANDS = KEEPS_AWAY | {S.REQUESTED}
# Why somebody is away for one of these is between them and their manager.
NEED_TO_KNOW = frozenset({AbsenceKind.SICKNESS, AbsenceKind.PARENTAL, AbsenceKind.COMPASSIONATE})
# Leave that is asked for; sickness is reported.
ASKED_FOR = tuple(kind for kind in AbsenceKind if kind is not AbsenceKind.SICKNESS)

MOST_DAYS = 366
# No leave is reckoned so far from today: whoever types such a year has made a slip.
FAR_OFF = timedelta(weeks=2600)

# Saturday's halves stand beside those of the week, so that one absence can run over both.
ORDER = {
    SessionKind.EARLY: 0,
    SessionKind.MORNING: 1,
    SessionKind.SATURDAY_MORNING: 1,
    SessionKind.AFTERNOON: 2,
    SessionKind.EVENING: 3,
    SessionKind.SATURDAY_AFTERNOON: 3,
}


@dataclass(frozen=True)
class Away:
    """Time away: from a session of one day to a session of another, both included."""

    kind: AbsenceKind
    starts_on: date
    ends_on: date
    starts_with: SessionKind = SessionKind.EARLY
    ends_with: SessionKind = SessionKind.SATURDAY_AFTERNOON
    member_id: uuid.UUID | None = None

    def takes(self, day: date, kind: SessionKind) -> bool:
        """Say whether the absence takes this session."""
        begins = (self.starts_on, ORDER[self.starts_with])
        ends = (self.ends_on, ORDER[self.ends_with])
        return begins <= (day, ORDER[kind]) <= ends

    def overlaps(self, other: "Away") -> bool:
        """Say whether two absences share a session."""
        starts_late = max(
            (self.starts_on, ORDER[self.starts_with]), (other.starts_on, ORDER[other.starts_with])
        )
        ends_early = min((self.ends_on, ORDER[self.ends_with]), (other.ends_on, ORDER[other.ends_with]))
        return starts_late <= ends_early

    @property
    def is_back_to_front(self) -> bool:
        return (self.ends_on, ORDER[self.ends_with]) < (self.starts_on, ORDER[self.starts_with])


@dataclass(frozen=True)
class Working:
    """When somebody works: while they are planned, by their patterns, and not when their place is shut."""

    first: date
    last: date
    patterns: tuple[Pattern, ...]
    # A session None stands for the whole day.
    shut: frozenset[tuple[date, SessionKind | None]] = frozenset()

    def offers(self, day: date, kind: SessionKind) -> bool:
        """Say whether the pattern has the session, on a holiday too."""
        offered = availability_on(pattern_on(self.patterns, day), day, kind) is not Availability.NEVER
        return self.first <= day <= self.last and offered

    def is_shut(self, day: date, kind: SessionKind) -> bool:
        return (day, None) in self.shut or (day, kind) in self.shut

    def works(self, day: date, kind: SessionKind) -> bool:
        return self.offers(day, kind) and not self.is_shut(day, kind)


def sessions_taken(
    away: Away, working: Working, first: date = date.min, last: date = date.max
) -> list[tuple[date, SessionKind]]:
    """List the sessions that somebody would work and that an absence takes, within some days."""
    day, end = max(away.starts_on, first), min(away.ends_on, last)
    found = []
    while day <= end:
        found += [
            (day, kind)
            for kind in kinds_on(day.weekday())
            if away.takes(day, kind) and working.works(day, kind)
        ]
        day += timedelta(1)
    return found


def keeps_away(absences: Iterable[Away], day: date, kind: SessionKind) -> Away | None:
    """Return the absence that takes this session, or None where the person can be asked."""
    return next((away for away in absences if away.takes(day, kind)), None)


def wrong_with_days(away: Away, today: date) -> str:
    """Say what is wrong with the days of an absence, or nothing."""
    if away.is_back_to_front:
        return "The last day must be on or after the first day."
    if is_far_off(away.starts_on, today):
        return "Check the year of the first day."
    if (away.ends_on - away.starts_on).days >= MOST_DAYS:
        return "One absence can be at most a year long. Enter a longer one in parts."
    return ""


def is_far_off(day: date, today: date) -> bool:
    return abs(day - today) > FAR_OFF


def may_move(state: AbsenceState, to: AbsenceState) -> bool:
    return to in MOVES[state]

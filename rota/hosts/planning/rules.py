"""How many minutes somebody has for learners in a week: those of approvals, in the sessions they work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from network.vocabulary import JobRole, SessionKind
from rota.hosts.rules import days_of_week
from rota.leave.rules import Away, Working, keeps_away
from rota.staff.rules import Availability, choice_on, pattern_on

# Learners are placed in the day; evenings that a pattern has are for the rota to ask about.
DAYTIME = (SessionKind.MORNING, SessionKind.AFTERNOON)


@dataclass(frozen=True)
class Guide:
    """What an approval to supervise gives: minutes in a session worked, for a kind of learner, for a time."""

    role: JobRole
    minutes: int
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Supervising:
    """Somebody's approvals, when they work, and how many sessions a week their contract has."""

    guides: tuple[Guide, ...]
    working: Working
    absences: tuple[Away, ...]
    contract_sessions: int

    def minutes_in(self, monday: date, roles: Iterable[JobRole] | None = None) -> int:
        """Give the minutes for learners of some roles (None: any) in the week of a Monday."""
        wanted = None if roles is None else set(roles)
        given = [
            max(
                (
                    guide.minutes
                    for guide in self.guides
                    if guide.holds_on(day) and (wanted is None or guide.role in wanted)
                ),
                default=0,
            )
            for day, kind in self._offered(monday)
            if not keeps_away(self.absences, day, kind)
        ]
        # Who may be asked for more sessions than the contract has works no more of them.
        return sum(sorted(given, reverse=True)[: self.contract_sessions])

    def is_away_in(self, monday: date) -> bool:
        """Say whether leave or sickness takes all that they would work in a week."""
        offered = self._offered(monday)
        return bool(offered) and all(keeps_away(self.absences, day, kind) for day, kind in offered)

    @cached_property
    def _known(self) -> dict[date, Sequence[tuple[date, SessionKind]]]:
        return {}

    def _offered(self, monday: date) -> Sequence[tuple[date, SessionKind]]:
        # Asked for twice a week of a year, and a pattern takes its time to look up.
        if monday not in self._known:
            self._known[monday] = self._sessions_in(monday)
        return self._known[monday]

    def _sessions_in(self, monday: date) -> Sequence[tuple[date, SessionKind]]:
        return [
            (day, kind)
            for day in days_of_week(monday)
            for kind in DAYTIME
            if self.working.works(day, kind) and not self._is_fixed(day, kind)
        ]

    def _is_fixed(self, day: date, kind: SessionKind) -> bool:
        """Say whether the pattern has something else there, such as teaching."""
        choice = choice_on(pattern_on(self.working.patterns, day), day, kind)
        return choice is not None and choice.availability is Availability.FIXED


def minutes_needed(a_session: int | None, clinical_minutes: int, session_minutes: int) -> int:
    """Give the minutes of supervision that a learner takes in a week, by the rota's number for a session."""
    return (a_session or 0) * -(-clinical_minutes // session_minutes)

"""The staff rota as a problem: who could work where and when, what cover is wanted, and which rules hold.

Unit of planning: one person on one duty in one half-day session. All lengths are whole minutes, all money is
left out. Every class refuses nonsense on creation with a ValueError whose text a planner can act on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from rota.solver.rule import RuleChoice
from rota.solver.staff_rota.clinics import (
    Bundle,
    ClinicKind,
    Clinics,
    Kit,
    Opening,
    Seat,
    Served,
    refuse_repeats,
)
from rota.solver.staff_rota.meetings import Meeting, MeetingNeed
from rota.solver.staff_rota.person import (
    Credential,
    History,
    Learner,
    Person,
    Supervision,
    Wish,
    WorkTerms,
)
from rota.solver.staff_rota.work import Commitment, Duty, Session, Site

# All that a problem is made of may be had from here.
__all__ = [
    "Bundle",
    "Cadence",
    "ClinicKind",
    "Clinics",
    "Commitment",
    "Credential",
    "Duty",
    "History",
    "Kit",
    "Learner",
    "Meeting",
    "MeetingNeed",
    "Opening",
    "Pairing",
    "Part",
    "Payer",
    "Person",
    "Placement",
    "Problem",
    "RuleChoice",
    "Seat",
    "Served",
    "Session",
    "Site",
    "Supervision",
    "Wish",
    "WorkTerms",
]


@dataclass(frozen=True, order=True)
class Placement:
    """One person on one duty. As a pin it was set by hand or worked already: the solver keeps it, whatever it
    breaks.
    """

    person: str
    duty: int


@dataclass(frozen=True)
class Part:
    """The part of a rota that is to be filled: on which duties people are newly placed, and who. Beside the
    pins all else stays empty.
    """

    duties: frozenset[int]
    people: frozenset[str] | None = None

    def has(self, person: str, duty: int) -> bool:
        """Say whether this person may be newly placed on this duty."""
        return duty in self.duties and (self.people is None or person in self.people)


@dataclass(frozen=True)
class Pairing:
    """Two people who are kept apart, or of whom one works only beside the other (R36).

    `why` is a word for managers alone. A pairing that is not `firm` costs something where it is not kept.
    """

    one: str
    other: str
    apart: bool
    firm: bool = True
    why: str = ""

    def __post_init__(self) -> None:
        if self.one == self.other:
            raise ValueError("A pairing is of two people: name two.")


@dataclass(frozen=True)
class Cadence:
    """People who should be at one site in the same session at least once every so many days (R40).

    `last` is the last day on which they were, as far as is known.
    """

    name: str
    people: tuple[str, ...]
    days: int
    last: date | None = None

    MOST = 4

    def __post_init__(self) -> None:
        if not 2 <= len(set(self.people)) == len(self.people) <= self.MOST:
            raise ValueError(f"{self.name}: name from 2 to {self.MOST} people, each once.")
        if self.days < 1:
            raise ValueError(f"{self.name}: give a number of days from 1 up.")


@dataclass(frozen=True)
class Payer:
    """What a funding stream pays for: job roles, and activities by their names (R37)."""

    roles: frozenset[str]
    activities: frozenset[str]


@dataclass(frozen=True)
class Problem:
    """One rota period of one network, ready to be planned.

    `required_credentials` maps a job role to the kinds it needs; `shares` maps a role group to the percentage
    of its sessions that each organisation should have (R30); `unpopular` maps a kind of burden to its
    sessions (R33); `published` are the placements people were told of (R35), with `today` to know how short
    the notice is; `part` None means that all of it is to be filled. `patients` is the list to whom work
    outside core hours is owed (R25), `payers` says what each funding stream pays for (R37); `pairings` (R36)
    and `cadences` (R40) may name people who are not planned here, and then say nothing. `clinics` are the
    one-stop clinics that could be held, whose seats are among the duties. `meetings` are kept free of duties
    for those who come to them (R47); they too may name people who are not planned here.
    """

    sessions: tuple[Session, ...]
    sites: tuple[Site, ...]
    people: tuple[Person, ...]
    duties: tuple[Duty, ...]
    rules: tuple[RuleChoice, ...]
    today: date
    pins: tuple[Placement, ...] = ()
    published: tuple[Placement, ...] = ()
    required_credentials: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unpopular: Mapping[str, frozenset[int]] = field(default_factory=dict)
    part: Part | None = None
    patients: int = 0
    payers: Mapping[str, Payer] = field(default_factory=dict)
    pairings: tuple[Pairing, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    clinics: Clinics = field(default_factory=Clinics)
    meetings: tuple[Meeting, ...] = ()

    def __post_init__(self) -> None:
        refuse_repeats("session", (session.number for session in self.sessions))
        refuse_repeats("site", (site.code for site in self.sites))
        refuse_repeats("person", (person.key for person in self.people))
        refuse_repeats("duty", (duty.number for duty in self.duties))
        self.refuse_strangers()

    def refuse_strangers(self) -> None:
        """Refuse what speaks of sessions, sites, people or duties that are not here."""
        for duty in self.duties:
            if duty.session not in self.session_by_number:
                raise ValueError(
                    f"{duty.activity} is in session {duty.session}, which is not in this period."
                )
            if duty.site is not None and duty.site not in self.site_by_code:
                raise ValueError(f"{duty.activity} is at {duty.site}, which is not among the sites.")
        for person in self.people:
            for commitment in person.commitments:
                if commitment.session not in self.session_by_number:
                    raise ValueError(
                        f"{person.name}: {commitment.activity} is in a session outside this period."
                    )
        for meeting in self.meetings:
            if not self.session_by_number.keys() >= set(meeting.sessions):
                raise ValueError(f"{meeting.said} is in a session outside this period.")
        for placement in (*self.pins, *self.published):
            if placement.person not in self.person_by_key or placement.duty not in self.duty_by_number:
                raise ValueError(f"No such person or duty: {placement.person} on duty {placement.duty}.")
        self._refuse_strange_clinics()

    def _refuse_strange_clinics(self) -> None:
        for opening in self.clinics.openings:
            name = f"{self.clinics.kind_of(opening).name}, session {opening.number}"
            if opening.site not in self.site_by_code:
                raise ValueError(f"{name} is at {opening.site}, which is not among the sites.")
            for number in opening.duties:
                duty = self.duty_by_number.get(number)
                if duty is None or (duty.session, duty.site) != (opening.session, opening.site):
                    raise ValueError(f"{name}: its seat {number} is no duty at its site in its session.")
        for place in (
            *(each.home for each in self.clinics.bundles),
            *(each.site for each in self.clinics.kit),
        ):
            if place is not None and place not in self.site_by_code:
                raise ValueError(
                    f"A bundle or a piece of equipment is at {place}, which is not among the sites."
                )

    @cached_property
    def session_by_number(self) -> dict[int, Session]:
        return {session.number: session for session in self.sessions}

    @cached_property
    def site_by_code(self) -> dict[str, Site]:
        return {site.code: site for site in self.sites}

    @cached_property
    def person_by_key(self) -> dict[str, Person]:
        return {person.key: person for person in self.people}

    @cached_property
    def posts_of(self) -> dict[str, tuple[Person, ...]]:
        """The engagements of each human who is planned under several."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            if person.individual:
                found.setdefault(person.individual, []).append(person)
        return {human: tuple(posts) for human, posts in found.items() if len(posts) > 1}

    @cached_property
    def duty_by_number(self) -> dict[int, Duty]:
        return {duty.number: duty for duty in self.duties}

    @cached_property
    def duties_in(self) -> dict[int, tuple[Duty, ...]]:
        """The duties of each session."""
        found: dict[int, list[Duty]] = {session.number: [] for session in self.sessions}
        for duty in self.duties:
            found[duty.session].append(duty)
        return {number: tuple(duties) for number, duties in found.items()}

    @cached_property
    def sessions_on(self) -> dict[date, tuple[Session, ...]]:
        """The sessions of each day, in order of time; every day from the first to the last has a place."""
        if not self.sessions:
            return {}
        first = min(session.day for session in self.sessions)
        last = max(session.day for session in self.sessions)
        found: dict[date, list[Session]] = {
            first + timedelta(days): [] for days in range((last - first).days + 1)
        }
        for session in sorted(self.sessions, key=lambda session: session.number):
            found[session.day].append(session)
        return {day: tuple(sessions) for day, sessions in found.items()}

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(self.sessions_on)

    @cached_property
    def weeks(self) -> dict[date, tuple[Session, ...]]:
        """The sessions of each week, by its Monday."""
        found: dict[date, list[Session]] = {}
        for day, sessions in self.sessions_on.items():
            found.setdefault(day - timedelta(day.weekday()), []).extend(sessions)
        return {monday: tuple(sessions) for monday, sessions in found.items()}

    @cached_property
    def rule_codes(self) -> frozenset[str]:
        return frozenset(choice.code for choice in self.rules)

    def counts_as_cover(self, person: Person) -> bool:
        """Say whether a person counts to cover: a supernumerary learner does not (R13)."""
        learner = person.learner
        return not (learner and learner.supernumerary and "R13" in self.rule_codes)

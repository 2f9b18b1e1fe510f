"""The staff rota as a problem: who could work where and when, what cover is wanted, and which rules hold.

Unit of planning: one person on one duty in one half-day session. All lengths are whole minutes, all money is
left out. Every class refuses nonsense on creation with a ValueError whose text a planner can act on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from rota.solver.rule import RuleChoice as RuleChoice

# What a session is called beside its date, which tells a Saturday already.
SAID = {"EAM": "early", "EVE": "evening", "SAT_AM": "AM", "SAT_PM": "PM"}


@dataclass(frozen=True)
class Session:
    """A half-day of one date; `number` is its place in time order, from 0."""

    number: int
    day: date
    kind: str

    @property
    def said(self) -> str:
        return f"{self.day:%a} {self.day.day} {self.day:%b} {SAID.get(self.kind, self.kind)}"


@dataclass(frozen=True)
class Site:
    """A building: how many rooms of each type it has, and minutes of travel to other sites by code."""

    code: str
    name: str
    organisation: str
    rooms: Mapping[str, int] = field(default_factory=dict)
    travel: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for room, number in self.rooms.items():
            if number < 0:
                raise ValueError(f"{self.name} has {number} rooms of type {room}: give a number from 0 up.")


@dataclass(frozen=True)
class Duty:
    """Work wanted at one place in one session: a dated line of demand, or a place a manager made by hand
    (minimum 0).

    `roles` are the job roles that may cover it; `minimum` and `desired` count people who are not
    supernumerary. `site` None means remote work or home visits; `room` None means that no room is used;
    `shut` says why the site is closed then, where it is.
    """

    number: int
    session: int
    site: str | None
    activity: str
    role_group: str
    roles: frozenset[str]
    starts: datetime
    ends: datetime
    minimum: int = 0
    desired: int = 0
    maximum: int = 1
    competencies: frozenset[str] = frozenset()
    room: str | None = None
    streams: tuple[str, ...] = ()
    clinical: bool = True
    lead: bool = False
    shut: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.desired <= self.maximum:
            raise ValueError(
                f"{self.activity} for {self.role_group} on {self.starts:%d %B}: cover must rise from minimum "
                f"({self.minimum}) to desired ({self.desired}) to most ({self.maximum})."
            )
        if self.ends <= self.starts:
            raise ValueError(f"{self.activity} on {self.starts:%d %B} ends before it starts.")

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds()) // 60


@dataclass(frozen=True)
class Commitment:
    """Time of a person that is already spoken for: a tutorial, protected time, a held meeting.

    It counts as work but covers no duty; `educational` minutes count towards a learner's education.
    `protected` time (CPD, study, self-directed learning) is guarded by R14, all else by R01.
    """

    session: int
    activity: str
    starts: datetime
    ends: datetime
    site: str | None = None
    educational: bool = False
    clinical: bool = False
    protected: bool = False

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise ValueError(f"{self.activity} on {self.starts:%d %B} ends before it starts.")

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds()) // 60


@dataclass(frozen=True)
class Credential:
    """A registration, check or indemnity; `expires` None means that it does not run out."""

    kind: str
    expires: date | None


@dataclass(frozen=True)
class Learner:
    """What a learner needs: a supervisor's minutes in each clinical session, and the split of the week.

    `strict` learners (registrars, foundation doctors and dentists) may never work unsupervised.
    """

    kind: str
    supervision_minutes: int
    supernumerary: bool = True
    strict: bool = True
    most_clinical_minutes: int | None = None
    least_educational_minutes: int = 0


@dataclass(frozen=True)
class Supervision:
    """What a supervisor gives in a session worked: minutes to learners of these kinds, and most learners at
    once.
    """

    kinds: frozenset[str]
    minutes: int
    most_learners: int


@dataclass(frozen=True)
class Wish:
    """A request to work, or to be off, in these sessions; the strength is 1 (mild) to 10."""

    sessions: frozenset[int]
    works: bool
    strength: int


@dataclass(frozen=True)
class History:
    """What the period before hands on: run of days worked up to the eve, last end of work, unpopular sessions
    so far.

    `worked_days` are the dates, in the 14 days before the period, on which work was done. `unpopular` counts
    sessions by kind of burden, over the months that fairness looks back.
    """

    days_in_a_row: int = 0
    last_end: datetime | None = None
    worked_days: frozenset[date] = frozenset()
    unpopular: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    """Someone to plan for, under one engagement; `key` is opaque to the solver.

    `individual` is the human behind it, where that human is planned under several engagements; else empty.
    `unavailable` maps a session to why (leave, pattern, other job): a word for managers, never for peers.
    `absent` are those of them that leave or sickness takes: whoever stands there all the same counts for
    nothing.
    `weekly_minutes` is the contract; `session_minutes` is the length of this person's session, which caps
    what a duty counts for. `wte` is the whole-time equivalent in hundredths (a full post is 100). `credits`
    are the minutes of the contract that approved leave or a bank holiday meets, by session;
    `missed_education` are the minutes of teaching that it took away with that.
    `protected_sessions` is how many sessions a week stay free of duties, without a fixed place (fixed ones
    are commitments).
    """

    key: str
    name: str
    role: str
    discipline: str
    contract: str
    weekly_minutes: int
    session_minutes: int
    wte: int = 100
    tolerance_minutes: int = 0
    annualised: bool = False
    young: bool = False
    home_site: str | None = None
    unavailable: Mapping[int, str] = field(default_factory=dict)
    absent: frozenset[int] = frozenset()
    credits: Mapping[int, int] = field(default_factory=dict)
    missed_education: Mapping[int, int] = field(default_factory=dict)
    protected_sessions: int = 0
    commitments: tuple[Commitment, ...] = ()
    competencies: frozenset[str] = frozenset()
    credentials: tuple[Credential, ...] = ()
    inductions: Mapping[str, date] = field(default_factory=dict)
    learner: Learner | None = None
    supervision: Supervision | None = None
    wishes: tuple[Wish, ...] = ()
    streams: tuple[str, ...] = ()
    history: History = History()
    individual: str = ""

    def __post_init__(self) -> None:
        if self.session_minutes <= 0:
            raise ValueError(f"{self.name}: a session must be longer than 0 minutes.")
        if self.wte <= 0:
            raise ValueError(f"{self.name}: the whole-time equivalent must be above 0.")

    def counted_minutes(self, duty: Duty) -> int:
        """Give the minutes that a duty counts for towards this person's contract."""
        return min(duty.minutes, self.session_minutes)


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
class Problem:
    """One rota period of one network, ready to be planned.

    `required_credentials` maps a job role to the kinds it needs; `shares` maps a role group to the percentage
    of its sessions that each organisation should have (R30); `unpopular` maps a kind of burden to its
    sessions (R33); `published` are the placements people were told of (R35), with `today` to know how short
    the notice is; `part` None means that all of it is to be filled.
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
        for placement in (*self.pins, *self.published):
            if placement.person not in self.person_by_key or placement.duty not in self.duty_by_number:
                raise ValueError(f"No such person or duty: {placement.person} on duty {placement.duty}.")

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


def refuse_repeats(kind: str, marks: Iterable[object]) -> None:
    """Refuse two things of one kind that share their number, code or key."""
    seen: set[object] = set()
    for mark in marks:
        if mark in seen:
            raise ValueError(f"There are two of {kind} {mark}: each needs its own.")
        seen.add(mark)

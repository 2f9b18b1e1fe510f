"""Whom a staff rota plans for: contract, absences, skills, learning, wishes, and what went before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rota.solver.staff_rota.work import Commitment, Duty


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
    """A request to work, or to be off, in these sessions; the strength is 1 (mild) or more."""

    sessions: frozenset[int]
    works: bool
    strength: int


@dataclass(frozen=True)
class WorkTerms:
    """What was agreed with one person on the run of their work; None leaves it to the rules.

    `longest_run` and `shortest_run` are working days in a row, `shortest_break` days off in a row. The rest
    counts over the whole period: weekends with any work, sessions by kind, minutes of work.
    """

    longest_run: int | None = None
    shortest_run: int | None = None
    shortest_break: int | None = None
    most_weekends: int | None = None
    most_by_kind: Mapping[str, int] = field(default_factory=dict)
    least_minutes: int | None = None
    most_minutes: int | None = None

    def __post_init__(self) -> None:
        runs = (self.longest_run, self.shortest_run, self.shortest_break)
        if any(days is not None and days < 1 for days in runs):
            raise ValueError("Runs of days are at least 1 day long.")
        counts = (self.most_weekends, self.least_minutes, self.most_minutes, *self.most_by_kind.values())
        if any(number is not None and number < 0 for number in counts):
            raise ValueError("Numbers of weekends, sessions and minutes are 0 or more.")


@dataclass(frozen=True)
class History:
    """What the period before hands on: run of days worked up to the eve, last end of work, unpopular sessions
    so far.

    `worked_days` are the dates, in the 14 days before the period, on which work was done. `unpopular` counts
    sessions by kind of burden, over the months that fairness looks back. `days_by_kind` are the dates on
    which each kind of session was worked. `minutes_by_week` and `leave_by_week` are the minutes worked, and
    those of the contract that leave met, by the Monday of each week of which anything is recorded.
    """

    days_in_a_row: int = 0
    last_end: datetime | None = None
    worked_days: frozenset[date] = frozenset()
    unpopular: Mapping[str, int] = field(default_factory=dict)
    days_by_kind: Mapping[str, frozenset[date]] = field(default_factory=dict)
    minutes_by_week: Mapping[date, int] = field(default_factory=dict)
    leave_by_week: Mapping[date, int] = field(default_factory=dict)


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
    `elsewhere_minutes` are worked each week for others, as far as declared; `opted_out_on` is the day from
    which the person, in writing, may work more than 48 hours a week. `streams` pay for the person's time.
    `placed_at` maps a session to the site at which a placement has a learner then: they work nowhere else.
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
    placed_at: Mapping[int, str] = field(default_factory=dict)
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
    terms: WorkTerms = WorkTerms()
    elsewhere_minutes: int = 0
    opted_out_on: date | None = None
    individual: str = ""

    def __post_init__(self) -> None:
        if self.session_minutes <= 0:
            raise ValueError(f"{self.name}: a session must be longer than 0 minutes.")
        if self.wte <= 0:
            raise ValueError(f"{self.name}: the whole-time equivalent must be above 0.")

    def counted_minutes(self, duty: Duty) -> int:
        """Give the minutes that a duty counts for towards this person's contract."""
        return min(duty.minutes, self.session_minutes)

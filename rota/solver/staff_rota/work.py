"""The work of a staff rota: sessions, sites, what is wanted in them, and time that is spoken for already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

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
    supernumerary. More than `enough` people cost something: it is the maximum unless it is less. A duty that
    matters more than others says how many times a missing person (`weight_short`) and one too many
    (`weight_over`) weigh. `extended` work is what the network owes its patients outside core hours. `site`
    None means remote work or home visits; `room` None means that no room is used; `shut` says why the site is
    closed then, where it is.
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
    enough: int | None = None
    weight_short: int = 1
    weight_over: int = 1
    extended: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.desired <= self.maximum:
            raise ValueError(
                f"{self.activity} for {self.role_group} on {self.starts:%d %B}: cover must rise from minimum "
                f"({self.minimum}) to desired ({self.desired}) to most ({self.maximum})."
            )
        if self.enough is not None and not self.desired <= self.enough <= self.maximum:
            raise ValueError(
                f"{self.activity} on {self.starts:%d %B}: what is enough ({self.enough}) must lie between "
                f"the desired cover ({self.desired}) and the most ({self.maximum})."
            )
        if min(self.weight_short, self.weight_over) < 0:
            raise ValueError(f"{self.activity} on {self.starts:%d %B}: weights must be 0 or more.")
        if self.ends <= self.starts:
            raise ValueError(f"{self.activity} on {self.starts:%d %B} ends before it starts.")

    @property
    def usable(self) -> int:
        """Say how many people it can use before one more costs something."""
        return self.maximum if self.enough is None else self.enough

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds()) // 60


@dataclass(frozen=True)
class Commitment:
    """Time of a person that is already spoken for: a tutorial, protected time, a held meeting.

    It counts as work but covers no duty; `educational` minutes count towards a learner's education.
    `protected` time (CPD, study, self-directed learning) is guarded by R14, that of a `meeting` of the team
    by R47, all else by R01.
    """

    session: int
    activity: str
    starts: datetime
    ends: datetime
    site: str | None = None
    educational: bool = False
    clinical: bool = False
    protected: bool = False
    meeting: bool = False

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise ValueError(f"{self.activity} on {self.starts:%d %B} ends before it starts.")

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds()) // 60

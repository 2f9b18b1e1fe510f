"""A learner whose year is planned: stage, share of full time, leave, reach, wishes and history."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FULL_TIME = 100


@dataclass(frozen=True)
class Window:
    """Periods of an assessment that no move should split, both ends counted."""

    name: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.name}: a window cannot end before it begins.")


@dataclass(frozen=True)
class Payment:
    """Who pays for a learner from one period up to another, both counted."""

    payer: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.payer}: a payment cannot end before it begins.")


@dataclass(frozen=True)
class Wishes:
    """How content a learner is: points for each stay with an offer, less for moves and for waiting.

    `moving` counts each change of host from one stay to the next, `waiting` each idle period before the
    last one worked. `most` is the greatest contentment there could be: what is missing to it is the cost.
    """

    points: Mapping[int, int] = field(default_factory=dict)
    most: int = 0
    moving: int = 0
    waiting: int = 0

    def __post_init__(self) -> None:
        if self.moving < 0 or self.waiting < 0:
            raise ValueError("Wishes: what a move or a week of waiting takes away cannot be below 0.")


@dataclass(frozen=True)
class Learner:
    """One learner.

    `percent` is the share of full time. `first` and `last` bound the periods to be planned, both counted;
    `away` are those in which no stay may be. `base` is a host. `only` are the offers they may be sent to
    (None: all), `unreachable` the sites that an adjustment rules out, `travel` minutes to a site;
    `longest_travel` is what may be asked of them. `continuity` is the half-day every week that stays at the
    base. `history` are full-time periods done before, by requirement; `seen` are disciplines known already.
    `payments` empty means that who pays is settled elsewhere. `not_with` are learners, `never_at` hosts:
    the reason is known to few.
    """

    key: str
    name: str
    programme: str
    first: int
    last: int
    stage: str = ""
    percent: int = FULL_TIME
    away: frozenset[int] = frozenset()
    base: str = ""
    employer: str = ""
    only: frozenset[int] | None = None
    unreachable: frozenset[str] = frozenset()
    travel: Mapping[str, int] = field(default_factory=dict)
    longest_travel: int | None = None
    continuity: str = ""
    protected: frozenset[str] = frozenset()
    history: Mapping[str, int] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    exposed: int = 0
    windows: tuple[Window, ...] = ()
    payments: tuple[Payment, ...] = ()
    not_with: frozenset[str] = frozenset()
    never_at: frozenset[str] = frozenset()
    wishes: Wishes = Wishes()

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"{self.name}: the last week cannot come before the first.")
        if not 1 <= self.percent <= FULL_TIME:
            raise ValueError(f"{self.name}: the share of full time is from 1 to {FULL_TIME} per cent.")
        if self.key in self.not_with:
            raise ValueError(f"{self.name}: nobody can be kept apart from themselves.")
        if any(done < 0 for done in self.history.values()) or self.exposed < 0:
            raise ValueError(f"{self.name}: what was done before cannot be below 0.")
        if any(minutes < 0 for minutes in self.travel.values()):
            raise ValueError(f"{self.name}: minutes of travel cannot be below 0.")

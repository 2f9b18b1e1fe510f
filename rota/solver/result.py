"""What comes back from a solve: how it ended, what it costs tier by tier, and what was seen on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from rota.solver.limits import Doing

PlanT = TypeVar("PlanT")

# In order of importance. T0 is what pins, history or commitments already break: nothing else can be in it.
TIERS = ("T0", "T1", "TS", "T2", "T3", "T4", "T5")


class Status(StrEnum):
    """How a solve ended: optimal in every tier, near it (within half a per cent), or before that."""

    OPTIMAL = "optimal"
    NEAR_OPTIMAL = "near optimal"
    OUT_OF_TIME = "out of time"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class Order(StrEnum):
    """What a watcher may ask for: stop keeps the best plan so far, cancel throws it away."""

    STOP = "stop"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Cost:
    """One told cost: the rule, whom or what it is about, how much in which tier, and a sentence."""

    code: str
    about: str
    tier: str
    amount: int
    said: str


@dataclass(frozen=True)
class Snapshot(Generic[PlanT]):
    """A better plan, as seen while the search goes on: numbers only, and the plan itself.

    `phase` is the tier being improved, or "start" for the first plan, which is built by hand; `doing` is how.
    """

    seconds: float
    phase: str
    cost_by_tier: Mapping[str, int]
    bound_by_tier: Mapping[str, int]
    plan: PlanT
    doing: Doing = Doing.STARTING


class Watch(Protocol[PlanT]):
    """Someone who looks on. Both are called on the thread that called the solver, ten times a second."""

    def on_better(self, snapshot: Snapshot[PlanT]) -> None:
        """Take note of a better plan."""

    def should_stop(self) -> str | None:
        """Answer None to go on, "stop" to keep the best so far, "cancel" to give up."""


class NoWatch(Generic[PlanT]):
    """A watcher who neither looks nor stops."""

    def on_better(self, snapshot: Snapshot[PlanT]) -> None:
        """Look away."""

    def should_stop(self) -> str | None:
        return None


@dataclass(frozen=True)
class Result(Generic[PlanT]):
    """The end of a solve. There always is a plan; `costs` sum to `cost_by_tier`, which `bound_by_tier`
    supports from below.

    A bound holds as long as the tiers before it keep the cost shown: as a whole where that is proved, else
    team by team.
    """

    status: Status
    plan: PlanT
    costs: tuple[Cost, ...] = ()
    cost_by_tier: Mapping[str, int] = field(default_factory=dict)
    bound_by_tier: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

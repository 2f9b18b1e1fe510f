"""Tier after tier: each is improved within its share of the time, then held while the next one is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from ortools.sat.python.cp_model import LinearExpr

from rota.solver.result import TIERS, Order, Status
from rota.solver.search.clock import Clock
from rota.solver.search.model import Model
from rota.solver.search.run import run

# Parts of the time left; what a tier does not use goes to those after it. Cover is worth waiting for.
SHARES: Mapping[str, float] = {"T0": 4, "T1": 10, "TS": 4, "T2": 6, "T3": 2, "T3b": 3, "T4": 4, "T5": 2}
# These are proved where they can be; for the rest, the last half per cent is better spent on the next tier.
EXACT = ("T0", "T1", "TS")
USUAL_GAP = 0.005
# Seconds for drawing near, and for one part; a pass over all parts takes no more than half of a tier's time.
NEAR_SECONDS = 2.0
PART_SECONDS = 2.0

OnChosen = Callable[[str, frozenset[int], Mapping[str, int]], None]
AskOrder = Callable[[], Order | None]


class Kind(Enum):
    """What a run is for: the whole model and its bound, a part of it, or drawing near to a choice before."""

    WHOLE = auto()
    PART = auto()
    NEAR = auto()


@dataclass
class Course:
    """How far a solve has come: the best choice, its cost and bound by tier, and how it ended."""

    chosen: frozenset[int]
    costs: dict[str, int]
    bounds: dict[str, int] = field(default_factory=dict)
    status: Status = Status.OPTIMAL


class TierSearch:
    """Improves a choice of cells tier by tier.

    `parts` are sets of cells that have little to do with each other: each is improved alone, then the whole.
    """

    def __init__(
        self, model: Model, parts: Sequence[frozenset[int]], clock: Clock, on_better: OnChosen, ask: AskOrder
    ) -> None:
        self.model = model
        self.parts = parts if len(parts) > 1 else ()
        self.clock = clock
        self.on_better = on_better
        self.ask = ask
        self.bounds: dict[str, int] = {}
        self._order: Order | None = None

    def improve(self, start: frozenset[int]) -> Course:
        """Improve a start in every tier that has a price."""
        self.course = Course(start, self.model.costs(start), self.bounds)
        ahead = [tier for tier in TIERS if tier in self.model.tiers]
        while ahead and not self._stopped():
            tier = ahead.pop(0)
            by_parts = self._improve_in(tier, self.clock.share(tier, ahead, SHARES))
            self.model.cp.add(self.model.price(tier) <= self.course.costs[tier])
            if tier in EXACT and ahead and self.course.chosen != by_parts:
                self._draw_near(tier, by_parts)
        self.course.status = self._status()
        return self.course

    def _improve_in(self, tier: str, seconds: float) -> frozenset[int]:
        """Improve a tier by parts, then as a whole; give what the parts came to."""
        course, end = self.course, self.clock.left - seconds
        self.bounds[tier] = 0
        if not course.costs[tier]:
            return course.chosen
        price = self.model.price(tier)
        self._improve_parts(tier, price, self.clock.left - seconds / 2)
        by_parts = course.chosen
        self._run(tier, price, self.clock.left - end, Kind.WHOLE)
        return by_parts

    def _improve_parts(self, tier: str, price: LinearExpr, end: float) -> None:
        """Improve one part after the other, all else held: quick, but proves nothing of the whole."""
        if tier in EXACT:
            # Whatever is equally good here should stay as it was: it was made with all tiers in mind.
            price = price * (len(self.model.cells) + 1) + self.model.distance(self.course.chosen)
        for part in self.parts:
            seconds = min(PART_SECONDS, self.clock.left - end)
            if seconds <= 0 or self._stopped():
                break
            if self.model.is_priced(tier, part, self.course.chosen):
                self.model.free(part, self.course.chosen)
                self._run(tier, price, seconds, Kind.PART)
        self.model.free(None)

    def _draw_near(self, tier: str, before: frozenset[int]) -> None:
        """Find a choice as good in this tier, but near the one before, which was good in later tiers."""
        self._run(tier, self.model.distance(before), min(NEAR_SECONDS, self.clock.left / 4), Kind.NEAR)

    def _run(self, tier: str, price: LinearExpr, seconds: float, kind: Kind) -> None:
        if seconds <= 0 or self._stopped():
            return
        self.model.cp.minimize(price)
        self.model.hint(self.course.chosen)

        def on_values(values: list[int] | None, bound: int) -> None:
            if kind is Kind.WHOLE:
                self.bounds[tier] = max(self.bounds[tier], bound)
            if values is not None:
                self._note(tier, values)

        gap = 0.0 if kind is Kind.WHOLE and tier in EXACT else USUAL_GAP
        limits, small = self.clock.limits, kind is Kind.PART
        outcome = run(self.model.cp, limits, seconds, gap, on_values, self._stopped, small)
        self.clock.spend(outcome.deterministic)
        on_values(outcome.values, outcome.bound)

    def _note(self, tier: str, values: list[int]) -> None:
        chosen = self.model.chosen_in(values)
        costs = self.model.costs(chosen)
        if ranked(costs) < ranked(self.course.costs):
            self.course.chosen, self.course.costs = chosen, costs
            self.on_better(tier, chosen, costs)

    def _stopped(self) -> bool:
        # Once asked to stop, a watcher is not asked again.
        self._order = self._order or self.ask()
        return self._order is not None

    def _status(self) -> Status:
        if self._order is not None:
            return Status.CANCELLED if self._order is Order.CANCEL else Status.STOPPED
        gaps = [cost - self.bounds.get(tier, 0) for tier, cost in self.course.costs.items()]
        if not any(gaps):
            return Status.OPTIMAL
        allowed = [USUAL_GAP * cost for cost in self.course.costs.values()]
        near = all(gap <= most for gap, most in zip(gaps, allowed, strict=True))
        return Status.NEAR_OPTIMAL if near else Status.OUT_OF_TIME


def ranked(costs: Mapping[str, int]) -> list[int]:
    """Put costs by tier in order of importance."""
    return [costs.get(tier, 0) for tier in TIERS]

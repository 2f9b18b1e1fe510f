"""Tier after tier: each is improved within its share of the time, then held while the next one is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rota.solver.limits import Limits
from rota.solver.result import TIERS, Order, Status
from rota.solver.search.clock import Clock
from rota.solver.search.model import Model
from rota.solver.search.run import run

# Parts of the time left; what a tier does not use goes to those after it.
SHARES: Mapping[str, float] = {"T0": 2, "T1": 4, "TS": 3, "T2": 6, "T3": 2, "T3b": 3, "T4": 4, "T5": 2}
# Cover is proved if it can be; for the rest, the last half per cent is better spent on the next tier.
GAPS: Mapping[str, float] = {"T0": 0.0, "T1": 0.0}
USUAL_GAP = 0.005

OnChosen = Callable[[str, frozenset[int]], None]
AskOrder = Callable[[], Order | None]


@dataclass
class Course:
    """How far a solve has come: the best choice, its cost and bound by tier, and how it ended."""

    chosen: frozenset[int]
    costs: dict[str, int]
    bounds: dict[str, int] = field(default_factory=dict)
    status: Status = Status.OPTIMAL


class TierSearch:
    """Improves a choice of cells tier by tier."""

    def __init__(self, model: Model, clock: Clock, on_better: OnChosen, ask: AskOrder) -> None:
        self.model = model
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
            self._improve_in(tier, self.clock.share(tier, ahead, SHARES))
            self.model.cp.add(self.model.price(tier) <= self.course.costs[tier])
        self.course.status = self._status()
        return self.course

    def _improve_in(self, tier: str, seconds: float) -> None:
        course = self.course
        course.bounds[tier] = 0
        if not course.costs[tier]:
            return
        if seconds <= 0:
            return
        self.model.cp.minimize(self.model.price(tier))
        self.model.hint(course.chosen)
        limits: Limits = self.clock.limits
        outcome = run(
            self.model.cp,
            limits,
            seconds,
            GAPS.get(tier, USUAL_GAP),
            lambda values, bound: self._note(tier, values, bound),
            self._stopped,
        )
        self.clock.spend(outcome.deterministic)
        self._note(tier, outcome.values, outcome.bound)

    def _note(self, tier: str, values: list[int] | None, bound: int) -> None:
        course = self.course
        course.bounds[tier] = max(bound, course.bounds[tier])
        if values is None:
            return
        chosen = self.model.chosen_in(values)
        costs = self.model.costs(chosen)
        if ranked(costs) < ranked(course.costs):
            course.chosen, course.costs = chosen, costs
            self.on_better(tier, chosen)

    def _stopped(self) -> bool:
        # Once asked to stop, a watcher is not asked again.
        self._order = self._order or self.ask()
        return self._order is not None

    def _status(self) -> Status:
        if self._order is not None:
            return Status.CANCELLED if self._order is Order.CANCEL else Status.STOPPED
        proved = all(self.course.bounds.get(tier) == cost for tier, cost in self.course.costs.items())
        return Status.OPTIMAL if proved else Status.OUT_OF_TIME


def ranked(costs: Mapping[str, int]) -> list[int]:
    """Put costs by tier in order of importance."""
    return [costs.get(tier, 0) for tier in TIERS]

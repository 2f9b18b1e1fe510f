"""Filling a large plan network by network: each in its share of the time, twice if there is time left."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from rota.solver.limits import Limits
from rota.solver.result import TIERS, Order, Result, Snapshot, Status
from rota.solver.rotation_plan.looking import findings_in
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.networks import problem_of
from rota.solver.rotation_plan.problem import Problem
from rota.solver.rotation_plan.rules.kinds import LearnerRule
from rota.solver.rotation_plan.solution import EVERYTHING, Plan, Rotations, Scope
from rota.solver.search.clock import Clock

# The part of the time for the first round: then there is a whole plan.
FIRST_PART = 0.7
# Less is not worth beginning with.
LEAST_SECONDS = 0.5

FillPart = Callable[[Problem, Limits, "Onlooker", Plan], Result[Plan]]


class Onlooker:
    """Passes on what a watcher asks for while a part is filled, and remembers it."""

    def __init__(self, ask: Callable[[], Order | None]) -> None:
        self._ask = ask
        self.order: Order | None = None

    def on_better(self, snapshot: Snapshot[Plan]) -> None:
        """Look away: a part is no plan."""

    def should_stop(self) -> str | None:
        self.order = self.order or self._ask()
        return self.order


class NetworkFiller:
    """Fills a plan network by network; `plan` is the best so far."""

    def __init__(
        self,
        built: RotationModel,
        networks: Sequence[frozenset[str]],
        clock: Clock,
        fill_part: FillPart,
        show: Callable[[Plan], None],
        ask: Callable[[], Order | None],
    ) -> None:
        self.problem = built.problem
        self._own = [rule for rule in built.rules if isinstance(rule, LearnerRule)]
        self._shared = [rule for rule in built.rules if not isinstance(rule, LearnerRule)]
        self.networks, self.clock, self.fill_part, self.show = networks, clock, fill_part, show
        self.onlooker = Onlooker(ask)

    def improve(self, start: Plan) -> None:
        """Fill each network beside all others, then again."""
        self.plan = start
        for network, seconds in self._turns():
            if self.onlooker.should_stop():
                return
            self._improve(network, seconds)
            self.show(self.plan)

    def _turns(self) -> Iterator[tuple[frozenset[str], float]]:
        """Give each network its share of the time."""
        for part in (FIRST_PART, 1.0):
            end = (1 - part) * self.clock.left
            for place, network in enumerate(self.networks):
                seconds = (self.clock.left - end) / (len(self.networks) - place)
                if seconds >= LEAST_SECONDS or part < 1.0:
                    yield network, max(LEAST_SECONDS, seconds)

    def _improve(self, network: frozenset[str], seconds: float) -> None:
        own = frozenset(stay for stay in self.plan.stays if stay.learner in network)
        others = self.plan.stays - own
        limits = replace(self.clock.limits, seconds=seconds)
        result = self.fill_part(problem_of(self.problem, network, others), limits, self.onlooker, Plan(own))
        if limits.deterministic:
            self.clock.spend(seconds)
        found = Plan(others | result.plan.stays)
        if self._costs(found, network) <= self._costs(self.plan, network):
            self.plan = found

    def _costs(self, plan: Plan, network: frozenset[str]) -> list[int]:
        """Weigh what a network's plan costs, and all that ties learners together, breaches first.

        Where a network leaves a place empty, none of its learners is there to be told of.
        """
        seen, costs = Rotations(self.problem, plan), dict.fromkeys(TIERS, 0)
        for found in findings_in(seen, Scope(network), self._own):
            costs[found.tier] += found.amount
        for found in findings_in(seen, EVERYTHING, self._shared):
            costs[found.tier] += found.amount
        return list(costs.values())


def status_of(order: Order | None, costs: Mapping[str, int]) -> Status:
    """Name how a filling by networks ended: what costs nothing cannot be better."""
    if order is not None:
        return Status.CANCELLED if order is Order.CANCEL else Status.STOPPED
    return Status.OUT_OF_TIME if any(costs.values()) else Status.OPTIMAL

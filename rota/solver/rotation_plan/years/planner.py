"""A plan of rotations read as years of errands, where its rules allow that, and improved so."""

from collections.abc import Callable, Mapping
from math import isfinite

from rota.solver.result import TIERS, Order, Status
from rota.solver.rotation_plan.contentment import content_with
from rota.solver.rotation_plan.looking import findings_in
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.rules import choices_of
from rota.solver.rotation_plan.rules.kinds import TogetherRule
from rota.solver.rotation_plan.rules.wishes import NO_WISHES
from rota.solver.rotation_plan.solution import EVERYTHING, Plan, Rotations
from rota.solver.rotation_plan.years.errands import errands_of
from rota.solver.rotation_plan.years.mix import Year
from rota.solver.rotation_plan.years.rounds import Rounds
from rota.solver.rotation_plan.years.search import YearSearch
from rota.solver.rotation_plan.years.ties import Ties
from rota.solver.rule import RuleChoice
from rota.solver.search.clock import Clock
from rota.solver.search.compiling import Indivisible
from rota.solver.search.course import USUAL_GAP

# Rules that errands know, or that say which stays are open.
KNOWN = frozenset(
    {"P01", "P03", "P04", "P05", "P06", "P07", "P09", "P10", "P13", "P18", "P19", "P20", "P25", "P26"}
)
# What a year should give, and what the learner with the least counts for.
WISHES, LEAST = "P25", "P26"
# Without these a year may be more, or less, than its errands; and all but a few must be hard.
NEEDED = frozenset({"P03", "P05", "P06", "P07", WISHES})
MAY_BE_SOFT = frozenset({"P03", "P10", WISHES, LEAST})

# Bounds are sums of many prices, and a little off.
ROUNDING = 1e-3

# Before anybody is placed.
NOBODY = Plan()

Costs = Mapping[str, int]


class YearPlanner:
    """Plans by whole years; raises Indivisible where a problem is more than years of errands."""

    def __init__(self, built: RotationModel) -> None:
        self.built, self.problem = built, built.problem
        chosen = choices_of(self.problem)
        self._refuse_other_rules(chosen)
        if self.problem.pins or self.problem.published or self.problem.supervisors or self.problem.now:
            raise Indivisible
        self.tier = chosen[WISHES].tier
        self._weights = float(chosen[WISHES].weight), self._weight_of_least(chosen.get(LEAST))
        stays = built.stays
        self.learners = self.problem.learners
        if not self.learners:
            raise Indivisible
        is_absolute = LEAST in chosen and bool(int(chosen[LEAST].parameters.get("absolute", 0)))
        self._ahead = self._points_ahead() if is_absolute else [0.0 for _ in self.learners]
        self.errands = [
            errands_of(self.problem, each, stays.pattern_of(each).cells) for each in self.learners
        ]
        together = (
            rule
            for rule in built.rules
            if isinstance(rule, TogetherRule) and rule.card.code not in (WISHES, LEAST)
        )
        rows = (row for rule in together for row in rule.rows(stays))
        self.ties = Ties(rows, len(stays.cells), self.tier)

    def improve(
        self,
        clock: Clock,
        show: Callable[[str, Plan, Costs, Costs], None],
        ask: Callable[[], Order | None],
        start: Plan = NOBODY,
    ) -> None:
        """Search until the best is proved, the time is over or somebody stops it.

        A plan to start from is kept until there is a better one, where it is better than none.
        """
        self._order: Order | None = None
        self.plan, self.costs = NOBODY, self._weigh(NOBODY)
        if comes_before(costs := self._weigh(start), self.costs):
            self.plan, self.costs = start, costs
        self._show = show
        self.search = YearSearch(
            self.errands,
            self.ties,
            self._weights,
            self._ahead,
            self._missing,
            self._offer,
            self._cost,
            lambda: self._is_stopped(ask),
            lambda: clock.left,
            clock.spend,
            clock.limits,
        )
        self.search.improve()
        if not self.search.is_over():
            self._go_round(clock)

    def _go_round(self, clock: Clock) -> None:
        """Lay some years anew, round after round; where no plan is whole, for half the time at most."""
        rounds = Rounds(
            self.errands, self.ties, self._weights, self._ahead, self.search.dear, self._missing, self._offer
        )
        half = clock.left / 2

        def is_over() -> bool:
            return self.search.is_over() or (not self.is_whole and clock.left < half)

        rounds.improve(self.search.years, clock.limits, is_over, lambda: clock.left, clock.spend)
        if rounds.is_proved and self.is_whole:
            self.search.bound = max(self.search.bound, self._cost())

    @property
    def is_whole(self) -> bool:
        """Say whether everybody has a whole year that breaks nothing."""
        return isfinite(self._cost())

    @property
    def is_ended(self) -> bool:
        """Say whether somebody has asked for an end."""
        return self._order is not None

    @property
    def status(self) -> Status:
        """Say how the search ended."""
        if self._order is not None:
            return Status.CANCELLED if self._order is Order.CANCEL else Status.STOPPED
        cost = self._cost()
        if cost == self.bounds[self.tier]:
            return Status.OPTIMAL
        if not isfinite(cost):
            return Status.OUT_OF_TIME
        is_near = cost - self.bounds[self.tier] <= USUAL_GAP * cost
        return Status.NEAR_OPTIMAL if is_near else Status.OUT_OF_TIME

    @property
    def bounds(self) -> dict[str, int]:
        """The bound by tier: it holds for plans that break nothing and leave nothing out."""
        bound = self.search.bound - ROUNDING
        return {self.tier: max(0, -int(-bound // 1)) if isfinite(bound) else 0}

    def _refuse_other_rules(self, chosen: Mapping[str, RuleChoice]) -> None:
        if not chosen.keys() >= NEEDED or not chosen.keys() <= KNOWN:
            raise Indivisible
        if any((choice.severity == "soft") > (code in MAY_BE_SOFT) for code, choice in chosen.items()):
            raise Indivisible
        if chosen[WISHES].severity != "soft":
            raise Indivisible

    def _points_ahead(self) -> list[float]:
        """Give by how much each learner who wishes could have less than another at best."""
        most = max((each.wishes.most for each in self.learners), default=0)
        return [float(most - who.wishes.most if who.wishes != NO_WISHES else 0) for who in self.learners]

    def _weight_of_least(self, choice: RuleChoice | None) -> float:
        if choice is None:
            return 0.0
        if choice.tier != self.tier:
            raise Indivisible
        return float(choice.weight)

    def _is_stopped(self, ask: Callable[[], Order | None]) -> bool:
        # Once asked to stop, a watcher is not asked again.
        self._order = self._order or ask()
        return self._order is not None

    def _missing(self, learner: int, year: Year) -> int:
        """Give the points that a learner misses in a year."""
        stays = [self.built.stays.cells[cell] for cell in year]
        who = self.learners[learner]
        return who.wishes.most - content_with(self.problem, who, stays)

    def _offer(self, chosen: frozenset[int]) -> bool:
        """Take a plan where it is better; say whether it was."""
        plan = Plan.of(self.built.stays.cells[cell] for cell in chosen)
        costs = self._weigh(plan)
        if not comes_before(costs, self.costs):
            return False
        self.plan, self.costs = plan, costs
        self._show(self.tier, plan, costs, self.bounds)
        return True

    def _cost(self) -> float:
        """Give the cost of the best plan so far, as far as it is comparable with the bound."""
        others = (cost for tier, cost in self.costs.items() if tier != self.tier)
        return float("inf") if any(others) else float(self.costs.get(self.tier, 0))

    def _weigh(self, plan: Plan) -> Costs:
        costs: dict[str, int] = {}
        for found in findings_in(Rotations(self.problem, plan), EVERYTHING, self.built.rules):
            costs[found.tier] = costs.get(found.tier, 0) + found.amount
        return costs


def comes_before(costs: Costs, others: Costs) -> bool:
    """Say whether costs are better than others: the first tier that differs decides."""
    return [costs.get(tier, 0) for tier in TIERS] < [others.get(tier, 0) for tier in TIERS]

"""Filling a plan of rotations: build, then tier after tier."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rota.solver.limits import Doing, Limits, Way
from rota.solver.result import TIERS, NoWatch, Order, Result, Snapshot, Status, Watch
from rota.solver.rotation_plan.by_networks import NetworkFiller, Onlooker, status_of
from rota.solver.rotation_plan.looking import costs
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.networks import LARGEST, networks_of
from rota.solver.rotation_plan.problem import Problem
from rota.solver.rotation_plan.solution import Plan
from rota.solver.rotation_plan.years.planner import YearPlanner
from rota.solver.search.clock import Clock
from rota.solver.search.compiling import Indivisible
from rota.solver.search.model import Model
from rota.solver.search.one_by_one import one_by_one
from rota.solver.search.stages import by_tier, costs_by_stage, is_better
from rota.solver.search.start import admits
from rota.solver.search.tiers import TierSearch

SHOW_EVERY = 0.5  # seconds


class Filler:
    """One filling of one plan, as a whole model."""

    def __init__(
        self, problem: Problem, limits: Limits, watch: Watch[Plan] | None, start: Plan | None = None
    ) -> None:
        self.problem = problem
        self.start = start
        self.watch: Watch[Plan] = watch or NoWatch()
        self.clock = Clock(limits)
        self._shown = -SHOW_EVERY
        self._search: TierSearch | None = None

    def fill(self) -> Result[Plan]:
        """Build and improve; give up early when asked to."""
        if order := self._asked():
            return self._ended(Plan.of(self.problem.pins), {}, status_after(order))
        self.built = RotationModel(self.problem)
        is_fitting = self.clock.limits.way is Way.FITTING
        if is_fitting and (result := self._by_years()):
            return result
        is_large = len(self.problem.learners) > LARGEST and is_fitting
        networks = networks_of(self.problem, self.built.stays) if is_large else []
        return self._by_networks(networks) if len(networks) > 1 else self._whole()

    def _by_networks(self, networks: Sequence[frozenset[str]]) -> Result[Plan]:
        """Plan network by network."""
        filler = NetworkFiller(self.built, networks, self.clock, fill_part, self._show_part, self._asked)
        filler.improve(self.built.stays.plan_of(self._given))
        result = self._ended(filler.plan, {}, Status.OUT_OF_TIME)
        status = status_of(filler.onlooker.order, result.cost_by_tier)
        return replace(result, status=status, bound_by_tier=dict.fromkeys(result.cost_by_tier, 0))

    def _by_years(self) -> Result[Plan] | None:
        """Plan learners' whole years; None where they are not all that is asked, or not all can have one."""
        try:
            planner = YearPlanner(self.built)
            planner.improve(self.clock, self._show_plan, self._asked, self.built.stays.plan_of(self._given))
        except Indivisible:
            return None
        if planner.is_whole or planner.is_ended or not self.clock.left:
            return self._ended(planner.plan, planner.bounds, planner.status)
        self.start = planner.plan
        return None

    def _whole(self) -> Result[Plan]:
        """Plan everybody at once."""
        stays, rows = self.built.stays, self.built.rows
        start = self._first()
        self._show("start", start, by_tier(costs_by_stage(rows, start)))
        if order := self._asked():
            return self._ended(stays.plan_of(start), {}, status_after(order))
        if self.clock.limits.way is Way.FITTING:
            start = self._begun(start)
        model = Model(self.built.names, rows, stays.pinned)
        self._search = TierSearch(model, (), self.clock, self._show, self._asked)
        course = self._search.improve(start)
        return self._ended(stays.plan_of(course.chosen), by_tier(course.bounds), course.status)

    def _begun(self, start: frozenset[int]) -> frozenset[int]:
        """Let one learner after the other take what is best beside all others."""
        rows, stays = self.built.rows, self.built.stays
        stop = Onlooker(self._asked)
        begun = one_by_one(
            rows, self.built.learners, stays.count, start, self.clock, lambda: stop.should_stop() is not None
        )
        if not is_better(costs_by_stage(rows, begun), than=costs_by_stage(rows, start)):
            return start
        self._show("start", begun, by_tier(costs_by_stage(rows, begun)))
        return begun

    def _first(self) -> frozenset[int]:
        """Give the pins, or the plan to go on from where that is better and breaks nothing."""
        stays, rows = self.built.stays, self.built.rows
        kept = self._given
        is_kept = admits(rows, stays.pinned, kept)
        before = costs_by_stage(rows, stays.pinned)
        return kept if is_kept and is_better(costs_by_stage(rows, kept), before) else stays.pinned

    @property
    def _given(self) -> frozenset[int]:
        """The pins, and what is still open of the plan to go on from."""
        given = self.start.stays if self.start else frozenset()
        return self.built.stays.chosen_in(Plan(given | self.problem.pins))

    def _asked(self) -> Order | None:
        order = self.watch.should_stop()
        return Order(order) if order else None

    def _show_plan(self, phase: str, plan: Plan, costs: Mapping[str, int], bounds: Mapping[str, int]) -> None:
        if self.clock.elapsed - self._shown >= SHOW_EVERY:
            self._shown = self.clock.elapsed
            self.watch.on_better(Snapshot(self._shown, phase, costs, bounds, plan, Doing.PATTERNS))

    def _show_part(self, plan: Plan) -> None:
        """Show a plan of which some networks may still be open."""
        self._show_plan("T1", plan, self._ended(plan, {}, Status.OUT_OF_TIME).cost_by_tier, {})

    def _show(self, phase: str, chosen: frozenset[int], costs_by_tier: Mapping[str, int]) -> None:
        if self.clock.elapsed - self._shown < SHOW_EVERY:
            return
        self._shown = self.clock.elapsed
        plan = self.built.stays.plan_of(chosen)
        bounds = self._search.bounds if self._search else {}
        doing = self._search.doing if self._search else Doing.STARTING
        self.watch.on_better(Snapshot(self._shown, phase, costs_by_tier, bounds, plan, doing))

    def _ended(self, plan: Plan, bounds: dict[str, int], status: Status) -> Result[Plan]:
        told = costs(self.problem, plan)
        by_tier_told = dict.fromkeys(bounds, 0)
        for cost in told:
            by_tier_told[cost.tier] = by_tier_told.get(cost.tier, 0) + cost.amount
        ordered = {tier: by_tier_told[tier] for tier in TIERS if tier in by_tier_told}
        return Result(status, plan, told, ordered, bounds, self.clock.elapsed)


def fill_part(problem: Problem, limits: Limits, watch: Watch[Plan], start: Plan) -> Result[Plan]:
    """Fill the plan of one network."""
    return Filler(problem, limits, watch, start).fill()


def status_after(order: Order) -> Status:
    """Name the end that an order leads to."""
    return Status.CANCELLED if order is Order.CANCEL else Status.STOPPED

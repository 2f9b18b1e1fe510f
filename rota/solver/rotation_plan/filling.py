"""Filling a plan of rotations: build, then tier after tier."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rota.solver.limits import Doing, Limits, Way
from rota.solver.result import TIERS, NoWatch, Order, Result, Snapshot, Status, Watch
from rota.solver.rotation_plan.by_networks import NetworkFiller, status_of
from rota.solver.rotation_plan.looking import costs
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.networks import networks_of
from rota.solver.rotation_plan.problem import Problem
from rota.solver.rotation_plan.solution import Plan
from rota.solver.rotation_plan.years.planner import YearPlanner
from rota.solver.search.alone import least_alone
from rota.solver.search.clock import Clock
from rota.solver.search.compiling import Indivisible
from rota.solver.search.course import Course
from rota.solver.search.lane_groups import LaneGroups
from rota.solver.search.model import Model
from rota.solver.search.one_by_one import one_by_one
from rota.solver.search.stages import Costs, by_tier, costs_by_stage, is_better
from rota.solver.search.start import admits
from rota.solver.search.tiers import TierSearch

SHOW_EVERY = 0.5  # seconds
# Once each has a year: the part of the time left for everybody at once, tier after tier, and its least.
PART_PROVED, LEAST_SECONDS = 0.1, 0.1
# Up to so many cells everybody at once may have all the time: that may be proved.
SMALL = 2500
# Then the part for learners in groups; the rest goes into what each costs alone, for a bound.
PART = 0.85
# More learners are planned network by network once each has a year.
TOGETHER = 150


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
        self._order: Order | None = None
        # A part of a larger plan: how good it could be at best is of no use.
        self.is_part = False

    def fill(self) -> Result[Plan]:
        """Build and improve; give up early when asked to."""
        if order := self._asked():
            return self._ended(Plan.of(self.problem.pins), {}, status_after(order))
        self.built = RotationModel(self.problem)
        is_fitting = self.clock.limits.way is Way.FITTING
        if is_fitting and (result := self._by_years()):
            return result
        is_large = len(self.problem.learners) > TOGETHER and is_fitting
        networks = networks_of(self.problem, self.built.stays) if is_large else []
        return self._by_networks(networks) if len(networks) > 1 else self._whole()

    def _by_networks(self, networks: Sequence[frozenset[str]]) -> Result[Plan]:
        """Plan learner by learner, those with the least to choose first, then network by network."""
        filler = NetworkFiller(self.built, networks, self.clock, fill_part, self._show_part, self._asked)
        filler.improve(self.built.stays.plan_of(self._begun(self._first())))
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
        if self.is_part:
            chosen = self._grouped(start, 1.0)
            end = status_after(self._order) if self._order else Status.OUT_OF_TIME
            return self._ended(stays.plan_of(chosen), {}, end)
        model = Model(self.built.names, rows, stays.pinned)
        course = self._proved(model, start)
        chosen, bounds, status = course.chosen, dict(course.bounds), course.status
        if self.clock.limits.way is Way.FITTING and status is Status.OUT_OF_TIME:
            chosen = self._grouped(chosen, PART)
            bounds |= self._bounds_alone(model, chosen, bounds)
            status = status_after(self._order) if self._order else status
        return self._ended(stays.plan_of(chosen), by_tier(bounds), status)

    def _bounds_alone(self, model: Model, chosen: frozenset[int], bounds: Costs) -> Costs:
        """Bound what wishes and the like cost by what they cost each learner alone."""
        last = model.stages[-1]
        left, lanes = self.clock.left, self.built.learners
        found = least_alone(model, lanes, last, model.costs(chosen), self.clock, left, self._is_over)
        return {last: max(found, bounds.get(last, 0))}

    def _proved(self, model: Model, start: frozenset[int]) -> Course:
        """Improve everybody's plan at once, tier after tier, with a bound on each."""
        clock = self.clock
        if clock.limits.way is Way.FITTING and len(model.cells) > SMALL:
            clock = Clock(replace(clock.limits, seconds=max(LEAST_SECONDS, PART_PROVED * clock.left)))
        self._search = TierSearch(model, (), clock, self._show, self._asked)
        course = self._search.improve(start)
        if clock is not self.clock:
            self.clock.spend(clock.limits.seconds - clock.left)
        return course

    def _begun(self, start: frozenset[int]) -> frozenset[int]:
        """Let one learner after the other take what is best beside all others."""
        rows, stays = self.built.rows, self.built.stays
        begun = one_by_one(rows, self.built.learners, stays.count, start, self.clock, self._is_over)
        if not is_better(costs_by_stage(rows, begun), than=costs_by_stage(rows, start)):
            return start
        self._show_groups(begun)
        return begun

    def _grouped(self, start: frozenset[int], part: float) -> frozenset[int]:
        """Let some learners at a time take what is best beside all others, in a part of the time left."""
        built = self.built
        groups = LaneGroups(
            built.rows, built.learners, built.stays.count, self.clock, self._show_groups, self._is_over
        )
        return groups.improve(start, (1 - part) * self.clock.left)

    def _show_groups(self, chosen: frozenset[int]) -> None:
        if self._may_show:
            self._show("T1", chosen, by_tier(costs_by_stage(self.built.rows, chosen)))

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
        # Once it wants an end, a watcher is not asked again.
        if self._order is None and (order := self.watch.should_stop()):
            self._order = Order(order)
        return self._order

    def _is_over(self) -> bool:
        return self._asked() is not None

    @property
    def _may_show(self) -> bool:
        return self.clock.elapsed - self._shown >= SHOW_EVERY

    def _show_plan(self, phase: str, plan: Plan, costs: Mapping[str, int], bounds: Mapping[str, int]) -> None:
        if self._may_show:
            self._shown = self.clock.elapsed
            self.watch.on_better(Snapshot(self._shown, phase, costs, bounds, plan, Doing.PATTERNS))

    def _show_part(self, plan: Plan) -> None:
        """Show a plan of which some networks may still be open."""
        self._show_plan("T1", plan, self._ended(plan, {}, Status.OUT_OF_TIME).cost_by_tier, {})

    def _show(self, phase: str, chosen: frozenset[int], costs_by_tier: Mapping[str, int]) -> None:
        if not self._may_show:
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
    filler = Filler(problem, limits, watch, start)
    filler.is_part = True
    return filler.fill()


def status_after(order: Order) -> Status:
    """Name the end that an order leads to."""
    return Status.CANCELLED if order is Order.CANCEL else Status.STOPPED

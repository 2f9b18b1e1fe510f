"""Filling a rota: build, a first plan by hand, then tier after tier."""

from collections.abc import Mapping

from rota.solver.limits import Doing, Limits
from rota.solver.result import TIERS, NoWatch, Order, Result, Snapshot, Status, Watch
from rota.solver.search.clock import Clock
from rota.solver.search.course import Course
from rota.solver.search.model import Model
from rota.solver.search.stages import Costs, by_tier, costs_by_stage, is_better
from rota.solver.search.start import Filling, admits, fill_urgent, filled
from rota.solver.search.tiers import TierSearch
from rota.solver.staff_rota.clinic_start import ClinicStart
from rota.solver.staff_rota.looking import costs
from rota.solver.staff_rota.model import RotaModel
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.solution import Plan

SHOW_EVERY = 0.5  # seconds


class Filler:
    """One filling of one rota."""

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
        """Build, start, improve; give up early when asked to."""
        if order := self._asked():
            return self._ended(Plan.of(self.problem.pins), {}, status_after(order))
        self.built = RotaModel(self.problem)
        placements, rows = self.built.placements, self.built.rows
        start = self._first()
        self._show("start", start, by_tier(costs_by_stage(rows, start)))
        if order := self._asked():
            return self._ended(placements.plan_of(start), {}, status_after(order))
        course = self._improve(Model(self.built.names, rows, placements.pinned), start)
        return self._ended(placements.plan_of(course.chosen), by_tier(course.bounds), course.status)

    def _improve(self, model: Model, start: frozenset[int]) -> Course:
        self._search = TierSearch(
            model, self.built.parts, self.clock, self._show, self._asked, self.built.people
        )
        return self._search.improve(start)

    def _first(self) -> frozenset[int]:
        """Give a plan made by hand, or the one to go on from where that is better and breaks nothing."""
        placements, rows = self.built.placements, self.built.rows
        made = self._by_hand()
        if self.start is None:
            return made
        kept = placements.chosen_in(self.start) | placements.pinned
        if not admits(rows, placements.pinned, kept):
            return made
        return made if is_better(self._costs(made), self._costs(kept)) else kept

    def _by_hand(self) -> frozenset[int]:
        """Fill by hand: cover first. Where there are clinics, they come first if that is better."""
        made = self._made(cover_first=True)
        if all(opening.is_fixed for opening in self.problem.clinics.openings):
            return made
        other = self._made(cover_first=False)
        return other if is_better(self._costs(other), than=self._costs(made)) else made

    def _made(self, cover_first: bool) -> frozenset[int]:
        placements, rows, needs = self.built.placements, self.built.rows, self.built.needs
        filling = Filling(placements.count, rows, placements.pinned, TIERS)
        if cover_first:
            fill_urgent(filling, needs, TIERS)
        ClinicStart(placements, rows, filling).open()
        return filled(filling, needs, TIERS)

    def _costs(self, chosen: frozenset[int]) -> Costs:
        return costs_by_stage(self.built.rows, chosen)

    def _asked(self) -> Order | None:
        order = self.watch.should_stop()
        return Order(order) if order else None

    def _show(self, phase: str, chosen: frozenset[int], costs_by_tier: Mapping[str, int]) -> None:
        if self.clock.elapsed - self._shown < SHOW_EVERY:
            return
        self._shown = self.clock.elapsed
        plan = self.built.placements.plan_of(chosen)
        bounds = self._search.bounds if self._search else {}
        doing = self._search.doing if self._search else Doing.STARTING
        self.watch.on_better(Snapshot(self._shown, phase, costs_by_tier, bounds, plan, doing))

    def _ended(self, plan: Plan, bounds: dict[str, int], status: Status) -> Result[Plan]:
        told = costs(self.problem, plan)
        by_tier = dict.fromkeys(bounds, 0)
        for cost in told:
            by_tier[cost.tier] = by_tier.get(cost.tier, 0) + cost.amount
        ordered = {tier: by_tier[tier] for tier in TIERS if tier in by_tier}
        return Result(status, plan, told, ordered, bounds, self.clock.elapsed)


def status_after(order: Order) -> Status:
    """Name the end that an order leads to."""
    return Status.CANCELLED if order is Order.CANCEL else Status.STOPPED

"""The search for repairs: one change budget after the other, each from where the last one came to."""

from collections.abc import Sequence

from rota.solver.limits import Limits
from rota.solver.result import Order, Status
from rota.solver.search.clock import Clock
from rota.solver.search.model import Model
from rota.solver.search.tiers import TierSearch
from rota.solver.staff_rota.absence import Away, gaps_left
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.repair import Budget, Repair, moves_between
from rota.solver.staff_rota.repair_model import RepairModel
from rota.solver.staff_rota.solution import Plan


def mended(
    problem: Problem, plan: Plan, away: Away, budgets: Sequence[Budget], limits: Limits
) -> tuple[Repair, ...]:
    """Find the best repair within each budget; a budget must allow all that the one before it allows."""
    clock = Clock(limits)
    asked = RepairModel(problem, plan, away)
    found: list[Repair] = []
    chosen = asked.kept
    for budget in budgets:
        chosen, repair = _within(asked, budget, chosen, clock)
        found.append(repair)
        clock = Clock(limits)
    return tuple(found)


def _within(
    asked: RepairModel, budget: Budget, start: frozenset[int], clock: Clock
) -> tuple[frozenset[int], Repair]:
    model = Model(asked.names, asked.rows, asked.kept)
    _limit(model, asked, budget)
    search = TierSearch(model, (), clock, lambda *_: None, _never)
    course = search.improve(start)
    plan = asked.plan_of(course.chosen)
    repair = Repair(
        budget=budget,
        plan=plan,
        moves=tuple(moves_between(asked.problem, asked.rest, plan)),
        left=gaps_left(asked.problem, asked.told, plan, asked.away),
        cost_by_tier=dict(course.costs),
        is_best=course.status in (Status.OPTIMAL, Status.NEAR_OPTIMAL),
        seconds=clock.elapsed,
    )
    return course.chosen, repair


def _never() -> Order | None:
    return None


def _limit(model: Model, asked: RepairModel, budget: Budget) -> None:
    """Count those who leave a duty, and those who have any change; no more than the budget may."""
    moved, touched = [], []
    for person, cells in asked.cells_of.items():
        leaves = model.cp.new_bool_var(f"{person} leaves a duty")
        changes = model.cp.new_bool_var(f"{person} has a change")
        for cell in cells:
            if cell in asked.kept:
                model.cp.add_bool_or([model.cells[cell], leaves])
            else:
                model.cp.add_implication(model.cells[cell], changes)
        model.cp.add_implication(leaves, changes)
        moved.append(leaves)
        touched.append(changes)
    model.cp.add(sum(moved) <= budget.moved)
    model.cp.add(sum(touched) <= budget.touched)

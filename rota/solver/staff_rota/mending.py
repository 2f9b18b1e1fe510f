"""The search for repairs: one change budget after the other, each from where the last one came to."""

from collections.abc import Sequence

from rota.solver.limits import Limits
from rota.solver.search.clock import Clock
from rota.solver.search.model import Model
from rota.solver.search.run import Outcome, run
from rota.solver.search.stages import Stage, by_tier, is_better
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
    chosen, is_best = _improved(model, start, clock)
    plan = asked.plan_of(chosen)
    repair = Repair(
        budget=budget,
        plan=plan,
        moves=tuple(moves_between(asked.problem, asked.rest, plan)),
        left=gaps_left(asked.problem, asked.told, plan, asked.away),
        cost_by_tier=by_tier(model.costs(chosen)),
        is_best=is_best,
        seconds=clock.elapsed,
    )
    return chosen, repair


def _improved(model: Model, start: frozenset[int], clock: Clock) -> tuple[frozenset[int], bool]:
    """Improve a start stage after stage, each held while the next is improved; say whether all are proved."""
    chosen, is_best = start, True
    for stage in model.stages:
        costs = model.costs(chosen)
        if costs[stage]:
            outcome = _solved(model, stage, chosen, clock)
            if outcome is not None and outcome.values is not None:
                found = model.chosen_in(outcome.values)
                chosen = found if is_better(model.costs(found), costs) else chosen
            is_best = is_best and outcome is not None and outcome.bound >= model.costs(chosen)[stage]
        model.cp.add(model.price(stage) <= model.costs(chosen)[stage])
    return chosen, is_best


def _solved(model: Model, stage: Stage, chosen: frozenset[int], clock: Clock) -> Outcome | None:
    if clock.left <= 0:
        return None
    model.cp.minimize(model.price(stage))
    model.hint(chosen)
    outcome = run(model.cp, clock.limits, clock.left, 0.0, lambda *_: None, lambda: False)
    clock.spend(outcome.deterministic)
    return outcome


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

"""One thing for each of those who ask: a small assignment, solved to the end."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from ortools.sat.python import cp_model

SECONDS = 2.0

Asks = TypeVar("Asks", bound=Hashable)


def choose(
    prices: Mapping[Asks, Mapping[str, int]],
    nothing: int,
    not_both: Iterable[tuple[Asks, Asks]],
    alike: Iterable[tuple[Asks, Asks]],
    change: int,
) -> dict[Asks, str]:
    """Give each who asks one of the things open to them, at least cost in all; some may get nothing.

    `prices` is what each thing costs, `nothing` what it costs to have none. Two of `not_both` never have the
    same thing; two of `alike` that follow each other cost `change` where they have different things.
    """
    model = cp_model.CpModel()
    has = {
        (asks, thing): model.new_bool_var(f"{asks} has {thing}")
        for asks, things in prices.items()
        for thing in things
    }
    cost = [var * (prices[asks][thing] - nothing) for (asks, thing), var in has.items()]
    for asks, things in prices.items():
        model.add_at_most_one(has[asks, thing] for thing in things)
    for one, other in not_both:
        for thing in prices[one].keys() & prices[other].keys():
            model.add_at_most_one(has[one, thing], has[other, thing])
    for one, other in alike:
        changes = model.new_bool_var(f"{other} has something else than {one}")
        for thing in prices[one]:
            elsewhere = sum(has[other, each] for each in prices[other] if each != thing)
            model.add(has[one, thing] + elsewhere - 1 <= changes)
        cost.append(changes * change)
    model.minimize(sum(cost))
    return _chosen(model, has)


def _chosen(model: cp_model.CpModel, has: Mapping[tuple[Asks, str], cp_model.IntVar]) -> dict[Asks, str]:
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = SECONDS
    found = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return {asks: thing for (asks, thing), var in has.items() if found and solver.boolean_value(var)}

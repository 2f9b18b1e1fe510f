"""Every plan there could be for a tiny problem, and what the best of them costs."""

from itertools import product

from rota.solver.result import TIERS
from rota.solver.rotation_plan import Plan, costs
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.search.start import admits
from tests.rota.solver.rotation_plan.tiny import by_tier


def least_costs(problem):
    """Give the costs of the best plan that breaks no hard rule further than the pins do, tier before tier."""
    model = RotationModel(problem)
    allowed = (
        plan
        for plan in every_plan(model)
        if admits(model.rows, model.stays.pinned, model.stays.chosen_in(plan))
    )
    return min(in_order(by_tier(costs(problem, plan))) for plan in allowed)


def every_plan(model):
    """Give every plan of the stays that single-stay rules leave open."""
    problem, cells = model.problem, model.stays.cells
    years = [
        list(years_of([stay for stay in cells if stay.learner == learner.key], problem))
        for learner in problem.learners
    ]
    for chosen in product(*years):
        yield Plan.of(stay for year in chosen for stay in year)


def years_of(stays, problem, since=0):
    """Give every row of stays, none at the time of another, that holds the pins."""
    pins = [stay for stay in stays if stay in problem.pins and stay.first >= since]
    if not pins:
        yield ()
    for stay in stays:
        if stay.first >= since and not any(pin.first < stay.first for pin in pins):
            yield from ((stay, *rest) for rest in years_of(stays, problem, stay.end))


def in_order(sums):
    """Give the costs of all tiers, those that count most first."""
    return tuple(sums.get(tier, 0) for tier in TIERS)

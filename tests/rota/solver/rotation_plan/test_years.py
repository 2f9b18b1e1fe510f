"""Planning by learners' whole years finds what trying every year finds, and never proves too much."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from rota.solver.limits import Limits
from rota.solver.result import Status
from rota.solver.rotation_plan import Plan, breaches, costs, fill
from rota.solver.rotation_plan.contentment import content_with
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.years.beam import BeamYears
from rota.solver.rotation_plan.years.eased import EasedYears
from rota.solver.rotation_plan.years.errands import errands_of
from rota.solver.rotation_plan.years.lattice import ExactYears
from rota.solver.rotation_plan.years.planner import YearPlanner
from rota.solver.search.compiling import Indivisible
from tests.rota.solver.rotation_plan.brute import in_order, least_costs
from tests.rota.solver.rotation_plan.errand_makers import errand_problem
from tests.rota.solver.rotation_plan.makers import make_problem

LIMITS = Limits(seconds=10, deterministic=True)


def tiers(problem, plan):
    """Sum what a plan costs by tier, breaches first."""
    found = dict.fromkeys(("T0", "T1", "T4"), 0)
    found["T0"] = sum(each.size for each in breaches(problem, plan))
    for cost in costs(problem, plan):
        if cost.tier != "T0":
            found[cost.tier] = found.get(cost.tier, 0) + cost.amount
    return found


def errands_in(problem):
    """Read the errands of the first learner, with prices drawn for every stay."""
    built = RotationModel(problem)
    learner = problem.learners[0]
    errands = errands_of(problem, learner, built.stays.pattern_of(learner).cells)
    prices = np.random.default_rng(len(built.stays.cells)).uniform(-9, 9, len(built.stays.cells) + 1)
    prices[-1] = np.inf
    return built, errands, prices


def years_of(problem, built, learner):
    """Give every whole year of a learner that breaks nothing, as cells."""
    placed = built.stays.pattern_of(learner).cells
    groups = problem.programmes[0].groups
    kinds = {cell: next(iter(problem.offer_by_number[stay.offer].settings)) for cell, stay in placed}
    of_group = [[cell for cell, _ in placed if kinds[cell] in group.requirements] for group in groups]
    for cells in product(*of_group):
        plan = Plan.of(built.stays.cells[cell] for cell in cells)
        own = [each for each in breaches(problem, plan) if each.code != "P10"]
        if not own and not any(cost.tier == "T1" for cost in costs(problem, plan)):
            yield cells


def price_of(problem, built, learner, cells, prices, times):
    stays = sorted((built.stays.cells[cell] for cell in cells), key=lambda stay: stay.first)
    return sum(prices[cell] for cell in cells) - times * content_with(problem, learner, stays)


@pytest.mark.parametrize("seed", range(6))
def test_the_cheapest_year_is_the_cheapest_of_all_years(seed):
    problem = errand_problem(f"year {seed}", learners=1)
    learner = problem.learners[0]
    try:
        built, errands, prices = errands_in(problem)
    except Indivisible:
        assert not list(years_of(problem, RotationModel(problem), learner))
        return
    all_prices = [
        price_of(problem, built, learner, cells, prices, 1.5) for cells in years_of(problem, built, learner)
    ]
    bound, years = ExactYears(errands).cheapest(prices, 1.5)
    if not all_prices:
        assert years == []
        return
    assert bound == pytest.approx(min(all_prices))
    assert price_of(problem, built, learner, years[0], prices, 1.5) == pytest.approx(bound)
    least, found = BeamYears(errands).cheapest(prices, 1.5)
    assert least <= bound + 1e-6
    assert price_of(problem, built, learner, found[0], prices, 1.5) == pytest.approx(bound)


@pytest.mark.parametrize("seed", range(6))
def test_an_eased_year_is_never_dearer_than_a_year(seed):
    problem = errand_problem(f"eased {seed}", learners=1)
    try:
        _, errands, prices = errands_in(problem)
    except Indivisible:
        return
    exact, years = ExactYears(errands).cheapest(prices, 1.0)
    eased = EasedYears(errands)
    for goal in (None, exact, None) if years else ():
        bound, _ = eased.settle(errands.costs(prices, 1.0), 1.0, goal)
        assert bound <= exact + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_a_plan_by_years_is_the_best_of_all_plans_and_its_bound_holds(seed):
    problem = errand_problem(f"plan {seed}", periods=4)
    built = RotationModel(problem)
    own = [list(years_of(problem, built, learner)) for learner in problem.learners]
    plans = [
        tiers(problem, Plan.of(built.stays.cells[cell] for cells in years for cell in cells))
        for years in product(*own)
    ]
    result = fill(problem, LIMITS)
    found = tiers(problem, result.plan)
    best = min((list(each.values()) for each in plans), default=None)
    if best is None:
        return
    assert list(found.values()) == best
    if not best[0]:
        assert result.bound_by_tier["T4"] <= best[2]


def test_a_host_is_not_visited_more_often_than_the_programme_allows():
    problem = errand_problem("crowded 2", learners=2, most_per_host=1)
    assert not breaches(problem, fill(problem, LIMITS).plan) or not list(feasible(problem))


def feasible(problem):
    """Give the plans in which nothing is broken or left out."""
    built = RotationModel(problem)
    own = [list(years_of(problem, built, learner)) for learner in problem.learners]
    for years in product(*own):
        plan = Plan.of(built.stays.cells[cell] for cells in years for cell in cells)
        if not breaches(problem, plan):
            yield plan


def test_other_problems_are_left_to_the_whole_model():
    with pytest.raises(Indivisible):
        YearPlanner(RotationModel(make_problem("P03", "P10", "P25")))
    with pytest.raises(Indivisible):
        YearPlanner(RotationModel(make_problem("P02", "P10")))


class Patient:
    """A watcher who asks for an end after being asked so many times."""

    def __init__(self, order, patience):
        self.order, self.patience = order, patience

    def on_better(self, snapshot):
        pass

    def should_stop(self):
        self.patience -= 1
        return self.order if self.patience < 0 else None


@pytest.mark.parametrize("patience", [0, 1, 8, 60])
@pytest.mark.parametrize(("order", "status"), [("stop", Status.STOPPED), ("cancel", Status.CANCELLED)])
def test_an_end_is_heard_in_every_phase(order, status, patience):
    problem = errand_problem("stopping", learners=4)
    result = fill(problem, Limits(seconds=1000, deterministic=True), Patient(order, patience))
    assert result.status in (status, Status.OPTIMAL)
    assert patience or result.status is status


def test_the_same_seed_gives_the_same_plan():
    problem = errand_problem("again", learners=4)
    assert fill(problem, LIMITS).plan == fill(problem, LIMITS).plan


def roomy(problem):
    """Give everybody a place everywhere at any time."""
    offers = (replace(each, most=(9,) * problem.periods, least=()) for each in problem.offers)
    return replace(problem, offers=tuple(offers))


def test_where_nothing_ties_learners_each_has_the_best_year():
    problem = roomy(errand_problem("crowded 2", learners=2))
    assert fill(problem, LIMITS).status is Status.OPTIMAL


@pytest.mark.parametrize("code", ["P05", "P06", "P07"])
def test_errands_that_a_rule_only_wishes_are_left_to_the_whole_model(code):
    problem = roomy(errand_problem("crowded 2"))
    soft = (replace(each, severity="soft") if each.code == code else each for each in problem.rules)
    with pytest.raises(Indivisible):
        YearPlanner(RotationModel(replace(problem, rules=tuple(soft))))


def test_where_not_everybody_can_have_a_year_those_have_one_who_can():
    problem = roomy(errand_problem("crowded 3", learners=2, periods=4))
    once, twice = problem.offers[0], problem.offers[2 * len(problem.hosts)]
    offers = replace(once, most=(1, 1, 0, 0)), replace(twice, most=(0, 0, 1, 1))
    problem = replace(problem, offers=offers)
    assert YearPlanner(RotationModel(problem))
    result = fill(problem, LIMITS)
    assert len({stay.learner for stay in result.plan.stays}) == 1
    assert in_order(result.cost_by_tier) == least_costs(problem)

"""The search finds what trying everything finds, tells what it costs, and never breaks more than it must."""

from dataclasses import replace

import pytest

from rota.solver.limits import Limits
from rota.solver.result import Status
from rota.solver.rotation_plan import Plan, breaches, costs, fill
from tests.rota.solver.rotation_plan.brute import in_order, least_costs
from tests.rota.solver.rotation_plan.tiny import by_tier, tiny_problem

LIMITS = Limits(seconds=20, deterministic=True)


@pytest.mark.parametrize("seed", range(8))
def test_the_search_finds_what_trying_everything_finds(seed):
    problem = tiny_problem(f"brute {seed}", periods=3, offers=2)
    result = fill(problem, LIMITS)
    assert in_order(result.cost_by_tier) == least_costs(problem)
    assert result.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(12))
def test_told_costs_sum_to_what_the_search_minimised(seed):
    problem = tiny_problem(f"told {seed}", learners=3)
    result = fill(problem, LIMITS)
    told = by_tier(costs(problem, result.plan))
    assert told == {tier: cost for tier, cost in result.cost_by_tier.items() if cost}
    assert result.costs == costs(problem, result.plan)
    assert all(bound <= result.cost_by_tier[tier] for tier, bound in result.bound_by_tier.items())


@pytest.mark.parametrize("seed", range(8))
def test_without_pins_and_promises_no_hard_rule_is_broken(seed):
    problem = tiny_problem(f"clean {seed}", learners=3)
    offers = tuple(replace(offer, firm_least=False) for offer in problem.offers)
    free = replace(problem, offers=offers, pins=frozenset(), published=frozenset())
    assert breaches(free, fill(free, LIMITS).plan) == ()


@pytest.mark.parametrize("seed", range(6))
def test_pins_stay_whatever_they_break(seed):
    problem = tiny_problem(f"pins {seed}", learners=3)
    assert problem.pins <= fill(problem, LIMITS).plan.stays


def test_a_run_can_be_repeated():
    problem = tiny_problem("again", learners=3)
    assert fill(problem, LIMITS).plan == fill(problem, LIMITS).plan


def test_a_plan_to_go_on_from_is_never_made_worse():
    for seed in range(4):
        problem = tiny_problem(f"on {seed}")
        best = fill(problem, LIMITS)
        again = fill(problem, LIMITS, start=best.plan)
        assert in_order(again.cost_by_tier) <= in_order(best.cost_by_tier)


@pytest.mark.parametrize("order", ["stop", "cancel"])
def test_whoever_asks_for_an_end_gets_one_with_the_pins(order):
    class Impatient:
        def on_better(self, snapshot):
            pass

        def should_stop(self):
            return order

    problem = tiny_problem("impatient")
    result = fill(problem, LIMITS, Impatient())
    assert result.plan == Plan.of(problem.pins)
    assert result.status == ("stopped" if order == "stop" else "cancelled")

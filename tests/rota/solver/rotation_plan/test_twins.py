"""What a rule tells the model and what it sees in a plan are the same, on random plans of tiny problems."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from rota.solver.rotation_plan import Plan, costs
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.search.model import costs_of
from tests.rota.solver.rotation_plan.tiny import CODES, a_plan, by_tier, tiny_problem

# P20 changes what other rules ask, and finds nothing itself; P01 is looked at by a test of its own.
SPEAKING = [code for code in CODES if code not in ("P01", "P20")]
# The model only knows stays on the calendar, beside the pins.
CALENDAR = ["P09", "P18", "P30"]
PLANS = 50


def compare_twins(problem, plans=PLANS):
    """Compare rows and eyes on plans; count those that cost something, those that cost nothing."""
    model, chance = RotationModel(problem), Random(7)
    verdicts = Counter()
    for number in range(plans):
        plan = a_plan(chance, problem)
        if number % 2:
            plan = with_pins(problem, plan)
        told = by_tier(costs(problem, plan))
        chosen = model.stays.chosen_in(plan)
        if len(model.stays.plan_of(chosen).stays) < len(plan.stays):
            assert told.get("T0"), f"a plan is closed to the model, but the eye sees no breach: {plan}"
        else:
            assert {t: a for t, a in costs_of(model.rows, chosen).items() if a} == told, plan
        verdicts[bool(told)] += 1
    return verdicts


def with_pins(problem, plan):
    """Give a plan that holds the pins."""
    for pin in problem.pins:
        plan = plan.with_instead(pin)
    return plan


@pytest.mark.parametrize("code", SPEAKING)
def test_a_rule_alone_tells_the_model_what_it_sees(code):
    verdicts = Counter()
    for seed in range(12):
        verdicts += compare_twins(tiny_problem(f"{code} {seed}", {*CALENDAR, code}))
    assert verdicts[True], "the rule never spoke"
    assert verdicts[False], "the rule never kept silent"


@pytest.mark.parametrize("severity", ["soft", "H1"])
@pytest.mark.parametrize("code", [code for code in SPEAKING if code not in CALENDAR])
def test_a_rule_made_soft_or_hard_tells_the_model_what_it_sees(code, severity):
    for seed in range(4):
        problem = tiny_problem(f"{code} {severity} {seed}", {*CALENDAR, code, "P20"})
        rules = tuple(
            replace(rule, severity=severity, tier="T4", weight=3) if rule.code == code else rule
            for rule in problem.rules
        )
        compare_twins(replace(problem, rules=rules))


@pytest.mark.parametrize("seed", range(20))
def test_all_rules_together_tell_the_model_what_they_see(seed):
    compare_twins(tiny_problem(seed))


def test_two_placements_at_once_are_told_and_seen():
    chance = Random(3)
    for seed in range(20):
        problem = tiny_problem(f"two places {seed}", ["P01"])
        model = RotationModel(problem)
        one, other = (a_plan(chance, problem) for _ in range(2))
        both = Plan(one.stays | other.stays)
        chosen = model.stays.chosen_in(both)
        if len(model.stays.plan_of(chosen).stays) == len(both.stays):
            rows = [row for row in model.rows if row.name.startswith("P01")]
            assert costs_of(rows, chosen).get("T0", 0) == by_tier(costs(problem, both)).get("T0", 0)

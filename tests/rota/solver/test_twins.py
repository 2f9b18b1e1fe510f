"""What a rule tells the model and what it sees in a plan are the same, on every plan of tiny problems."""

from collections import Counter
from dataclasses import replace

import pytest

from rota.solver.search.model import costs_of
from rota.solver.staff_rota import costs
from rota.solver.staff_rota.model import RotaModel
from tests.rota.solver.tiny import CODES, by_tier, every_plan, tiny_problem

# R13 changes who counts for other rules and finds nothing itself.
SPEAKING = [code for code in CODES if code != "R13"]
PROBLEMS = 10


def compare_twins(problem):
    """Compare rows and eyes on every plan; count the plans that cost something, those that cost nothing."""
    model = RotaModel(problem)
    verdicts = Counter()
    for plan in every_plan(problem):
        told = by_tier(costs(problem, plan))
        chosen = model.placements.chosen_in(plan)
        if len(chosen) < len(plan.placements) or puts_someone_twice(problem, model, chosen):
            assert told.get("T0"), f"a plan is closed to the model, but the eye sees no breach: {plan}"
        else:
            assert {t: a for t, a in costs_of(model.rows, chosen).items() if a} == told, plan
        verdicts[bool(told)] += 1
    return verdicts


def puts_someone_twice(problem, model, chosen):
    """Say whether the model closes a plan because it puts someone in two places; other rows rely on that."""
    pinned = model.placements.pinned
    return len(problem.rules) > 1 and any(
        row.name.startswith(("R01", "R20")) and row.tier is None and row.excess(chosen) > row.excess(pinned)
        for row in model.rows
    )


@pytest.mark.parametrize("code", SPEAKING)
def test_a_rule_alone_tells_the_model_what_it_sees(code):
    verdicts = Counter()
    for seed in range(PROBLEMS):
        verdicts += compare_twins(tiny_problem(f"{code} {seed}", [code], duties=3))
    assert verdicts[True], "the rule never spoke"
    assert verdicts[False], "the rule never kept silent"


@pytest.mark.parametrize("code", SPEAKING)
def test_a_rule_made_soft_tells_the_model_what_it_sees(code):
    for seed in range(4):
        problem = tiny_problem(f"{code} soft {seed}", [code, "R13"], duties=3)
        rules = tuple(replace(rule, severity="soft", tier="T4", weight=3) for rule in problem.rules)
        compare_twins(replace(problem, rules=rules))


@pytest.mark.parametrize("seed", range(12))
def test_all_rules_together_tell_the_model_what_they_see(seed):
    compare_twins(tiny_problem(seed, duties=3))


@pytest.mark.parametrize("seed", range(12))
def test_without_single_places_the_twins_still_agree(seed):
    compare_twins(tiny_problem(seed, [code for code in CODES if code != "R01"], duties=3))


@pytest.mark.parametrize("seed", range(12))
def test_with_one_session_a_day_the_twins_still_agree(seed):
    # Pins may put somebody in two sessions of a day all the same.
    problem = tiny_problem(f"one a day {seed}", duties=3, pins=4 if seed % 2 else None)
    one = {"most": 1, "most_with_evening": 1}
    rules = (
        replace(rule, parameters={**rule.parameters, **one}) if rule.code == "R20" else rule
        for rule in problem.rules
    )
    compare_twins(replace(problem, rules=tuple(rules)))


@pytest.mark.parametrize("seed", range(6))
def test_rules_scoped_to_contracts_tell_the_model_what_they_see(seed):
    problem = tiny_problem(f"scoped {seed}", duties=3)
    rules = tuple(
        replace(rule, contracts=frozenset({"partner"}), exempt=frozenset()) for rule in problem.rules
    )
    compare_twins(replace(problem, rules=rules))

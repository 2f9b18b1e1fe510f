"""What a rule of clinics tells the model is what it sees in a plan, and the engine finds the best clinics."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from rota.solver.limits import Limits, Way
from rota.solver.result import Status
from rota.solver.search.model import costs_of
from rota.solver.search.stages import costs_by_stage, is_better
from rota.solver.search.start import admits
from rota.solver.staff_rota import costs, fill
from rota.solver.staff_rota.model import RotaModel
from tests.rota.solver.tiny import by_tier
from tests.rota.solver.tiny_clinics import CLINIC_CODES, ROTA_CODES, some_plans, tiny_clinics

EXACT = Limits(seconds=20, workers=1, seed=1, deterministic=True)
ALL = CLINIC_CODES + ROTA_CODES


def compare_twins(problem, seed, number=60):
    """Compare rows and eyes on some plans; count those that cost something, those that cost nothing."""
    model = RotaModel(problem)
    verdicts = Counter()
    for plan in some_plans(problem, seed, number):
        told = by_tier(costs(problem, plan))
        chosen = model.placements.chosen_in(plan)
        if model.placements.plan_of(chosen) != plan or puts_someone_twice(model, chosen):
            assert told.get("T0"), f"a plan is closed to the model, but the eye sees no breach: {plan}"
        else:
            assert {t: a for t, a in costs_of(model.rows, chosen).items() if a} == told, plan
        verdicts[bool(told)] += 1
    return verdicts


def puts_someone_twice(model, chosen):
    """Say whether the model closes a plan because it puts someone in two places; other rows rely on that."""
    pinned = model.placements.pinned
    return any(
        row.name.startswith(("R01", "R20")) and row.tier is None and row.excess(chosen) > row.excess(pinned)
        for row in model.rows
    )


@pytest.mark.parametrize("code", CLINIC_CODES)
def test_a_rule_of_clinics_alone_tells_the_model_what_it_sees(code):
    verdicts = Counter()
    for seed in range(12):
        verdicts += compare_twins(tiny_clinics(f"{code} {seed}", [code, "R13"]), seed)
    assert verdicts[True], "the rule never spoke"
    assert verdicts[False], "the rule never kept silent"


@pytest.mark.parametrize("code", CLINIC_CODES)
def test_a_rule_of_clinics_made_soft_tells_the_model_what_it_sees(code):
    for seed in range(4):
        problem = tiny_clinics(f"{code} soft {seed}", [code, "R13"])
        rules = tuple(replace(rule, severity="soft", tier="T4", weight=3) for rule in problem.rules)
        compare_twins(replace(problem, rules=rules), seed)


@pytest.mark.parametrize("seed", range(20))
def test_all_rules_together_tell_the_model_what_they_see_of_clinics(seed):
    compare_twins(tiny_clinics(f"all {seed}", ALL), seed)


@pytest.mark.parametrize("seed", range(10))
def test_the_engine_finds_the_best_clinics_in_every_way(seed):
    problem = tiny_clinics(f"best {seed}", ALL, people=2)
    built = RotaModel(problem)
    cells, rows = built.placements, built.rows
    best = None
    for chosen in every_choice(cells.count):
        if admits(rows, cells.pinned, chosen | cells.pinned):
            found = costs_by_stage(rows, chosen | cells.pinned)
            best = found if best is None or is_better(found, than=best) else best
    for way in Way:
        result = fill(problem, replace(EXACT, way=way))
        assert result.status is Status.OPTIMAL, way
        mine = costs_by_stage(rows, cells.chosen_in(result.plan))
        assert not is_better(best, than=mine), way
        assert {t: a for t, a in result.cost_by_tier.items() if a} == by_tier(costs(problem, result.plan)), (
            way
        )


def every_choice(count):
    assert count <= 14
    for size in range(count + 1):
        yield from map(frozenset, combinations(range(count), size))

"""Improving a plan by groups of learners: what it tells of is always better, and breaks nothing further."""

from itertools import pairwise

import pytest

from rota.solver.limits import Limits
from rota.solver.rotation_plan import fill
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.search.alone import least_alone
from rota.solver.search.clock import Clock
from rota.solver.search.lane_groups import LaneGroups
from rota.solver.search.model import Model
from rota.solver.search.stages import costs_by_stage, is_better
from rota.solver.search.start import admits
from tests.rota.solver.rotation_plan.tiny import tiny_problem

LIMITS = Limits(seconds=20, deterministic=True)


def improved(built, told, should_stop=lambda: False):
    rows, stays, clock = built.rows, built.stays, Clock(LIMITS)
    groups = LaneGroups(rows, built.learners, stays.count, clock, told.append, should_stop)
    return groups.improve(stays.pinned, 15.0)


@pytest.mark.parametrize("seed", range(6))
def test_each_choice_is_better_than_the_one_before_and_breaks_no_rule_further(seed):
    built, told = RotationModel(tiny_problem(f"groups {seed}", learners=3)), []
    found = improved(built, told)
    costs = [costs_by_stage(built.rows, each) for each in (built.stays.pinned, *told)]
    assert all(is_better(after, than=before) for before, after in pairwise(costs))
    assert all(admits(built.rows, built.stays.pinned, each) for each in told)
    assert found == ([built.stays.pinned, *told])[-1]


def test_the_same_seed_gives_the_same_choices():
    told = [[[], []] for _ in range(4)]
    for seed, (one, other) in enumerate(told):
        built = RotationModel(tiny_problem(f"groups {seed}", learners=3))
        assert improved(built, one) == improved(built, other)
        assert one == other
    assert any(one for one, _ in told)


def test_whoever_is_stopped_at_once_has_the_start():
    built, told = RotationModel(tiny_problem("stopped")), []
    assert improved(built, told, lambda: True) == built.stays.pinned
    assert told == []


def test_what_each_costs_alone_is_never_more_than_the_best_plan_costs():
    bounds = []
    for seed in range(8):
        problem = tiny_problem(f"alone {seed}", learners=3)
        built, best = RotationModel(problem), fill(problem, LIMITS).plan
        model = Model(built.names, built.rows, built.stays.pinned)
        costs, last = model.costs(built.stays.chosen_in(best)), model.stages[-1]
        bound = least_alone(model, built.learners, last, costs, Clock(LIMITS), 20.0, lambda: False)
        assert bound <= costs[last]
        bounds.append(bound)
    assert any(bounds)

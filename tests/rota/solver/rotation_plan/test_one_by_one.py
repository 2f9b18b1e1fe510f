"""A first plan learner by learner, and the choice of one year each, against trying everything."""

from itertools import product

import pytest

from rota.solver.limits import Limits
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.years.choice import Choice, Weights
from rota.solver.rotation_plan.years.ties import Ties
from rota.solver.row import Row, Sum
from rota.solver.search.clock import Clock
from rota.solver.search.one_by_one import one_by_one
from rota.solver.search.stages import costs_by_stage, is_better
from rota.solver.search.start import admits
from tests.rota.solver.rotation_plan.tiny import tiny_problem

LIMITS = Limits(seconds=20, deterministic=True)


def begun(built, should_stop=lambda: False):
    start = built.stays.pinned
    return one_by_one(built.rows, built.learners, built.stays.count, start, Clock(LIMITS), should_stop)


@pytest.mark.parametrize("seed", range(6))
def test_learner_by_learner_nothing_gets_worse_and_no_rule_is_broken_further(seed):
    built = RotationModel(tiny_problem(f"one by one {seed}", learners=3))
    start, found = built.stays.pinned, begun(built)
    assert admits(built.rows, start, found)
    assert not is_better(costs_by_stage(built.rows, start), costs_by_stage(built.rows, found))


def test_whoever_is_stopped_at_once_has_the_start():
    built = RotationModel(tiny_problem("stopped"))
    assert begun(built, lambda: True) == built.stays.pinned


def test_one_year_for_each_is_chosen_as_trying_all_would():
    # Two learners, two years each; both cannot have the first, and a tie that costs 3 wants cell 1.
    rows = [Row("not both", Sum.of([0, 2]), 1), Row("wants 1", Sum({1: -1}, 1), 0, 1, "T4", 3)]
    ties = Ties(rows, 4, "T4")
    known = [{(0,): 0, (1,): 4}, {(2,): 1, (3,): 5}]
    weights = Weights(each=1.0, worst=1.0, ahead=(0.0, 2.0), dear=100.0)
    found = Choice(ties, known, weights).best([(0,), (2,)], LIMITS, 5.0, lambda: False)

    def cost(years):
        chosen = {cell for year in years for cell in year}
        missing = [known[learner][year] for learner, year in enumerate(years)]
        worst = max(points + more for points, more in zip(missing, weights.ahead, strict=True))
        return sum(missing) + worst + 100 * rows[0].excess(chosen) + 3 * rows[1].excess(chosen)

    assert cost(found) == min(cost(years) for years in product(*known))

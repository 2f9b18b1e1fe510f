"""The stays there could be, and what follows from them."""

from random import Random

import pytest

from rota.solver.rotation_plan import Stay
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.stays import cliques
from tests.rota.solver.rotation_plan.makers import make_learner, make_offer, make_problem, plan_of
from tests.rota.solver.rotation_plan.tiny import a_plan, tiny_problem


@pytest.mark.parametrize("seed", range(10))
def test_stays_of_one_set_share_a_week_and_each_is_in_one_set(seed):
    chance = Random(seed)
    placed = [
        (number, Stay("amy", 1, chance.randrange(6), chance.randint(1, 4)))
        for number in range(chance.randrange(9))
    ]
    stays = dict(placed)
    groups = cliques(placed)
    assert sorted(cell for group in groups for cell in group) == sorted(stays)
    for group in groups:
        assert set.intersection(*(set(stays[cell].span) for cell in group))


def test_leave_parts_the_calendar_and_stays_begin_on_return():
    problem = make_problem("P09", "P18", learners=[make_learner(away=frozenset({5, 6}))])
    spans = {(stay.first, stay.end) for stay in RotationModel(problem).stays.cells}
    assert spans == {(0, 4), (0, 5), (4, 5), (7, 8), (7, 12), (8, 12)}


def test_a_pin_that_ends_within_a_block_leaves_the_rest_to_be_filled():
    pins = frozenset({Stay("amy", 1, 0, 6)})
    problem = make_problem("P09", "P30", offers=[make_offer(), make_offer(2)], pins=pins)
    spans = {(stay.first, stay.end) for stay in RotationModel(problem).stays.cells if stay.offer == 2}
    assert spans == {(6, 8), (6, 12), (8, 12)}


def test_cells_and_plans_are_the_same_thing_said_twice():
    chance = Random(5)
    for seed in range(20):
        problem = tiny_problem(f"cells {seed}")
        stays = RotationModel(problem).stays
        known = set(stays.cells)
        plan = a_plan(chance, problem)
        chosen = stays.chosen_in(plan)
        assert stays.plan_of(chosen).stays == plan.stays & known
        assert all(cell < stays.count for cell in chosen)
    assert stays.number_of(Stay("nobody", 1, 0, 1)) is None
    assert RotationModel(make_problem("P09")).stays.plan_of(()) == plan_of()

"""What is remembered of a plan's breaches, and what a fresh look finds, on random walks through plans."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from rota.solver.staff_rota import Memory, Placement, Plan, Problem, breaches
from rota.solver.staff_rota.solution import Rota
from tests.rota.solver.tiny import tiny_problem


@pytest.mark.parametrize("seed", range(12))
def test_what_is_remembered_is_what_a_fresh_look_finds(seed: int) -> None:
    chance, problem = Random(seed), tiny_problem(seed, duties=6)
    memory = Memory(fixed=len(problem.duties) - 1)
    plan = Plan.of(problem.pins)
    for _ in range(40):
        problem, plan = stepped(chance, problem, plan)
        assert memory.breaches(Rota(problem, plan)) == breaches(problem, plan)


def stepped(chance: Random, problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    """Place, take off, pin, or change the last duty, which is one of those that a manager makes by hand."""
    placement = Placement(chance.choice(problem.people).key, chance.choice(problem.duties).number)
    deed = chance.choice(["place", "place", "take off", "pin", "tell", "make", "day"])
    if deed == "place":
        return problem, plan.adding(placement)
    if deed == "take off" and plan.placements:
        return problem, plan.without(chance.choice(sorted(plan.placements)))
    if deed == "pin":
        return replace(
            problem, pins=tuple(chance.sample(sorted(plan.placements), len(plan.placements) // 2))
        ), plan
    if deed == "tell":
        return replace(problem, published=(placement,)), plan
    if deed == "make":
        *others, last = problem.duties
        other = chance.choice(others or [last])
        made = replace(other, number=last.number, minimum=0, desired=0)
        return replace(problem, duties=(*others, made)), plan
    return replace(problem, today=problem.today + timedelta(1)), plan

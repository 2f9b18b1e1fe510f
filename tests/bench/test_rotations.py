"""The rotations bench: instances that stay as they are and can be met, and the line that it prints."""

import json
from hashlib import sha256

import pytest

from bench import rotation_instances, rotations
from rota.solver.rotation_plan import Plan, breaches, costs
from tests.rota.solver.rotation_plan.tiny import tiny_problem

KEYS = {"size", "cost_by_tier", "bound_by_tier", "gap", "seconds", "breaches", "one_model_cost"}


def marked(problem):
    """Give a mark of what an instance asks and has; what is new in problems since then leaves it."""
    learners = [
        (each.key, each.programme, each.base, sorted(each.wishes.points.items()), sorted(each.only))
        for each in problem.learners
    ]
    offers = [(each.number, each.host, each.most) for each in problem.offers]
    return sha256(repr((learners, offers)).encode()).hexdigest()[:12]


@pytest.mark.parametrize(("size", "mark"), [("s", "21c9ae96ea9a"), ("m", "60b484ac4ba2")])
def test_seeded_rotations_stay_as_they_are(size, mark):
    assert marked(rotation_instances.make(size)) == mark


def test_seeded_rotations_can_be_met(monkeypatch):
    drawn = []
    whole = rotation_instances.problem_of

    def kept(chance, places, people, stays):
        drawn.extend(stays)
        return whole(chance, places, people, stays)

    monkeypatch.setattr(rotation_instances, "problem_of", kept)
    problem = rotation_instances.make("s")
    plan = Plan.of(drawn)
    assert breaches(problem, plan) == ()
    assert {cost.tier for cost in costs(problem, plan)} <= {"T3", "T4"}


def test_the_line_has_exactly_the_keys_that_were_agreed(monkeypatch, capsys):
    monkeypatch.setattr(rotations, "make", lambda size, seed: tiny_problem(f"bench {seed}"))
    rotations.main(["--size", "s", "--seconds", "3", "--workers", "1"])
    (printed,) = capsys.readouterr().out.splitlines()
    line = json.loads(printed)
    costs, bounds = line["cost_by_tier"], line["bound_by_tier"]
    assert line.keys() == KEYS
    assert all(bounds[tier] <= cost for tier, cost in costs.items())
    assert line["gap"] == rotations.gap(costs, bounds)
    assert line["breaches"] == 0


def test_a_gap_is_that_of_the_worst_tier():
    assert rotations.gap({"T1": 0, "T3": 4, "T4": 100}, {"T3": 3, "T4": 50}) == 0.5
    assert rotations.gap({"T1": 0}, {}) == 0

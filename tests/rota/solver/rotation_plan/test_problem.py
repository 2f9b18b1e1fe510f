"""A plan of rotations refuses nonsense, in sentences that a planner can act on."""

import pytest

from rota.solver.rotation_plan import Approval, Group, Host, Payment, Stay, Window, Wishes
from tests.rota.solver.rotation_plan.makers import (
    make_learner,
    make_offer,
    make_problem,
    make_programme,
    make_requirement,
    make_supervisor,
)

TWICE = frozenset({Stay("amy", 1, 0, 4), Stay("amy", 1, 3, 4)})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: make_requirement(fulfilled_by=frozenset()), "name at least one setting"),
        (lambda: make_requirement(least=4, most=3), "the most must be at least the least"),
        (lambda: make_requirement(shortest_run=0), "1 week or more"),
        (lambda: make_requirement(shortest_run=4, longest_run=3), "cannot be shorter than the shortest"),
        (lambda: make_requirement(shortest_run=4, most=3), "cannot be longer than the most"),
        (lambda: make_requirement(after=(("practice", 4),)), "another requirement that comes before"),
        (lambda: make_requirement(before=frozenset({"practice"})), "cannot come before itself"),
        (lambda: make_requirement(firm=True), "give the most"),
        (lambda: make_programme(make_requirement(), make_requirement()), "same key"),
        (lambda: make_programme(starts=(4, 0)), "in order"),
        (lambda: make_programme(block=0), "a block lasts"),
        (lambda: make_programme(notice=(6, 8)), "the longest first"),
        (lambda: make_programme(most_per_host=0), "must be 1 or more"),
        (
            lambda: make_programme(make_requirement(after=(("ward", 4),))),
            "names ward, which is no requirement",
        ),
        (lambda: make_programme(groups=(Group("g", "Some", frozenset({"ward"}), 1),)), "names ward"),
        (lambda: Group("g", "Some", frozenset({"practice"}), 2), "take from 0 to 1"),
        (lambda: make_learner(first=5, last=4), "cannot come before the first"),
        (lambda: make_learner(percent=0), "from 1 to 100 per cent"),
        (lambda: make_learner(not_with=frozenset({"amy"})), "apart from themselves"),
        (lambda: make_learner(history={"practice": -1}), "cannot be below 0"),
        (lambda: make_learner(travel={"elm": -1}), "minutes of travel"),
        (lambda: Wishes(moving=-1), "cannot be below 0"),
        (lambda: Window("Review", 3, 2), "cannot end before it begins"),
        (lambda: Payment("Tariff", 3, 2), "cannot end before it begins"),
        (lambda: Approval("gp", 3, 2), "cannot end before it begins"),
        (lambda: make_offer(settings={}), "say what it counts as"),
        (lambda: make_offer(settings={"practice": 101}), "say what it counts as"),
        (lambda: make_offer(most=(-1,) * 12), "cannot be below 0"),
        (lambda: make_offer(least=(1,)), "for every week or for none"),
        (lambda: make_offer(least=(3,) * 12), "cannot be more than the most"),
        (lambda: make_offer(minutes=-1), "minutes and half-days"),
        (lambda: make_offer(supervisors=("dr_ash", "dr_ash")), "name each supervisor once"),
        (lambda: make_supervisor(minutes=-1), "minutes of supervision"),
        (lambda: Host("elm", "Elm", floor=(-1,)), "cannot be below 0"),
        (lambda: Stay("amy", 1, 0, 0), "1 week or more"),
        (lambda: make_problem(learners=[make_learner(), make_learner()]), "Two learners have the same key"),
        (lambda: make_problem(learners=[make_learner(programme="none")]), "'none', which is not in the plan"),
        (lambda: make_problem(learners=[make_learner(base="none")]), "'none', which is not in the plan"),
        (lambda: make_problem(offers=[make_offer(supervisors=("nobody",))]), "'nobody'"),
        (lambda: make_problem(offers=[make_offer(most=(1,))]), "each of the 12 weeks, not 1"),
        (lambda: make_problem(learners=[make_learner(last=12)]), "lies after the plan's end"),
        (lambda: make_problem(pins=frozenset({Stay("amy", 9, 0, 4)})), "not in the plan"),
        (lambda: make_problem(pins=frozenset({Stay("amy", 1, 8, 8)})), "ends after the plan does"),
        (lambda: make_problem(pins=TWICE), "Amy has two stays"),
        (lambda: make_problem(now=-1), "in its week 0 or later"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(make, said):
    with pytest.raises(ValueError, match=said):
        make()

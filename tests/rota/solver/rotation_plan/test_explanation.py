"""Which offers a learner could have, and which rule stops the others; no solver is asked."""

from dataclasses import replace
from random import Random

import pytest

from rota.solver.rotation_plan import Stay, Wishes, breaches, options, why_not, why_unmet
from rota.solver.rotation_plan.model import RotationModel
from tests.rota.solver.rotation_plan.makers import (
    make_learner,
    make_offer,
    make_problem,
    make_programme,
    make_requirement,
    plan_of,
)
from tests.rota.solver.rotation_plan.tiny import a_plan, tiny_problem


def test_what_can_be_comes_first_and_the_rest_says_why_not():
    amy = make_learner(wishes=Wishes({1: 1, 2: 3}, most=3), never_at=frozenset({"ash"}))
    offers = [make_offer(), make_offer(2, host="oak"), make_offer(3, host="ash"), make_offer(4, "ward")]
    problem = make_problem("P29", "P04", "P25", learners=[amy], offers=offers)
    found = options(problem, plan_of(), "amy", 0, 4)
    assert [(each.offer, each.rank, each.rule) for each in found] == [
        (2, 1, None),
        (1, 2, None),
        (3, None, "P29"),
        (4, None, "P04"),
    ]
    assert found[1].costs == ("Amy gets 1 of 3 points of wishes.",)
    assert found[2].said == "Amy is kept apart from Offer 3."
    assert found[2].said_to_peers == "Not available."
    assert found[3].said == "Offer 4 counts for nothing that GP training asks."


def test_a_place_that_another_has_is_named_and_stands_free_when_they_leave():
    learners = [make_learner(), make_learner("ben")]
    problem = make_problem("P10", learners=learners, offers=[make_offer(places=1)])
    stay = Stay("amy", 1, 0, 4)
    [reason] = why_not(problem, plan_of(("ben", 1, 0, 4)), stay)
    assert reason.rule == "P10"
    assert reason.said.startswith("Offer 1 has 2 ")
    assert why_not(problem, plan_of(("ben", 1, 4, 4)), stay) == ()


def test_what_a_learner_does_then_is_put_aside_but_a_pin_is_not():
    problem = make_problem("P30", offers=[make_offer(), make_offer(2)])
    plan = plan_of(("amy", 2, 0, 8))
    assert why_not(problem, plan, Stay("amy", 1, 4, 4)) == ()
    pinned = replace(problem, pins=plan.stays)
    assert [each.rule for each in why_not(pinned, plan, Stay("amy", 1, 4, 4))] == ["P30"]


def test_what_is_broken_already_stops_nothing_that_does_not_break_it_further():
    learners = [make_learner(), make_learner("ben"), make_learner("cy")]
    offers = [make_offer(places=1), make_offer(2)]
    problem = make_problem("P08", "P10", learners=learners, offers=offers)
    crowded = plan_of(("amy", 1, 0, 4), ("ben", 1, 0, 4))
    assert why_not(problem, crowded, Stay("amy", 2, 4, 4)) == ()
    assert [each.rule for each in why_not(problem, crowded, Stay("cy", 1, 0, 4))] == ["P10"]


def test_several_reasons_are_given_in_the_leads_order():
    programme = make_programme(make_requirement(shortest_run=8))
    problem = make_problem("P05", "P09", programmes=[programme])
    assert [each.rule for each in why_not(problem, plan_of(), Stay("amy", 1, 1, 4))] == ["P09", "P05"]


@pytest.mark.parametrize("seed", range(6))
def test_what_can_be_breaks_no_more_than_before(seed):
    chance, problem = Random(seed), tiny_problem(f"why {seed}")
    plan = a_plan(chance, problem)
    known = {each.said for each in breaches(problem, plan)}
    cells = set(RotationModel(problem).stays.cells)
    for learner in problem.learners:
        for each in options(problem, plan, learner.key, problem.now, 1):
            stay = Stay(learner.key, each.offer, problem.now, 1)
            if each.can:
                assert stay in cells
                after = breaches(problem, plan.with_instead(stay))
                mine = {breach.said for breach in after if breach.learner == learner.key}
                assert len(mine - known) <= len(known)
            else:
                assert each.reasons


def test_a_requirement_that_nobody_offers_is_told_as_such():
    programme = make_programme(make_requirement(), make_requirement("ward", least=4))
    [unmet] = why_unmet(make_problem("P03", programmes=[programme]), plan_of(), "amy")
    assert (unmet.requirement, unmet.weeks) == ("ward", 4)
    assert [each.said for each in unmet.reasons] == ["No offer counts for Ward."]


def test_each_offer_that_counts_says_what_keeps_a_learner_from_it():
    learners = [make_learner(travel={"far": 90}, longest_travel=60), make_learner("ben")]
    programme = make_programme(make_requirement(least=4))
    offers = [make_offer(places=1), make_offer(2, site="far"), make_offer(3, most=(0,) * 12)]
    taken = plan_of(("ben", 1, 0, 12))

    def reasons(*rules):
        problem = make_problem(*rules, learners=learners, programmes=[programme], offers=offers)
        assert why_unmet(problem, taken, "ben") == ()
        [unmet] = why_unmet(problem, taken, "amy")
        return unmet.reasons

    stopped = reasons("P03", "P09", "P10", "P19")
    assert [each.rule for each in stopped] == ["P10", "P19", "P10"]
    assert stopped[1].said == "Offer 2 is 90 minutes away for Amy; 60 is what may be asked."
    [_, could_be, _] = reasons("P03", "P09", "P10")
    assert could_be.rule == ""
    assert could_be.said == (
        "Offer 2 could be from the week of 2 August 2027 to the week of 23 August 2027, in place of what Amy "
        "does then."
    )


def test_no_learner_is_offered_the_placement_that_they_have():
    programme = make_programme(make_requirement(least=8, shortest_run=4))
    problem = make_problem("P03", programmes=[programme])
    [unmet] = why_unmet(problem, plan_of(("amy", 1, 0, 4)), "amy")
    assert unmet.weeks == 4
    assert all("from the week of 2 August 2027" not in each.said for each in unmet.reasons)
    [empty] = why_unmet(problem, plan_of(), "amy")
    assert any("from the week of 2 August 2027" in each.said for each in empty.reasons)


def test_a_stretch_too_short_for_any_stay_is_told():
    programme = make_programme(make_requirement(least=16, shortest_run=16))
    [unmet] = why_unmet(make_problem("P03", programmes=[programme]), plan_of(), "amy")
    assert [each.said for each in unmet.reasons] == ["No stretch of the calendar is long enough for Offer 1."]

"""Looking at a part of a plan, and for people who could take a duty."""

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.instances import make
from rota.solver.result import TIERS
from rota.solver.search.start import first_choice
from rota.solver.staff_rota import Placement, Plan, Scope, breaches, candidates
from rota.solver.staff_rota.model import RotaModel
from rota.solver.staff_rota.problem import Problem
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_rule, make_sessions, plan_of
from tests.rota.solver.tiny import every_plan, tiny_problem

AM, PM = make_sessions(1)
RULES = tuple(make_rule(code) for code in ("R01", "R02", "R03", "R06", "R16", "R18"))


@pytest.fixture(scope="module")
def filled() -> tuple[Problem, Plan]:
    problem = make("s")
    model = RotaModel(problem)
    cells = len(model.placements.cells)
    chosen = first_choice(cells, model.rows, model.placements.pinned, model.needs, TIERS)
    return problem, model.placements.plan_of(chosen)


@settings(max_examples=25, deadline=None)
@given(st.integers())
def test_a_person_and_their_sessions_are_told_the_same_alone_as_in_the_whole(seed):
    problem = tiny_problem(seed, duties=3, pins=0)
    for plan in list(every_plan(problem))[::17]:
        whole = breaches(problem, plan)
        for person in problem.people:
            alone = breaches(problem, plan, Scope(frozenset({person.key}), frozenset()))
            assert alone == tuple(
                breach for breach in whole if breach.person == person.key and not ties(breach)
            )
        for session in problem.sessions:
            here = breaches(problem, plan, Scope(frozenset(), frozenset({session.number})))
            team = [breach for breach in whole if ties(breach) and breach.session == session.number]
            assert [breach for breach in here if breach.session == session.number] == team
            # What spans a day is told of each of its sessions.
            assert set(here) <= set(whole)


def ties(breach):
    """Say whether a breach is about people together; a pairing names one of the two, who may know why."""
    return breach.person is None or breach.code == "R36"


@settings(max_examples=40, deadline=None)
@given(st.integers())
# Somebody who is in two places already, under two posts, and would be once more.
@example(3435)
def test_who_can_take_a_duty_adds_no_breach_and_who_cannot_adds_one(seed):
    problem = tiny_problem(seed, duties=3, pins=0)
    for plan in list(every_plan(problem))[::37]:
        before = sizes_by_rule(breaches(problem, plan))
        for candidate in candidates(problem, plan, problem.duties[0].number):
            placement = Placement(candidate.person, problem.duties[0].number)
            if placement in plan.placements:
                assert not candidate.can
                continue
            after = sizes_by_rule(breaches(problem, plan.adding(placement)))
            assert candidate.can == (not after - before)
            assert candidate.can or candidate.rule in after - before


def sizes_by_rule(found):
    sums = Counter()
    for breach in found:
        sums[breach.code] += breach.size
    return sums


def test_candidates_are_ranked_and_the_rest_have_the_first_rule_that_stops_them():
    people = [
        make_person("amy", weekly_minutes=240),
        make_person("bob", weekly_minutes=960),
        make_person("cat", unavailable={0: "annual leave"}),
        make_person("dan", role="Nurse"),
        make_person("eve"),
        make_person("fay"),
    ]
    duties = [make_duty(0, AM, minimum=1, desired=1), make_duty(1, AM, site="OAK"), make_duty(2, PM)]
    problem = make_problem(people, duties, (AM, PM), *RULES)
    found = candidates(problem, plan_of(("eve", 0), ("fay", 1), ("amy", 2)), 0)
    assert [(each.person, each.rank, each.rule) for each in found] == [
        ("bob", 1, None),
        ("amy", 2, None),
        ("eve", None, ""),
        ("fay", None, "R01"),
        ("cat", None, "R02"),
        ("dan", None, "R03"),
    ]


def test_peers_are_not_told_why_someone_is_away():
    cat = make_person("cat", unavailable={0: "annual leave"})
    problem = make_problem([cat], [make_duty(0, AM)], (AM, PM), *RULES)
    [candidate] = candidates(problem, plan_of(), 0)
    assert candidate.said == "Cat Example is unavailable on Mon 1 Mar AM: annual leave."
    assert candidate.said_to_peers == "Cat Example is not available."


def test_every_breach_has_a_sentence_for_managers_and_a_discreet_one_for_peers(filled):
    problem, _ = filled
    everywhere = Plan.of(
        Placement(person.key, duty.number) for person in problem.people for duty in problem.duties[:40]
    )
    found = breaches(problem, everywhere)
    assert found
    for breach in found:
        assert breach.said.endswith(".")
        assert breach.said_to_peers.endswith(".")
        assert "leave" not in breach.said_to_peers

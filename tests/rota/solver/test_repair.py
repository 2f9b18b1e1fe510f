"""Repairs after an absence: the best within each budget, told truly, and nothing else disturbed."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, islice
from random import Random

import pytest

from rota.solver.limits import Limits
from rota.solver.row import begun
from rota.solver.staff_rota import Learner, Placement, Plan, Supervision, Wish, breaches, costs
from rota.solver.staff_rota.absence import OF_LEARNERS, with_away, with_present
from rota.solver.staff_rota.repair import BUDGETS, moves_between, repairs
from rota.solver.staff_rota.repair_model import for_one_day
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.eligibility import Availability, Skills
from rota.solver.staff_rota.rules.places import people_by_place
from rota.solver.staff_rota.solution import EVERYTHING, Rota, Scope
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_rule, make_sessions, plan_of
from tests.rota.solver.tiny import by_tier, tiny_problem

EXACT = Limits(seconds=20, workers=1, seed=1, deterministic=True)
USUAL = tuple(make_rule(code) for code in ("R01", "R02", "R03", "R06", "R07", "R11", "R13", "R32", "R34"))
# Skill mix is left out: its price hangs on places, not on single duties.
CODES = [f"R{number:02}" for number in (*range(1, 9), *range(10, 17), *range(18, 23), 27, *range(29, 36))]
# Rules whose breaches a repair may find there already, and prices.
PRICED = OF_LEARNERS


@cache
def case(number):
    """Give a tiny rota that breaks nothing, and somebody who falls out."""
    return next(islice(chain.from_iterable(map(cases_of, range(1000))), number, None))


@cache
def cases_of(seed):
    return list(tried(seed))


def tried(seed):
    problem = replace(tiny_problem(f"repair {seed}", CODES, pins=0), published=())
    plan = by_hand(problem, Random(seed))
    if len(plan.placements) < 3 or breaches(problem, plan):
        return
    first = problem.duty_by_number[min(each.duty for each in plan.placements)]
    person = next(each.person for each in sorted(plan.placements) if each.duty == first.number)
    yield problem, plan, {person: frozenset(each.number for each in problem.sessions)}


def by_hand(problem, chance):
    """Place people one by one, wherever that breaks nothing."""
    cells = [Placement(person.key, duty.number) for person in problem.people for duty in problem.duties]
    plan = Plan()
    for cell in chance.sample(cells, len(cells)):
        if len(breaches(problem, plan.adding(cell))) <= len(breaches(problem, plan)):
            plan = plan.adding(cell)
    return plan


def window(problem, plan, away):
    """Say from which session on each day is open: from the first one lost."""
    sessions = problem.session_by_number
    lost = [
        sessions[problem.duty_by_number[each.duty].session] for each in plan.placements if each.person in away
    ]
    return {
        each.number
        for each in problem.sessions
        if any(other.day == each.day and other.number <= each.number for other in lost)
    }


def every_repair(problem, plan, away):
    """Give every plan that leaves alone those who are away, pins, and all that is outside the window."""
    now, days = with_away(problem, away), window(problem, plan, away)
    rest = {each for each in plan.placements if each.person not in away}
    filters = [rule for rule in rules_of(now) if isinstance(rule, (Availability, Skills))]
    cells = [
        Placement(person.key, duty.number)
        for person in now.people
        for duty in now.duties
        if person.key not in away
        and duty.session in days
        and not any(rule.stops(person, duty) for rule in filters)
    ]
    fixed = rest - set(cells)
    for size in range(len(cells) + 1):
        for chosen in combinations(cells, size):
            yield Plan(frozenset(fixed | set(chosen)))


def learners_missing(problem, plan):
    """Look how much supervision lacks at each place."""
    seen, found = Rota(problem, plan), Counter()
    for rule in rules_of(problem):
        if rule.card.code in PRICED:
            for place, placed in people_by_place(seen, EVERYTHING).items():
                for kinds, missing in rule.missing_at(placed).items():
                    found[rule.card.code, place, kinds] += begun(max(0, missing), rule.unit)
    return found


def cover_missing(problem, plan):
    """Price what lacks to the minimum, and leads that are there twice."""
    seen, found = Rota(problem, plan), Counter()
    for duty in problem.duties:
        have, price = seen.cover_of(duty), 101 if duty.lead else 100
        missing, twice = (duty.lead or duty.minimum) - have, duty.lead and len(seen.present_on(duty)) - 1
        found["short", duty.number] += price * duty.weight_short * max(0, missing)
        found["twice", duty.number] += price * duty.weight_over * max(0, twice)
    return found


def judged(problem, plan, away, after):
    """Judge a repair by eye: what it breaks anew, and in which tiers it is worse than the rota was."""
    now, then = with_away(problem, away), with_present(problem, away)
    if any(each.code not in PRICED for each in breaches(now, after)):
        return None
    alone = learners_missing(now, after) - learners_missing(then, plan)
    short = cover_missing(now, after) - cover_missing(then, plan)
    told = replace(now, published=tuple(sorted(plan.placements)), rules=for_one_day(now.rules))
    others = Scope(people=frozenset(person.key for person in now.people if person.key not in away))
    changes = by_tier(costs(told, after, others)).get("TS", 0)
    return alone.total(), short.total(), changes


def spent(problem, plan, away, after):
    """Count who leaves a duty, and who has anything new."""
    rest = Plan.of(each for each in plan.placements if each.person not in away)
    left = {each.person for each in rest.placements - after.placements}
    new = {each.person for each in after.placements - rest.placements}
    return len(left), len(left | new)


@pytest.mark.parametrize("number", range(7))
def test_a_repair_is_the_best_of_all_within_its_budget(number):
    problem, plan, away = case(number)
    every = [
        (spent(problem, plan, away, after), mark)
        for after in every_repair(problem, plan, away)
        if (mark := judged(problem, plan, away, after)) is not None
    ]
    for repair in repairs(problem, plan, away, EXACT):
        moved, touched = spent(problem, plan, away, repair.plan)
        assert moved <= repair.budget.moved
        assert touched <= repair.budget.touched
        best = min(
            mark
            for (moves, people), mark in every
            if moves <= repair.budget.moved and people <= repair.budget.touched
        )
        assert judged(problem, plan, away, repair.plan) == best
        assert tuple(repair.cost_by_tier.get(tier, 0) for tier in ("T0", "T1", "TS")) == best
        assert repair.is_best
        assert repair.left.are_none == (best[:2] == (0, 0))


def two_sites(*people, days=1, published=(), today=None, **wanted):
    """Want one GP at Elm and one at Oak in each session."""
    sessions = make_sessions(days=days)
    duties = [
        make_duty(2 * session.number + place, session, site=site, minimum=1, desired=1, maximum=2, **wanted)
        for session in sessions
        for place, site in enumerate(("ELM", "OAK"))
    ]
    return make_problem(people, duties, sessions, *USUAL, today=sessions[0].day)


def test_who_is_free_is_called_in_before_anybody_moves():
    problem = two_sites(make_person("amy"), make_person("bob"), make_person("cat"))
    plan = plan_of(("amy", 0), ("bob", 1))
    first, *others = repairs(problem, plan, {"amy": frozenset({0, 1})}, EXACT)
    assert [tuple(move) for move in first.moves] == [("cat", 0, None, 0)]
    assert first.left.are_none
    assert [each.plan for each in others] == [first.plan, first.plan]


def test_one_person_moves_to_where_it_matters_more():
    idle = make_duty(9, make_sessions()[0], site="OAK", desired=1)
    base = two_sites(make_person("amy"), make_person("bob"))
    problem = replace(base, duties=(base.duties[0], idle))
    plan = plan_of(("amy", 0), ("bob", 9))
    nobody, one, _ = repairs(problem, plan, {"amy": frozenset({0})}, EXACT)
    assert nobody.moves == ()
    assert [each.duty for each in nobody.left.short] == [0]
    assert [tuple(move) for move in one.moves] == [("bob", 0, 9, 0)]
    assert one.left.are_none


def test_the_lead_of_the_day_does_not_leave_to_fill_a_gap():
    lead = make_duty(9, make_sessions()[0], site="OAK", lead=True)
    base = two_sites(make_person("amy"), make_person("bob"))
    problem = replace(base, duties=(base.duties[0], lead), rules=(*USUAL, make_rule("R10")))
    for repair in repairs(problem, plan_of(("amy", 0), ("bob", 9)), {"amy": frozenset({0})}, EXACT):
        assert repair.moves == ()
    # Nor from a gap to the lead: that a lead is missing weighs more.
    for repair in repairs(problem, plan_of(("amy", 9), ("bob", 0)), {"amy": frozenset({0})}, EXACT)[1:]:
        assert [tuple(move) for move in repair.moves] == [("bob", 0, 0, 9)]


def test_a_wish_does_not_bring_in_one_person_more():
    wished = (Wish(frozenset({1}), works=False, strength=10),)
    problem = two_sites(
        make_person("amy"), make_person("bob", wishes=wished), make_person("cat", unavailable={1: "pattern"})
    )
    problem = replace(problem, duties=tuple(each for each in problem.duties if each.site == "ELM"))
    plan = plan_of(("amy", 0), ("amy", 2))
    for repair in repairs(problem, plan, {"amy": frozenset({0, 1})}, EXACT):
        assert repair.people == {"bob"}
        assert repair.left.are_none


def test_a_learner_left_alone_comes_before_cover():
    guide = Supervision(frozenset({"GP registrar"}), 60, 2)
    learner = Learner("GP registrar", 30)
    pat = make_person("pat", role="Registrar", learner=learner)
    problem = two_sites(
        make_person("amy", supervision=guide),
        make_person("bob", supervision=guide),
        pat,
        roles=frozenset({"GP", "Registrar"}),
    )
    # Pat is pinned where Amy was to help; Bob alone can, and leaves Oak short for it.
    problem = replace(problem, pins=(Placement("pat", 0),))
    plan = plan_of(("amy", 0), ("pat", 0), ("bob", 1))
    nobody, one, _ = repairs(problem, plan, {"amy": frozenset({0})}, EXACT)
    assert len(nobody.left.unsupervised) == 1
    assert "Pat Example" in nobody.left.unsupervised[0].said
    assert one.left.unsupervised == ()
    assert [each.duty for each in one.left.short] == [1]


def test_where_nobody_can_help_the_repair_says_what_stays_short():
    problem = two_sites(make_person("amy"), make_person("bob", unavailable={0: "leave"}))
    plan = plan_of(("amy", 0), ("bob", 3))
    for repair in repairs(problem, plan, {"amy": frozenset({0})}, EXACT):
        assert repair.moves == ()
        assert [each.duty for each in repair.left.short] == [0]
        assert repair.plan == plan_of(("bob", 3))


def test_several_may_fall_out_at_once_and_on_more_than_one_day():
    people = [make_person(key) for key in ("amy", "bob", "cat", "dan")]
    problem = two_sites(*people, days=2)
    plan = plan_of(
        *(("amy", number) for number in (0, 2, 4, 6)), *(("bob", number) for number in (1, 3, 5, 7))
    )
    away = {"amy": frozenset(range(4)), "bob": frozenset({2, 3})}
    for repair in repairs(problem, plan, away, EXACT):
        assert repair.left.are_none
        assert repair.people == {"cat", "dan"}
        assert {("bob", 1), ("bob", 3)} <= {(each.person, each.duty) for each in repair.plan.placements}


def test_no_repair_changes_the_day_of_more_than_three():
    each_one_session = [
        make_person(key, unavailable=dict.fromkeys({0, 1, 2, 3} - {number}, "pattern"))
        for number, key in enumerate(("bob", "cat", "dan", "eve"))
    ]
    problem = two_sites(make_person("amy"), *each_one_session, days=2)
    plan = plan_of(*(("amy", number) for number in (0, 2, 4, 6)))
    for repair in repairs(problem, plan, {"amy": frozenset(range(4))}, EXACT):
        assert len(repair.people) == 3
        assert len(repair.left.short) == 1


def test_what_was_before_the_absence_began_stays_as_it_is():
    problem = two_sites(make_person("amy"), make_person("bob"), make_person("cat"))
    plan = plan_of(("amy", 0), ("bob", 1), ("amy", 2), ("bob", 3))
    for repair in repairs(problem, plan, {"amy": frozenset({1})}, EXACT):
        assert {move.session for move in repair.moves} == {1}


def test_what_was_short_before_is_nobodys_call_at_half_past_seven():
    problem = two_sites(make_person("amy"), make_person("bob"))
    for repair in repairs(problem, plan_of(("amy", 2)), {"amy": frozenset({1})}, EXACT):
        assert [tuple(move) for move in repair.moves] == [("bob", 1, None, 2)]


def test_the_same_question_has_the_same_answer():
    problem, plan, away = case(0)
    once, again = (repairs(problem, plan, away, EXACT) for _ in range(2))
    assert [each.plan for each in once] == [each.plan for each in again]


def test_moves_say_where_somebody_was_and_is():
    problem = two_sites(make_person("amy"), make_person("bob"))
    moves = moves_between(
        problem, plan_of(("amy", 0), ("bob", 3)), plan_of(("amy", 1), ("bob", 3), ("bob", 0))
    )
    assert [tuple(move) for move in moves] == [("amy", 0, 0, 1), ("bob", 0, None, 0)]


def test_budgets_grow():
    assert [budget.moved for budget in BUDGETS] == sorted(budget.moved for budget in BUDGETS)

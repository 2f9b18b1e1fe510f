"""What cannot be is explained by the very set that was planted, and what can be breaks nothing."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from bench.conflicts import first_plan, is_as_planted
from bench.instances import make, rules
from bench.planted import plant
from rota.solver.staff_rota import Placement, Plan, Problem, Wish, answer, breaches
from rota.solver.staff_rota.answering import Answering
from rota.solver.staff_rota.ask import Ask, Cover, Off, Verdict, WayKind, cover_at
from tests.rota.solver.makers import MONDAY, make_duty, make_person, make_problem, make_rule, make_sessions
from tests.rota.solver.test_looking import sizes_by_rule
from tests.rota.solver.tiny import CODES, tiny_problem

SECONDS = 30.0
AM, PM = make_sessions(1)
RULES = tuple(make_rule(code) for code in ("R01", "R02", "R03", "R05", "R06", "R27", "R32", "R34"))


def empty_base():
    sessions = make_sessions(2, kinds=("AM", "PM"))
    return Problem(sessions=sessions, sites=(), people=(), duties=(), rules=rules(), today=MONDAY)


@pytest.mark.parametrize("seed", range(40))
def test_the_set_that_is_named_is_the_one_that_was_planted(seed):
    planted = plant(empty_base(), seed)
    found = answer(planted.problem, planted.plan, planted.ask, SECONDS)
    assert found.verdict is Verdict.IMPOSSIBLE
    assert is_as_planted(planted, found)


def test_in_a_whole_rota_too_the_set_is_the_one_that_was_planted():
    base = make("s")
    filled = first_plan(base)
    for seed in range(5):
        planted = plant(base, seed)
        plan = Plan(planted.plan.placements | filled.placements)
        assert is_as_planted(planted, answer(planted.problem, plan, planted.ask, SECONDS))


@pytest.mark.parametrize("seed", range(40))
def test_an_ask_is_impossible_just_when_no_choice_of_cells_meets_it(seed):
    problem = tiny_problem(f"ask {seed}", duties=3)
    answering = Answering(problem, Plan.of(problem.pins), tiny_ask(problem, seed), SECONDS)
    found = answering.answer()
    asking = answering.asking
    groups = [group for group in asking.groups_at(range(len(asking.placements.cells)))]
    held = [group for group in groups if asking.is_held(group)]
    firm = [*asking.firm, *asking.bank_rows]
    met = [
        chosen
        for chosen in every_choice(asking)
        if not any(row.excess(chosen) for row in firm) and all(group.is_kept_in(chosen) for group in held)
    ]
    assert (found.verdict is Verdict.POSSIBLE) == bool(met)
    for way in found.ways:
        chosen = asking.placements.chosen_in(way.plan)
        assert not any(row.excess(chosen) for row in asking.firm), "the way does not meet the ask"
        gone = {(each.code, each.first) for each in way.lets_go}
        broken = {group.key for group in held if not group.is_kept_in(chosen)}
        assert {(key.code, key.first) for key in broken} <= gone, "the way breaks what it does not tell"
        assert not any(each.severity == "H0" and each.code not in ("R02", "R34") for each in way.lets_go)


def every_choice(asking):
    cells = [
        number for number, cell in enumerate(asking.placements.cells) if not cell.person.startswith("bank")
    ]
    for size in range(len(cells) + 1):
        yield from map(frozenset, combinations(cells, size))


def tiny_ask(problem, seed):
    chance = Random(seed)
    duties = [duty.number for duty in problem.duties]
    works = {
        Placement(chance.choice(problem.people).key, chance.choice(duties))
        for _ in range(chance.choice((0, 1, 2)))
    }
    cover = Cover(frozenset(chance.sample(duties, chance.choice((1, 2)))), chance.choice((1, 2)))
    off = {Off(chance.choice(problem.people).key, chance.choice(problem.sessions).number)}
    return Ask(
        works=frozenset(works),
        off=frozenset(off) if chance.random() < 0.5 else frozenset(),
        cover=(cover,) if not works or chance.random() < 0.3 else (),
        keeps_cover=chance.random() < 0.5,
        keeps_wishes=chance.random() < 0.5,
    )


@pytest.mark.parametrize("seed", range(25))
def test_what_is_possible_breaks_no_rule_further(seed):
    problem = tiny_problem(f"possible {seed}", [code for code in CODES if code != "R34"], duties=3, pins=0)
    found = answer(problem, Plan(), tiny_ask(problem, seed), SECONDS)
    if found.verdict is Verdict.POSSIBLE:
        [way] = found.ways
        assert not sizes_by_rule(breaches(problem, way.plan)) - sizes_by_rule(breaches(problem, Plan()))


def three_doctors(**given):
    people = [make_person("amy"), make_person("bob", **given), make_person("cat", role="Nurse")]
    duties = [
        make_duty(0, AM, minimum=1, desired=1, maximum=3),
        make_duty(1, AM, site="OAK", minimum=1, desired=1),
    ]
    return make_problem(people, duties, (AM, PM), *RULES)


def test_who_is_needed_elsewhere_is_named_with_the_duty_that_would_be_short():
    problem = three_doctors()
    plan = Plan.of([Placement("amy", 0), Placement("bob", 1)])
    two = Ask(cover=(cover_at(problem, AM.number, "ELM", frozenset({"GP"}), 2),))
    found = answer(problem, plan, two, SECONDS)
    assert [each.said for each in found.obstacles] == [
        "Amy Example would be in more than one place on Mon 1 Mar AM.",
        "Bob Example would be in more than one place on Mon 1 Mar AM.",
        "Surgery (GP, Oak Surgery) on Mon 1 Mar AM is 1 short of its minimum of 1.",
    ]
    assert [way.kind for way in found.ways] == [WayKind.BANK, WayKind.SHORT]
    bank, short = found.ways
    assert (bank.effect.short_before, bank.effect.short_after, bank.people) == (0, 0, ())
    assert (short.effect.short_after, short.people) == (1, ("Bob Example",))


def test_whoever_is_to_be_off_is_replaced_or_those_who_cannot_come_are_named():
    problem = three_doctors()
    for plan, verdict in (
        (Plan.of([Placement("amy", 0)]), Verdict.POSSIBLE),
        (Plan.of([Placement("amy", 0), Placement("bob", 1)]), Verdict.IMPOSSIBLE),
    ):
        found = answer(problem, plan, Ask(off=frozenset({Off("amy", AM.number)})), SECONDS)
        assert found.verdict is verdict
        if verdict is Verdict.POSSIBLE:
            assert found.ways[0].people == ("Amy Example", "Bob Example")
    # One of the two surgeries would be left, whoever of the two is off.
    assert [each.code for each in found.obstacles] == ["R01", "R06", "R06"]
    assert [way.kind for way in found.ways] == [WayKind.BANK, WayKind.SHORT]


def test_where_other_duties_may_be_left_short_people_are_moved():
    problem = three_doctors()
    plan = Plan.of([Placement("amy", 0), Placement("bob", 1)])
    ask = Ask(cover=(Cover(frozenset({0}), 2),), keeps_cover=False)
    [way] = answer(problem, plan, ask, SECONDS).ways
    assert (way.kind, [(move.before, move.after) for move in way.moves]) == (WayKind.MOVE, [(1, 0)])


def test_whoever_does_not_usually_work_then_can_be_asked_and_whoever_is_on_leave_cannot():
    for absent, kinds in ((frozenset(), [WayKind.ASK, WayKind.BANK]), (frozenset({0}), [WayKind.BANK])):
        problem = three_doctors(unavailable={0: "away"}, absent=absent)
        askable = {"bob": frozenset({0}) - absent}
        ask = Ask(cover=(Cover(frozenset({0}), 2),), askable=askable, keeps_cover=False)
        found = answer(problem, Plan.of([Placement("amy", 0)]), ask, SECONDS)
        assert [each.said for each in found.obstacles] == [
            "Bob Example is unavailable on Mon 1 Mar AM: away."
        ]
        assert found.obstacles[0].said_to_peers == "Bob Example is not available."
        assert [way.kind for way in found.ways] == kinds


def test_a_wish_stands_in_the_way_only_where_wishes_are_kept():
    problem = three_doctors(wishes=(Wish(frozenset({AM.number}), works=False, strength=5),))
    ask = Ask(cover=(Cover(frozenset({0}), 2),), keeps_cover=False)
    kept = answer(problem, Plan(), ask, SECONDS)
    assert [(each.code, each.person) for each in kept.obstacles] == [("R32", "bob")]
    assert [way.kind for way in kept.ways] == [WayKind.ASK, WayKind.BANK]
    assert answer(problem, Plan(), replace(ask, keeps_wishes=False), SECONDS).verdict is Verdict.POSSIBLE


def test_a_rule_that_somebody_may_set_aside_is_a_way_and_a_law_is_none():
    problem = three_doctors(inductions={})
    found = answer(problem, Plan(), Ask(works=frozenset({Placement("bob", 0)})), SECONDS)
    assert [(each.code, each.severity) for each in found.obstacles] == [("R05", "H1")]
    assert [way.kind for way in found.ways] == [WayKind.OVERRIDE]
    law = replace(
        problem, rules=tuple(replace(each, severity="H0") for each in problem.rules if each.code == "R05")
    )
    assert answer(law, Plan(), Ask(works=frozenset({Placement("bob", 0)})), SECONDS).ways == ()


def test_a_pin_in_the_way_can_be_taken_out():
    problem = replace(three_doctors(), pins=(Placement("bob", 1),))
    ask = Ask(works=frozenset({Placement("bob", 0)}), keeps_cover=False)
    found = answer(problem, Plan.of(problem.pins), ask, SECONDS)
    assert sorted(each.code for each in found.obstacles) == ["R01", "R34"]
    [way] = found.ways
    assert (way.kind, way.people) == (WayKind.UNPIN, ("Amy Example", "Bob Example"))
    assert (way.effect.short_after, way.effect.breaks) == (0, ())


def test_whoever_stands_where_a_rule_keeps_them_off_by_now_is_there_all_the_same():
    problem = three_doctors(inductions={})
    plan = Plan.of([Placement("amy", 0), Placement("bob", 1)])
    found = answer(problem, plan, Ask(cover=(Cover(frozenset({1}), 1),)), SECONDS)
    assert (found.verdict, found.ways[0].moves, found.ways[0].plan) == (Verdict.POSSIBLE, (), plan)


def test_more_people_than_have_the_role_need_no_rule_to_be_impossible():
    found = answer(three_doctors(), Plan(), Ask(cover=(Cover(frozenset({0}), 9),)), SECONDS)
    assert (found.verdict, found.obstacles) == (Verdict.IMPOSSIBLE, ())


def test_without_time_the_answer_says_so():
    ask = Ask(cover=(Cover(frozenset({0}), 2),))
    assert answer(three_doctors(), Plan(), ask, seconds=1e-9).verdict is Verdict.NOT_KNOWN


def test_cover_that_stands_in_the_way_is_named_by_its_own_duty_and_no_other():
    people = [make_person("cat", role="Nurse"), *(make_person(key) for key in ("amy", "bob", "dan"))]
    duties = [
        make_duty(0, AM, roles=frozenset({"Nurse"}), role_group="Nurse", minimum=1, desired=1),
        make_duty(1, AM, minimum=1, desired=1, maximum=3),
        make_duty(2, AM, site="OAK", minimum=1, desired=1),
        make_duty(3, AM, site="OAK", minimum=1, desired=1, role_group="Registrar"),
    ]
    problem = make_problem(people, duties, (AM, PM), *RULES)
    plan = Plan.of([Placement(person.key, duty.number) for person, duty in zip(people, duties, strict=True)])
    found = answer(problem, plan, Ask(cover=(Cover(frozenset({1}), 3),)), SECONDS)
    said = [each.said for each in found.obstacles if each.code == "R06"]
    assert said
    assert not any("Nurse" in each for each in said)
    assert len(set(said)) == len(said)

"""Clinics and the rota are one problem: the same people, the same rooms, the same hours."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.solver.limits import Limits
from rota.solver.result import TIERS, Status
from rota.solver.search.start import Filling, admits, filled
from rota.solver.staff_rota import Ask, Commitment, Part, answer, fill
from rota.solver.staff_rota.archive import plan_from_json, plan_to_json, problem_from_json, problem_to_json
from rota.solver.staff_rota.ask import Off, Verdict
from rota.solver.staff_rota.clinic_hold import with_clinics_held
from rota.solver.staff_rota.clinic_start import ClinicStart
from rota.solver.staff_rota.model import RotaModel
from rota.solver.staff_rota.repair import repairs
from tests.rota.solver.makers import make_duty, make_rule, make_sessions
from tests.rota.solver.one_stop import (
    BOTH,
    HEART,
    make_bundle,
    make_clinics,
    make_kind,
    make_team,
    one_clinic,
    plan_with,
)
from tests.rota.solver.tiny_clinics import CLINIC_CODES, ROTA_CODES, some_plans, tiny_clinics

EXACT = Limits(seconds=20, workers=1, seed=1, deterministic=True)
ALL = CLINIC_CODES + ROTA_CODES
AM, PM = make_sessions()
TEAM = tuple(make_rule(code) for code in ("R01", "R02", "R03", "C01", "C02", "C03", "C11", "C12", "C22"))


@pytest.mark.parametrize("seed", range(10))
def test_nobody_is_ever_in_two_places(seed):
    problem = tiny_clinics(f"joint {seed}", ALL, openings=3)
    plan = fill(replace(problem, pins=()), EXACT).plan
    for person in problem.people:
        duties = [problem.duty_by_number[each.duty] for each in plan.placements if each.person == person.key]
        assert max(Counter(duty.session for duty in duties).values(), default=0) <= 1
        assert not {duty.session for duty in duties} & person.unavailable.keys()
        for kept in person.commitments:
            assert kept.protected or not any(
                duty.starts < kept.ends and kept.starts < duty.ends for duty in duties
            )
    seats = problem.clinics.seat_of
    assert all(seats[each.duty][0].number in plan.openings for each in plan.placements if each.duty in seats)


def test_who_is_kept_for_a_meeting_or_away_does_not_sit_in_a_clinic():
    morning = make_duty(0, AM)
    meeting = Commitment(0, "MDT meeting", morning.starts, morning.ends)
    gus, nia = make_team("gus", "nia")
    for busy in (replace(gus, commitments=(meeting,)), replace(gus, unavailable={0: "annual leave"})):
        problem = make_clinics(
            [busy, nia], [(HEART, "ELM", 0), (HEART, "ELM", 1)], *TEAM, bundles=(make_bundle(),)
        )
        assert fill(problem, EXACT).plan == plan_with(
            ("gus", 110), ("nia", 111), openings=[1], served=[(0, 1, 3)]
        )


@pytest.mark.parametrize(("people", "is_opened"), [(3, True), (5, True), (1, False)])
def test_releasing_somebody_counts_as_what_the_rota_lacks_for_it(people, is_opened):
    # One who is missing on the duty costs 100, and each who is not seen 10.
    bundle = make_bundle(disciplines=["medicine"], count=4, weight=people)
    surgery = make_duty(0, AM, minimum=1, desired=1)
    kind = make_kind(seats=HEART.seats[:1])
    rules = *TEAM, make_rule("R06")
    problem = make_clinics(make_team("gus"), [(kind, "ELM", 0)], *rules, duties=[surgery], bundles=(bundle,))
    result = fill(problem, EXACT)
    assert bool(result.plan.openings) is is_opened
    assert result.cost_by_tier["T1"] == (100 if is_opened else 40)


def test_the_fewest_and_fullest_clinics_are_opened():
    held = [(HEART, "ELM", session) for session in (0, 1)]
    problem = make_clinics(make_team("gus", "nia"), held, *TEAM, bundles=(make_bundle(count=3),))
    result = fill(problem, EXACT)
    assert result.status is Status.OPTIMAL
    assert len(result.plan.openings) == 1
    assert result.cost_by_tier == {"T1": 0, "T5": 5}


def test_clinics_beside_the_part_that_is_asked_for_stay_closed():
    kind = make_kind(seats=(HEART.seats[0], replace(HEART.seats[1], needed=0, safe=0)))
    problem = one_clinic(*TEAM, kind=kind, bundles=(make_bundle(disciplines=["medicine"]),))
    for duties, openings in ((None, {0}), ({100}, set()), ({100, 101}, {0})):
        part = Part(frozenset(duties)) if duties else None
        assert fill(replace(problem, part=part), EXACT).plan.openings == openings


def test_a_published_clinic_is_kept_though_another_would_see_as_many():
    held = [(HEART, "ELM", session) for session in (0, 1)]
    problem = make_clinics(make_team("gus", "nia"), held, *TEAM, make_rule("C21"), bundles=(make_bundle(),))
    for published in (0, 1):
        openings = (replace(each, is_published=each.number == published) for each in problem.clinics.openings)
        told_of = replace(problem, clinics=replace(problem.clinics, openings=tuple(openings)))
        assert fill(told_of, EXACT).plan.openings == {published}


@pytest.mark.parametrize("seed", range(12))
def test_the_first_plan_breaks_nothing_that_pins_do_not_break(seed):
    problem = tiny_clinics(f"first {seed}", ALL, openings=3)
    built = RotaModel(problem)
    placements, rows = built.placements, built.rows
    filling = Filling(placements.count, rows, placements.pinned, TIERS)
    ClinicStart(placements, rows, filling).open()
    assert admits(rows, placements.pinned, filling.chosen)
    assert admits(rows, placements.pinned, filled(filling, built.needs, TIERS))


def test_the_first_plan_has_clinics():
    problem = one_clinic(*TEAM, bundles=(make_bundle(),))
    built = RotaModel(problem)
    filling = Filling(built.placements.count, built.rows, (), TIERS)
    ClinicStart(built.placements, built.rows, filling).open()
    whole = plan_with(*BOTH, openings=[0], served=[(0, 0, 3)])
    assert built.placements.plan_of(frozenset(filling.chosen)) == whole


@pytest.mark.parametrize("rules", [TEAM, TEAM[:-1]])
def test_a_clinic_that_nobody_needs_is_not_opened_by_hand(rules):
    built = RotaModel(one_clinic(*rules))
    filling = Filling(built.placements.count, built.rows, (), TIERS)
    ClinicStart(built.placements, built.rows, filling).open()
    assert not filling.chosen


def test_as_many_as_fit_can_be_sent_and_any_number_below():
    for most in range(1, 40):
        kind = make_kind(seats=(replace(HEART.seats[0], throughput=most),))
        problem = one_clinic(*TEAM, kind=kind, bundles=(make_bundle(disciplines=["medicine"], count=99),))
        cells = RotaModel(problem).placements.clinics
        for number in range(1, most + 1):
            sent = plan_with(served=[(0, 0, number)]).served
            assert cells.served_in(set(cells.chosen_in((), sent))) == sent
        (bundle,), (opening,) = problem.clinics.bundles, problem.clinics.openings
        assert cells.served(bundle, opening).greatest == most


@settings(max_examples=25, deadline=None)
@given(st.integers())
def test_what_cells_say_of_a_plan_is_that_plan(seed):
    problem = tiny_clinics(seed, [])
    placements = RotaModel(problem).placements
    for plan in some_plans(problem, seed, 5):
        assert placements.plan_of(placements.chosen_in(plan)) == plan


@settings(max_examples=25, deadline=None)
@given(st.integers())
def test_clinics_and_plans_of_them_come_back_as_they_were(seed):
    problem = tiny_clinics(seed, ALL)
    assert problem_from_json(problem_to_json(problem)) == problem
    for plan in some_plans(problem, seed, 3):
        assert plan_from_json(plan_to_json(plan)) == plan


SICK_BAY = make_clinics(
    make_team("gus", "gil", "nia"),
    [(HEART, "ELM", 0), (HEART, "ELM", 1)],
    *(make_rule(code) for code in ("R01", "R02", "R03", "R06", "R34")),
    *TEAM[3:],
    bundles=(make_bundle(count=4),),
)


def test_clinics_that_are_held_have_places_taken_and_the_others_take_nobody():
    held = with_clinics_held(SICK_BAY, plan_with(*BOTH, openings=[0], served=[(0, 0, 3)]))
    assert [(each.number, each.is_fixed, dict(each.taken)) for each in held.clinics.openings] == [
        (0, True, {"medicine": 3, "nursing": 3})
    ]
    assert [(duty.minimum, duty.maximum) for duty in held.duties] == [(1, 1), (1, 2), (0, 0), (0, 0)]
    assert with_clinics_held(held, plan_with(*BOTH)) is held


def test_a_repair_gives_a_clinic_somebody_else_and_opens_none():
    plan = plan_with(*BOTH, openings=[0], served=[(0, 0, 3)])
    best = repairs(SICK_BAY, plan, {"gus": frozenset({0, 1})}, replace(EXACT, seconds=5))[0]
    assert best.plan == plan_with(("gil", 100), ("nia", 101), openings=[0], served=[(0, 0, 3)])


def test_an_ask_for_a_day_off_finds_somebody_else_for_the_clinic():
    plan = plan_with(*BOTH, openings=[0])
    found = answer(SICK_BAY, plan, Ask(off=frozenset({Off("gus", 0)})), 10)
    assert found.verdict is Verdict.POSSIBLE
    assert found.ways[0].plan.placements == plan_with(("gil", 100), ("nia", 101)).placements

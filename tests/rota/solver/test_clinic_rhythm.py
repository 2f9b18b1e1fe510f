"""What the rules say of whom clinics see, how often they are held, and how steadily."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rota.solver.staff_rota import (
    costs,
)
from tests.rota.solver.makers import MONDAY, make_rule, make_sessions
from tests.rota.solver.one_stop import (
    BOTH,
    HEART,
    NEAR,
    broken,
    make_bundle,
    make_clinics,
    make_kind,
    make_team,
    one_clinic,
    plan_with,
    told,
    with_openings,
)


def test_whoever_is_not_seen_in_one_visit_costs_twice_what_a_late_visit_does():
    bundles = (make_bundle(due=MONDAY - timedelta(1), weight=3),)
    problem = one_clinic(make_rule("C11"), bundles=bundles)
    assert told(problem, plan_with()) == [
        ("T1", 90, "North, medicine and nursing: 3 of 3 people are not seen in one visit.")
    ]
    assert told(problem, plan_with(*BOTH, openings=[0], served=[(0, 0, 2)])) == [
        ("T1", 30, "North, medicine and nursing: 1 of 3 people are not seen in one visit."),
        ("T1", 30, "North, medicine and nursing: 2 of 3 people are seen after they are due."),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"home": "ELM", "longest_minutes": 0}, None),
        ({"home": "OAK", "longest_minutes": 20}, None),
        ({"home": "OAK", "longest_minutes": 19}, "Elm Surgery is 20 minutes away, and 19 is the most."),
        ({"needs_step_free": True}, "Elm Surgery is not step-free."),
    ],
)
def test_nobody_is_sent_where_they_cannot_go(given, said):
    problem = one_clinic(make_rule("C14"), bundles=(make_bundle(**given),), sites=NEAR)
    found = broken(problem, plan_with(*BOTH, openings=[0], served=[(0, 0, 1)]))
    assert [each.split("out of reach: ")[1] for each in found] == ([said] if said else [])


def series_of(*days, rule, kind=HEART, weeks=4, **given):
    calendar = make_sessions(days=7 * weeks, kinds=("AM",))
    return make_clinics([], [(kind, "ELM", day) for day in days], rule, sessions=calendar, **given)


def test_clinics_are_held_as_often_as_agreed():
    problem = series_of(0, 7, 14, rule=make_rule("C08"), kind=make_kind(every=(2, 2)))
    assert told(problem, plan_with(openings=[0])) == [
        ("T2", 20, "Heart one-stop for North is held 1 time, and should be at least 2.")
    ]
    assert not told(problem, plan_with(openings=[0, 2]))
    assert told(problem, plan_with(openings=[0, 1, 2])) == [
        ("T2", 20, "Heart one-stop for North is held 3 times, and should be at most 2.")
    ]


def test_two_clinics_cost_more_the_nearer_they_are():
    problem = series_of(0, 7, 12, 14, rule=make_rule("C09"), kind=make_kind(fewest_days_apart=14))
    amounts = [
        sum(cost.amount for cost in costs(problem, plan_with(openings=[0, other]))) for other in (1, 2, 3)
    ]
    assert amounts == [7 * 5, 2 * 5, 0]


def test_in_a_blueprint_the_last_clinic_is_near_the_first():
    kind, rule = make_kind(fewest_days_apart=7), make_rule("C09")
    ends = plan_with(openings=[0, 1])
    assert not told(series_of(0, 12, rule=rule, kind=kind, weeks=2), ends)
    said = "Heart one-stop for North is held sooner than 7 days after the one before, by 5 days in all."
    assert told(series_of(0, 12, rule=rule, kind=kind, weeks=2, blueprint_weeks=2), ends) == [
        ("T4", 25, said)
    ]


def test_clinics_keep_to_one_weekday_half_day_and_site():
    problem = series_of(0, 7, 9, rule=make_rule("C10"))
    assert not told(problem, plan_with(openings=[0, 1]))
    patterns = "Monday AM at Elm Surgery, Wednesday AM at Elm Surgery"
    said = f"Heart one-stop for North is held in 2 patterns: {patterns}."
    assert told(problem, plan_with(openings=[0, 1, 2])) == [("T4", 8, said)]


@pytest.mark.parametrize(("days", "amount"), [(60, 10), (20, 30), (10, 80), (1, 200)])
def test_closing_a_published_clinic_costs_ten_times_what_a_person_does(days, amount):
    problem = one_clinic(make_rule("C21"), make_rule("R35"), today=MONDAY - timedelta(days))
    problem = with_openings(problem, is_published=True)
    assert not told(problem, plan_with(*BOTH, openings=[0]))
    said = "Heart one-stop at Elm Surgery on Mon 1 Mar AM was published and is closed."
    assert told(problem, plan_with()) == [("TS", amount, said)]
    gone = replace(problem, published=tuple(plan_with(("gus", 100)).placements))
    assert next(cost.amount for cost in costs(gone, plan_with(openings=[0]))) == amount // 10


def test_clinics_of_a_month_are_counted_for_each_person():
    calendar = make_sessions(days=40, kinds=("AM",))
    held = [(HEART, "ELM", day) for day in (0, 3, 39)]
    problem = make_clinics(make_team("gus"), held, make_rule("C18", most=1), sessions=calendar)
    assert told(problem, plan_with(("gus", 100), ("gus", 110), ("gus", 120))) == [
        ("T3", 5, "Gus Example has 2 clinic sessions in March, 1 above the usual most.")
    ]


def test_each_clinic_costs_a_little():
    problem = one_clinic(make_rule("C22"))
    assert [(tier, amount) for tier, amount, _ in told(problem, plan_with(openings=[0]))] == [("T5", 5)]

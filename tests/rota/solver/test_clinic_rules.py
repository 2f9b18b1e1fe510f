"""What the rules of one-stop clinics say, in sentences."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rota.solver.staff_rota import (
    Commitment,
    Kit,
    Learner,
    Payer,
    Seat,
)
from tests.rota.solver.makers import make_duty, make_person, make_rule, make_sessions, make_site
from tests.rota.solver.one_stop import (
    BOTH,
    DOCTOR,
    FAR,
    HEART,
    LUNGS,
    NEAR,
    NURSE,
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

AM, PM = make_sessions()


def test_nobody_sits_in_a_clinic_that_is_not_opened():
    problem = one_clinic(make_rule("C01"), bundles=(make_bundle(),))
    assert broken(problem, plan_with(("gus", 100))) == [
        "Heart one-stop at Elm Surgery on Mon 1 Mar AM is not opened, but has GP in it."
    ]
    assert broken(problem, plan_with(served=[(0, 0, 2)])) == [
        "Heart one-stop at Elm Surgery on Mon 1 Mar AM is not opened, but 2 people are sent there."
    ]
    assert not broken(problem, plan_with(*BOTH, openings=[0]))


def test_a_clinic_takes_no_more_than_it_has_seats():
    problem = one_clinic(make_rule("C01"), people=("gus", "gil", "nia"))
    plan = plan_with(("gil", 100), *BOTH, openings=[0])
    assert broken(problem, plan) == [
        "Heart one-stop at Elm Surgery on Mon 1 Mar AM has 1 more than it takes (GP)."
    ]
    # Where it is held anyway somebody put them there: it costs, and breaks nothing.
    fixed = with_openings(problem, is_fixed=True)
    assert not broken(fixed, plan)
    assert [(tier, amount) for tier, amount, _ in told(fixed, plan)] == [("T2", 5)]


def test_a_learner_takes_a_learners_place_and_no_seat():
    rex = make_person("rex", role="Registrar", learner=Learner("GP registrar", 30))
    for learners, said in ((1, []), (0, ["has 1 more learners than it has places for."])):
        kind = make_kind(learners=learners)
        problem = make_clinics(
            [*make_team("gus", "nia"), rex], [(kind, "ELM", 0)], make_rule("C01"), make_rule("R13")
        )
        found = broken(problem, plan_with(("rex", 100), *BOTH, openings=[0]))
        assert [each.removeprefix("Heart one-stop at Elm Surgery on Mon 1 Mar AM ") for each in found] == said


def test_a_learner_in_a_clinic_is_not_one_too_many_of_a_line():
    rex = make_person("rex", role="Registrar", learner=Learner("GP registrar", 30))
    rules = make_rule("R08"), make_rule("R13")
    problem = make_clinics([*make_team("gus", "nia"), rex], [(make_kind(learners=1), "ELM", 0)], *rules)
    assert not told(problem, plan_with(("rex", 100), *BOTH, openings=[0]))


def test_a_clinic_is_opened_with_its_team_and_safe_or_not_at_all():
    three = make_kind(seats=(DOCTOR, replace(NURSE, needed=2, safe=1)))
    problem = one_clinic(make_rule("C02"), make_rule("C03"), kind=three)
    assert broken(problem, plan_with(*BOTH, openings=[0])) == [
        "Heart one-stop at Elm Surgery on Mon 1 Mar AM is without 1 of the 2 it must have (Nurse)."
    ]
    assert broken(problem, plan_with(("gus", 100), openings=[0])) == [
        "Heart one-stop at Elm Surgery on Mon 1 Mar AM is without 2 of the 2 it must have (Nurse).",
        "Heart one-stop at Elm Surgery on Mon 1 Mar AM is without 1 of the 1 it must have (Nurse).",
    ]
    assert not broken(problem, plan_with())


def test_what_is_held_anyway_costs_more_the_less_safe_it_is():
    rules = make_rule("C02"), make_rule("C03"), make_rule("R06")
    problem = with_openings(one_clinic(*rules), is_fixed=True)
    without_nurse, empty = plan_with(("gus", 100)), plan_with()
    assert not broken(problem, empty)
    assert [(tier, amount) for tier, amount, _ in told(problem, plan_with(*BOTH))] == []
    assert [said for _, _, said in told(problem, without_nurse)] == [
        "Heart one-stop at Elm Surgery on Mon 1 Mar AM is not safe: 1 missing (Nurse).",
        "Surgery (GP, Elm Surgery) on Mon 1 Mar AM is 1 short of its minimum of 1.",
    ]
    assert "Heart one-stop at Elm Surgery on Mon 1 Mar AM must close: 1 missing (GP)." in [
        said for _, _, said in told(problem, empty)
    ]


def test_what_is_held_anyway_is_safe_with_fewer_than_it_needs():
    kind = make_kind(seats=(replace(DOCTOR, needed=2, safe=1, degraded=1, most=2),))
    problem = with_openings(one_clinic(make_rule("C03"), kind=kind), is_fixed=True)
    assert not told(problem, plan_with(("gus", 100)))
    assert [amount for _, amount, _ in told(problem, plan_with())] == [50, 50]


def test_clinics_and_the_rota_share_the_rooms_of_a_site():
    kind = make_kind(rooms={"group": 1, "clinic": 1})
    surgery = make_duty(0, AM, room="clinic")
    sites = (make_site("ELM", rooms={"clinic": 1}), make_site("OAK"))
    problem = make_clinics(
        make_team("gil"), [(kind, "ELM", 0)], make_rule("R27"), duties=[surgery], sites=sites
    )
    assert broken(problem, plan_with(("gil", 0), openings=[0])) == [
        "Elm Surgery has 1 rooms of type clinic and needs 2 on Mon 1 Mar AM.",
        "Elm Surgery has 0 rooms of type group and needs 1 on Mon 1 Mar AM.",
    ]
    assert not broken(problem, plan_with(("gil", 0)))


def kits(*held, kit, sites=NEAR, **given):
    kind = make_kind(seats=(DOCTOR,), equipment={"camera": 1})
    return make_clinics([], [(kind, *each) for each in held], make_rule("C06"), kit=kit, sites=sites, **given)


@pytest.mark.parametrize(
    ("held", "kit", "sites", "wrong"),
    [
        ([("ELM", 0)], (), NEAR, 1),
        ([("ELM", 0)], (Kit("camera", 1, "ELM"),), NEAR, 0),
        ([("ELM", 0)], (Kit("camera", 1, "OAK"),), NEAR, 1),
        ([("ELM", 0), ("OAK", 0)], (Kit("camera", 1),), NEAR, 1),
        ([("ELM", 0), ("OAK", 0)], (Kit("camera", 1), Kit("camera", 1, "OAK")), NEAR, 0),
        ([("ELM", 0), ("OAK", 1)], (Kit("camera", 1),), NEAR, 0),
        ([("ELM", 0), ("OAK", 1)], (Kit("camera", 1),), FAR, 1),
        ([("ELM", 0), ("ELM", 1)], (Kit("camera", 1),), FAR, 0),
        ([("ELM", 0), ("OAK", 1)], (Kit("camera", 2),), FAR, 0),
    ],
)
def test_equipment_is_where_it_stands_or_where_it_can_be_brought_in_time(held, kit, sites, wrong):
    problem = kits(*held, kit=kit, sites=sites)
    assert len(broken(problem, plan_with(openings=range(len(held))))) == wrong
    assert not broken(problem, plan_with())


def test_equipment_that_cannot_be_there_is_named_with_its_places():
    problem = kits(("ELM", 0), ("OAK", 1), kit=(Kit("camera", 1),), sites=FAR)
    assert broken(problem, plan_with(openings=[0, 1])) == [
        "Elm Surgery on Mon 1 Mar AM and Oak Surgery on Mon 1 Mar PM: "
        "2 of camera are needed, and 1 can be there."
    ]


def test_dental_care_is_given_only_where_the_contract_allows_it():
    chair = Seat("Dentist", "dentistry", needed=1, safe=1, degraded=1, most=1, throughput=5)
    kind = make_kind("mouth", seats=(chair,))
    problem = make_clinics(
        make_team("dan"),
        [(kind, "ELM", 0), (kind, "OAK", 1)],
        make_rule("C07"),
        licences={"dentistry": frozenset({"OAK"})},
    )
    assert broken(problem, plan_with(("dan", 100), ("dan", 110))) == [
        "No contract allows dentistry at Elm Surgery."
    ]


def test_no_discipline_sees_more_people_than_those_who_are_there_can():
    problem = one_clinic(make_rule("C12"), bundles=(make_bundle(count=4), make_bundle(1, ["medicine"], 1)))
    said = "Heart one-stop at Elm Surgery on Mon 1 Mar AM has 4 people sent to nursing, which can see 3."
    assert broken(problem, plan_with(*BOTH, openings=[0], served=[(0, 0, 4)])) == [said]
    assert not broken(problem, plan_with(*BOTH, openings=[0], served=[(0, 0, 3), (1, 0, 1)]))
    assert broken(problem, plan_with(*BOTH, openings=[0], served=[(1, 0, 2)])) == [
        "North: 2 people are to be seen, and there are 1."
    ]


def test_places_given_away_that_can_no_longer_be_kept_cost_and_break_nothing():
    problem = with_openings(one_clinic(make_rule("C12")), is_fixed=True, taken={"nursing": 3})
    assert not told(problem, plan_with(*BOTH))
    without_nurse = plan_with(("gus", 100))
    assert not broken(problem, without_nurse)
    assert told(problem, without_nurse) == [
        (
            "T1",
            300,
            "Heart one-stop at Elm Surgery on Mon 1 Mar AM has 3 places for nursing, which can see 0.",
        )
    ]


def test_what_is_worth_having_together_is_missed_when_one_is_not_there():
    kind = make_kind(seats=(DOCTOR, replace(NURSE, needed=0, safe=0)), together=(("medicine", "nursing"),))
    problem = one_clinic(make_rule("C15"), kind=kind)
    assert not told(problem, plan_with(*BOTH, openings=[0]))
    assert told(problem, plan_with(("gus", 100), openings=[0])) == [
        (
            "T2",
            10,
            "Heart one-stop at Elm Surgery on Mon 1 Mar AM does not have medicine and nursing together.",
        )
    ]
    assert not told(problem, plan_with())


def test_a_huddle_has_the_whole_core_at_its_start():
    starts = datetime(2027, 3, 1, 9)
    for ends, amounts in ((starts + timedelta(hours=1), [10]), (starts, [])):
        kept = Commitment(0, "study", starts - timedelta(hours=1), ends, protected=True)
        gus, nia = make_team("gus", "nia")
        people = [replace(gus, commitments=(kept,)), nia]
        problem = make_clinics(people, [(make_kind(huddle=True), "ELM", 0)], make_rule("C16"))
        found = told(problem, plan_with(*BOTH, openings=[0]))
        assert [amount for _, amount, _ in found] == amounts
        assert all("without Gus Example" in said for _, _, said in found)


def test_a_core_that_is_never_there_at_once_has_no_huddle():
    problem = one_clinic(make_rule("C16"), kind=make_kind(huddle=True))
    early, late = problem.duties
    late = replace(late, starts=early.ends - timedelta(minutes=20))
    problem = replace(problem, duties=(early, late))
    assert [said for _, _, said in told(problem, plan_with(*BOTH, openings=[0]))] == [
        "Heart one-stop at Elm Surgery on Mon 1 Mar AM has no time at which its whole core is there."
    ]


def test_unused_places_for_learners_cost_as_far_as_there_are_learners():
    rex = make_person("rex", role="Registrar", learner=Learner("GP registrar", 30))
    rules, kind = (make_rule("C17"), make_rule("R13")), make_kind(learners=2)
    problem = make_clinics([*make_team("gus", "nia"), rex], [(kind, "ELM", 0)], *rules)
    assert [amount for _, amount, _ in told(problem, plan_with(*BOTH, openings=[0]))] == [3]
    assert not told(problem, plan_with(("rex", 100), *BOTH, openings=[0]))
    assert not told(one_clinic(*rules, kind=kind), plan_with(*BOTH, openings=[0]))


@pytest.mark.parametrize(
    ("kinds", "rooms", "minutes", "wrong"),
    [
        ((HEART, LUNGS), 2, 90, 1),
        ((HEART, LUNGS), 2, 60, 0),
        ((HEART, HEART), 2, 90, 0),
        ((HEART, LUNGS), 4, 90, 0),
    ],
)
def test_rooms_are_set_up_between_two_types_of_clinic(kinds, rooms, minutes, wrong):
    sites = (make_site("ELM", rooms={"clinic": rooms}), make_site("OAK"))
    held = [(kind, "ELM", session) for session, kind in enumerate(kinds)]
    rule = make_rule("C20", minutes=minutes)
    problem = make_clinics([], held, rule, seat={"room": "clinic"}, sites=sites)
    said = [
        "Lungs one-stop at Elm Surgery on Mon 1 Mar PM "
        "leaves less than 90 minutes to set up after Heart one-stop."
    ]
    assert broken(problem, plan_with(openings=[0, 1])) == said * wrong


def test_each_seat_has_a_payer_once_streams_are_recorded():
    payers = {"core": Payer(frozenset({"GP"}), frozenset({"Surgery"}))}
    plan = plan_with(("gus", 100))
    unpaid = one_clinic(make_rule("C23"), payers=payers)
    assert broken(unpaid, plan) == ["No funding stream pays for Gus Example in Surgery on Mon 1 Mar AM."]
    assert not broken(one_clinic(make_rule("C23"), payers=payers, seat={"streams": ("core",)}), plan)
    assert not broken(one_clinic(make_rule("C23")), plan)

"""Who could take an empty seat of a clinic, and how the clinic stands before and after."""

from dataclasses import replace

from rota.solver.staff_rota.clinic_standins import standing_of
from rota.solver.staff_rota.clinics import Level
from tests.rota.solver.clinic_makers import dentist, make_clinic_problem, make_kind, make_seat
from tests.rota.solver.makers import make_person, plan_of


def standing(problem, plan):
    opening, *others = problem.clinics.openings
    held = replace(problem.clinics, openings=(replace(opening, is_fixed=True), *others))
    problem = replace(problem, clinics=held)
    return standing_of(problem, plan, held.kind_of(opening), opening.duties)


def away(problem, *keys):
    people = (
        replace(person, unavailable={0: "ill"}, absent=frozenset({0})) if person.key in keys else person
        for person in problem.people
    )
    return replace(problem, people=tuple(people))


def test_a_clinic_with_its_whole_team_needs_nobody():
    found = standing(make_clinic_problem(), plan_of(("ann", 0), ("dan", 1)))
    assert (found.level, found.missing, found.stand_ins) == (Level.SAFE, (), ())


def test_losing_a_member_shows_the_level_and_who_brings_it_back():
    problem = away(make_clinic_problem(), "ann")
    found = standing(problem, plan_of(("ann", 0), ("dan", 1)))
    assert found.level is Level.DEGRADED
    assert found.missing == ("Nurse: 0 of the 1 needed",)
    assert [(each.candidate.person, each.level) for each in found.stand_ins] == [("bea", Level.SAFE)]
    (dan,) = (each for each in found.others if each.person == "dan")
    assert not dan.can


def test_nobody_who_works_elsewhere_stands_in():
    problem = away(make_clinic_problem(), "ann")
    other_nurse = problem.clinics.openings[1].duties[0]
    found = standing(problem, plan_of(("ann", 0), ("dan", 1), ("bea", other_nurse)))
    assert found.stand_ins == ()
    assert "bea" in {each.person for each in found.others}


def test_what_holds_the_clinic_back_comes_first():
    kind = make_kind(make_seat("Nurse", safe=0), make_seat("Dentist", degraded=1))
    people = [make_person("ann", role="Nurse"), make_person("bea", role="Nurse"), dentist(), dentist("eve")]
    found = standing(make_clinic_problem(kind, people=people), plan_of())
    assert found.level is Level.MUST_CLOSE
    assert [each.seat.group for each in found.stand_ins] == ["Dentist", "Dentist", "Nurse", "Nurse"]
    assert {each.level for each in found.stand_ins if each.seat.group == "Dentist"} == {Level.SAFE}
    assert {each.level for each in found.stand_ins if each.seat.group == "Nurse"} == {Level.MUST_CLOSE}


def test_what_placing_somebody_costs_is_told_and_ranks_them():
    people = [make_person("ann", role="Nurse", wishes=()), make_person("bea", role="Nurse"), dentist()]
    problem = away(make_clinic_problem(people=people), "dan")
    found = standing(problem, plan_of(("dan", 1)))
    assert [each.candidate.rank for each in found.stand_ins] == [1, 2]

"""A blueprint repeats itself, without anybody's leave, in the measure of its cycle."""

from dataclasses import replace
from datetime import date

import pytest

from rota.solver.staff_rota import Wish
from rota.solver.staff_rota.blueprint import blueprint_of
from rota.solver.staff_rota.clinic_core import core_of
from tests.rota.solver.clinic_makers import dentist, make_bundle, make_clinic_problem, make_kind
from tests.rota.solver.makers import make_duty, make_person, make_sessions, plan_of


def four_weeks(**given):
    return make_clinic_problem(days=28, **given)


@pytest.mark.parametrize("weeks", [1, 2, 4])
def test_a_cycle_has_its_own_weeks_and_people_who_wait_in_their_measure(weeks):
    bundles = (make_bundle(count=10), make_bundle(1, count=40, needs_step_free=True))
    found = blueprint_of(four_weeks(bundles=bundles, kind=make_kind(every=(2, 4))), weeks)
    assert len(found.days) == 7 * weeks
    assert found.clinics.blueprint_weeks == weeks
    assert {found.session_by_number[each.session].day for each in found.clinics.openings} == set(found.days)
    assert [bundle.count for bundle in found.clinics.bundles] == [-(-10 * weeks // 4), 10 * weeks]
    (kind,) = found.clinics.kinds
    assert kind.every == (2 * weeks // 4, weeks)


def test_leave_and_wishes_do_not_repeat_but_working_patterns_do():
    ann = make_person(
        "ann",
        role="Nurse",
        unavailable={0: "annual leave", 1: "working pattern", 50: "working pattern"},
        absent=frozenset({0}),
        credits={0: 240},
        wishes=(Wish(frozenset({2}), works=False, strength=1),),
    )
    found = blueprint_of(four_weeks(people=[ann, dentist()]), 1)
    (usual,) = (person for person in found.people if person.key == "ann")
    assert usual.unavailable == {1: "working pattern"}
    assert (usual.absent, usual.credits, usual.wishes) == (frozenset(), {}, ())


def test_due_dates_and_what_was_published_belong_to_dated_weeks():
    problem = four_weeks(bundles=(replace(make_bundle(), due=date(2027, 3, 9)),))
    openings = tuple(replace(each, is_published=True) for each in problem.clinics.openings)
    found = blueprint_of(replace(problem, clinics=replace(problem.clinics, openings=openings)), 2)
    assert not any(each.is_published for each in found.clinics.openings)
    assert [bundle.due for bundle in found.clinics.bundles] == [None]


def test_other_cycles_are_refused():
    with pytest.raises(ValueError, match="every 1, 2 or 4 weeks, not every 3"):
        blueprint_of(four_weeks(), 3)


def test_only_those_who_could_sit_in_a_clinic_move_in_its_core():
    sessions = make_sessions(days=5)
    surgery = make_duty(0, sessions[0], minimum=1, desired=1)
    rounds = make_duty(1, sessions[0], roles=frozenset({"Nurse"}), minimum=1, desired=1)
    people = [make_person("gia"), make_person("ann", role="Nurse"), dentist()]
    problem = make_clinic_problem(people=people, ordinary=[surgery, rounds])
    core = core_of(problem, plan_of(("gia", 0), ("ann", 1)))
    assert [(pin.person, pin.duty) for pin in core.pins] == [("gia", 0)]
    assert core.part.has("ann", 1)
    assert not core.part.has("gia", 0)
    alone = core_of(problem)
    assert "gia" not in alone.person_by_key
    assert 0 not in alone.duty_by_number


def test_whoever_sits_in_a_clinic_that_is_held_already_stays_there():
    problem = make_clinic_problem()
    first, *others = problem.clinics.openings
    openings = (replace(first, is_fixed=True), *others)
    problem = replace(problem, clinics=replace(problem.clinics, openings=openings))
    core = core_of(problem, plan_of(("ann", 0), ("dan", 1)))
    assert {(pin.person, pin.duty) for pin in core.pins} == {("ann", 0), ("dan", 1)}
    assert not core.part.has("bea", 0)
    assert 1 in core_of(problem, plan_of(("ann", 0))).duty_by_number
    assert core_of(problem).part.has("bea", 0)

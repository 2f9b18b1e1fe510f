"""Three ways to hold clinics: they differ, each is good at what it is for, and none breaks a rule."""

from dataclasses import replace

from rota.solver.limits import Limits
from rota.solver.staff_rota import breaches
from rota.solver.staff_rota.clinic_aims import Aim
from rota.solver.staff_rota.proposals import propose
from tests.rota.solver.clinic_makers import dentist, make_bundle, make_clinic_problem, make_kind
from tests.rota.solver.makers import make_duty, make_person, make_sessions, plan_of

QUICK = Limits(seconds=8, workers=1)


def proposed(problem, plan=None):
    return {each.aim: each for each in propose(problem, QUICK, plan=plan)}


def wheres(proposal):
    return {slot.where for slot in proposal.slots}


def busy_nurses(sessions=None):
    """Give nurses' duties on the mornings, for all nurses there are: a clinic in a morning leaves a hole."""
    mornings = [each for each in sessions or make_sessions(days=5) if each.kind == "AM"]
    nurses = frozenset({"Nurse"})
    return [
        make_duty(number, session, roles=nurses, minimum=2, desired=2, maximum=2)
        for number, session in enumerate(mornings)
    ]


def afternoons_off():
    closed = {each.number: "working pattern" for each in make_sessions(days=5) if each.kind == "PM"}
    return [make_person(key, role="Nurse", unavailable=closed) for key in ("ann", "bea")]


def test_three_proposals_differ_and_break_nothing():
    problem = make_clinic_problem(bundles=(make_bundle(count=8),), kind=make_kind(every=(1, 3)))
    found = proposed(problem)
    assert list(found) == list(Aim)
    assert len({frozenset(wheres(each)) for each in found.values()}) == len(Aim)
    for each in found.values():
        assert each.breaches == breaches(problem, each.plan) == ()
        assert {placement.duty for placement in each.seats} == {
            duty for number in each.plan.openings for duty in problem.clinics.openings[number].duties
        }


def test_most_are_served_though_it_costs_the_rota_and_little_is_taken_though_few_are_served():
    problem = make_clinic_problem(
        bundles=(make_bundle(count=8),),
        kind=make_kind(every=(1, 3)),
        people=[*afternoons_off(), dentist()],
        ordinary=busy_nurses(),
    )
    found = proposed(problem)
    most, least = found[Aim.MOST_SERVED].figures, found[Aim.LEAST_BACKFILL].figures
    assert (most.served, most.left, most.clinics, most.backfill) == (8, 0, 2, 2)
    assert (least.clinics, least.backfill, least.left) == (1, 1, 4)


def test_each_is_held_as_often_as_was_agreed():
    problem = make_clinic_problem(bundles=(make_bundle(count=20),), kind=make_kind(every=(2, 2)))
    assert [each.figures.clinics for each in proposed(problem).values()] == [2, 2, 2]


def test_the_nearest_is_held_where_people_come_from():
    found = proposed(make_clinic_problem(bundles=(make_bundle(home="OAK"),)))
    nearest = found[Aim.NEAREST]
    assert {where.site for where in wheres(nearest)} == {"OAK"}
    assert nearest.figures.travel_minutes == 0


def test_whoever_cannot_sit_in_a_clinic_keeps_their_duties():
    surgery = make_duty(0, make_sessions(days=5)[0], minimum=1, desired=1)
    problem = make_clinic_problem(
        people=[make_person("gia"), make_person("ann", role="Nurse"), dentist()], ordinary=[surgery]
    )
    plan = plan_of(("gia", 0))
    for each in proposed(problem, plan).values():
        assert plan.placements <= each.plan.placements


def test_a_clinic_that_nobody_can_hold_is_not_proposed():
    problem = make_clinic_problem(people=[make_person("ann", role="Nurse")])
    assert propose(problem, QUICK) == ()


def test_clinics_that_are_held_already_stay_and_are_not_proposed_again():
    problem = make_clinic_problem(bundles=(make_bundle(count=8),))
    first, *others = problem.clinics.openings
    held = replace(problem.clinics, openings=(replace(first, is_fixed=True), *others))
    for each in propose(replace(problem, clinics=held), QUICK):
        assert first.number not in {number for slot in each.slots for number in slot.openings}


def test_a_watcher_who_stops_gets_what_was_found():
    class Impatient:
        def on_better(self, snapshot):
            pass

        def should_stop(self):
            return "stop"

    assert propose(make_clinic_problem(), QUICK, Impatient()) == ()

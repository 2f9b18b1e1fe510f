"""The first clinics, opened by hand, break no hard rule that the engine could not break itself."""

from dataclasses import replace

from rota.solver.limits import Limits, Way
from rota.solver.result import Status
from rota.solver.staff_rota import Placement, fill
from tests.rota.solver.clinic_makers import make_clinic_problem, make_kind, make_seat
from tests.rota.solver.makers import make_rule


def test_a_pin_opens_no_clinic_that_has_no_room():
    # Whoever is pinned to a seat breaks a hard rule while the clinic is shut, and opening it another.
    problem = make_clinic_problem(
        make_kind(make_seat("Nurse"), rooms={"group": 1}), (), days=1, sites=("ELM",)
    )
    openings = tuple(replace(each, is_published=True) for each in problem.clinics.openings)
    problem = replace(
        problem,
        rules=(*problem.rules, make_rule("R27"), make_rule("C21")),
        pins=(Placement("ann", openings[0].duties[0]),),
        clinics=replace(problem.clinics, openings=openings),
    )
    found = fill(problem, Limits(seconds=5, workers=1, way=Way.WHOLE))
    assert found.status is Status.OPTIMAL
    assert found.plan.openings == frozenset()

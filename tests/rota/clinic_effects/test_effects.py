from network.access.rules import Role
from network.vocabulary import RoleGroup
from rota.clinic_effects.queries import effects_on
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from rota.planning.queries import planned_for
from rota.solver.staff_rota import Plan
from rota.solver.staff_rota.clinics import Level
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota.clinic_scene import hold_clinic, seat
from tests.rota.scene import make_chosen, make_scene, open_rota


def test_a_repair_says_what_becomes_of_the_clinic(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    seat(cast, version, clinic, RoleGroup.GP)
    nurse = seat(cast, version, clinic, RoleGroup.NURSE)
    planned = planned_for(version)
    rest = Plan(frozenset(each for each in planned.plan.placements if each.person != str(nurse.member_id)))
    (effect,) = effects_on(planned, planned.plan, rest)
    assert (effect.before, effect.after, effect.is_worse) == (Level.SAFE, Level.DEGRADED, True)
    assert effect.missing == ("Nurse: 0 of the 1 needed",)
    assert not effects_on(planned, rest, rest)
    # A repair that makes it whole again says so too.
    (mended,) = effects_on(planned, planned.plan, planned.plan, also=[effect])
    assert (mended.after, mended.is_worse) == (Level.SAFE, False)
    make_chosen(version)
    absence_id = report_sickness(
        cast[Role.WORKFORCE_MANAGER], nurse.member_id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY)
    )
    page = client_for(cast, Role.WORKFORCE_MANAGER).get(f"/rota/cover/{absence_id}?repairs=1").text
    assert page.count("Diabetes one-stop, Monday 7 December AM") >= 2
    assert "safe before, then" in page
    assert "Degraded" in page

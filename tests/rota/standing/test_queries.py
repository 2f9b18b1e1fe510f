"""Clinics on the calendar, as the problem of an ordinary rota has them."""

from sqlalchemy import delete

from network.access.rules import Role
from network.organisations.records import Equipment, Room
from network.plumbing.database import db
from network.vocabulary import Activity, EquipmentKind, RoleGroup, RoomKind
from rota.basis.rules import changes_between
from rota.clinic_board.commands import close_clinic
from rota.clinic_seats.commands import add_clinic
from rota.clinic_series.rules import Place, Wanted
from rota.jobs.records import SolveJob
from rota.jobs.rules import JobState
from rota.jobs.tasks import solve
from rota.planning.commands import ask_to_fill
from rota.planning.queries import planned_for
from rota.rotas.commands import copy_version
from rota.rotas.records import Assignment, DemandLine
from rota.solver.limits import Limits
from rota.solver.staff_rota import Plan, breaches, fill
from rota.solver.staff_rota.archive import problem_from_json, problem_to_json
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota.clinic_scene import AM, hold_clinic, lines_of, make_clinic_type, seat
from tests.rota.scene import make_chosen, make_scene, open_rota

ALIKE = ("network_id", "period_id", "day", "kind", "role_group", "minimum", "desired", "maximum", "funding")


def test_an_ordinary_rota_leaves_a_clinic_the_room_it_uses_beside_those_of_its_people(cast: Cast) -> None:
    make_scene(cast, doctors=3)
    clinic = hold_clinic(cast)
    clinic.clinic_type.rooms = {RoomKind.GROUP.value: 1}
    room = keep(Room(site_id=cast.elm_site.id, name="Only", kind=RoomKind.GROUP))
    db.session.commit()
    version = open_rota(cast)
    problem = planned_for(version).problem
    (opening,) = problem.clinics.openings
    assert (opening.is_fixed, opening.site) == (True, cast.elm_site.code)
    groups = {problem.duty_by_number[number].role_group for number in opening.duties}
    assert groups == {RoleGroup.GP.label, RoleGroup.NURSE.label}
    assert problem_from_json(problem_to_json(problem)) == problem
    assert not [each for each in breaches(problem, Plan()) if each.code == "R27"]
    room.bookable = False
    db.session.commit()
    (breach,) = (each for each in breaches(planned_for(version).problem, Plan()) if each.code == "R27")
    assert "needs 1" in breach.said


def test_two_clinics_that_share_a_piece_of_equipment_show_in_the_rota(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    keep(Equipment(organisation_id=cast.elm.id, kind=EquipmentKind.RETINAL_CAMERA, number=1))
    clinic = hold_clinic(cast)
    eyes = make_clinic_type(cast, name="Eyes")
    where = Place(cast.oak_site.id, MONDAY, AM)
    add_clinic(cast[Role.WORKFORCE_MANAGER], Wanted(eyes.id, clinic.neighbourhood_id, where))
    for kind in (clinic.clinic_type, eyes):
        kind.equipment = {EquipmentKind.RETINAL_CAMERA.value: 1}
    db.session.commit()
    version = open_rota(cast)
    before = planned_for(version)
    assert {each.code for each in before.breaches} == {"C06"}
    close_clinic(cast[Role.WORKFORCE_MANAGER], clinic.id, "No camera")
    after = planned_for(version)
    assert not after.breaches
    assert changes_between(before.basis, after.basis).clinics


def test_whom_a_clinic_needs_is_filled_like_any_other_cover(cast: Cast) -> None:
    make_scene(cast, doctors=3)
    clinic, version = hold_clinic(cast), open_rota(cast)
    seat(cast, version, clinic, RoleGroup.NURSE)
    problem = planned_for(version).problem
    found = fill(problem, Limits(seconds=5, deterministic=True))
    (opening,) = problem.clinics.openings
    assert {each.duty for each in found.plan.placements} >= set(opening.duties)
    assert not breaches(problem, found.plan)


def test_a_line_that_comes_elsewhere_changes_no_clinic(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    before = planned_for(version)
    other = {name: getattr(lines_of(clinic.id)[RoleGroup.GP], name) for name in ALIKE}
    keep(DemandLine(**other, site_id=cast.elm_site.id, activity=Activity.SURGERY))
    db.session.commit()
    after = planned_for(version)
    assert before.problem.clinics != after.problem.clinics
    changes = changes_between(before.basis, after.basis)
    assert (changes.clinics, changes.general) == (False, False)
    assert changes.cover


def test_a_filling_that_ends_after_a_clinic_was_closed_seats_nobody_in_it(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    # A seat on which somebody stood in a rota that people were told of stays a line.
    line_id, manager = seat(cast, version, clinic, RoleGroup.GP).line_id, cast[Role.WORKFORCE_MANAGER]
    make_chosen(version)
    draft_id = copy_version(manager, version.id)
    db.session.execute(delete(Assignment).where(Assignment.version_id == draft_id))
    db.session.commit()
    job_id = ask_to_fill(manager, draft_id, Limits(seconds=20, workers=1))
    close_clinic(manager, clinic.id, "The dentist is away")
    assert db.session.get(DemandLine, line_id)
    solve(manager.network_id, job_id=job_id)
    assert db.session.get_one(SolveJob, job_id).state is JobState.DONE
    standing = db.session.query(Assignment).filter_by(version_id=draft_id)
    assert standing.count() > 0
    assert standing.filter_by(line_id=line_id).count() == 0

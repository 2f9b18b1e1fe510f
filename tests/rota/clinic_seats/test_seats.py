from dataclasses import replace
from datetime import timedelta

import pytest

from network.access.rules import Role
from network.organisations.records import Equipment, Room
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Activity, EquipmentKind, RoleGroup, RoomKind
from rota.clinic_board.commands import close_clinic, move_clinic
from rota.clinic_seats.commands import add_clinic, start_series
from rota.clinic_seats.queries import team_of
from rota.clinic_series.queries import get_series_for
from rota.clinic_series.records import ClinicSession
from rota.clinic_series.rules import ClinicState, Pattern, Place, Staffing, Wanted
from rota.demand.commands import close_site
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.solver.staff_rota.clinics import Level
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota.clinic_scene import (
    AM,
    hold_clinic,
    lines_of,
    make_bundle,
    make_clinic_type,
    make_neighbourhood,
    seat,
    wanted,
)
from tests.rota.scene import make_chosen, make_scene, open_rota


def test_the_seats_of_a_clinic_are_wanted_in_a_rota_that_is_there_and_in_one_that_is_made_later(
    cast: Cast,
) -> None:
    make_scene(cast, doctors=1)
    before = hold_clinic(cast)
    version = open_rota(cast)
    assert {group: line.minimum for group, line in lines_of(before.id).items()} == {
        RoleGroup.GP: 1,
        RoleGroup.NURSE: 1,
    }
    manager = cast[Role.WORKFORCE_MANAGER]
    place = Place(before.site_id, MONDAY + timedelta(1), AM)
    again = Wanted(before.clinic_type_id, before.neighbourhood_id, place)
    after = db.session.get_one(ClinicSession, add_clinic(manager, again))
    lines = lines_of(after.id)
    assert {line.period_id for line in lines.values()} == {version.period_id}
    assert {line.activity for line in lines.values()} == {Activity.CLINIC}
    with pytest.raises(Refusal, match="such a clinic in this place"):
        add_clinic(manager, again)


def test_a_clinic_stands_as_its_people_do(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic = hold_clinic(cast)
    assert team_of(clinic).staffing is Staffing.OPEN
    version = open_rota(cast)
    doctor = seat(cast, version, clinic, RoleGroup.GP)
    team = team_of(clinic)
    assert (team.state, team.level) == (ClinicState.PROPOSED, Level.DEGRADED)
    assert team.missing == ("Nurse: 0 of the 1 needed",)
    nurse = seat(cast, version, clinic, RoleGroup.NURSE)
    assert team_of(clinic).state is ClinicState.STAFFED
    make_chosen(version)
    assert team_of(clinic).state is ClinicState.PUBLISHED
    manager = cast[Role.WORKFORCE_MANAGER]
    report_sickness(manager, nurse.member_id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    team = team_of(clinic)
    assert (team.state, team.level) == (ClinicState.AT_RISK, Level.DEGRADED)
    report_sickness(manager, doctor.member_id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    assert team_of(clinic).level is Level.MUST_CLOSE


def test_a_series_is_held_on_its_days_but_for_those_on_which_the_site_is_closed(cast: Cast) -> None:
    manager = cast[Role.WORKFORCE_MANAGER]
    kind, area = make_clinic_type(cast), make_neighbourhood(cast)
    close_site(manager, cast.elm_site.id, MONDAY + timedelta(14), "Bank holiday")
    pattern = Pattern(0, AM, 2, MONDAY, MONDAY + timedelta(42))
    series = get_series_for(manager, start_series(manager, kind.id, area.id, cast.elm_site.id, pattern))
    assert [(each.day - MONDAY).days for each in series.sessions] == [0, 28, 42]
    with pytest.raises(Invalid, match="None of its days"):
        start_series(manager, kind.id, area.id, cast.elm_site.id, Pattern(0, AM, 1, MONDAY, MONDAY))


def test_a_clinic_is_not_held_where_the_site_is_closed_nor_in_the_past(cast: Cast) -> None:
    manager = cast[Role.WORKFORCE_MANAGER]
    close_site(manager, cast.elm_site.id, MONDAY, "Decorating")
    with pytest.raises(Invalid, match="Elm Surgery is closed on"):
        add_clinic(manager, wanted(cast))


def test_no_clinic_is_held_where_another_has_the_room_or_the_equipment(cast: Cast) -> None:
    manager, clinic = cast[Role.WORKFORCE_MANAGER], hold_clinic(cast)
    other = make_clinic_type(cast, name="Feet")
    keep(Equipment(organisation_id=cast.elm.id, kind=EquipmentKind.ECG, number=1))
    keep(Room(site_id=cast.elm_site.id, name="Only", kind=RoomKind.GROUP))
    group, ecg = {RoomKind.GROUP.value: 1}, {EquipmentKind.ECG.value: 1}
    other.rooms, other.equipment = group, ecg
    db.session.commit()
    want = Wanted(other.id, clinic.neighbourhood_id, Place(clinic.site_id, clinic.day, clinic.kind))
    at_oak = cast.oak_site.id
    for uses, where, said in (
        ({"rooms": group}, want.place, "a group room, and it has none"),
        ({"equipment": ecg}, want.place, "an ECG machine, and there is none"),
        ({"equipment": ecg}, replace(want.place, site_id=at_oak), "at Oak Surgery"),
    ):
        clinic.clinic_type.rooms = uses.get("rooms", {})
        clinic.clinic_type.equipment = uses.get("equipment", {})
        if where.site_id == at_oak:
            other.rooms = {}
        db.session.commit()
        with pytest.raises(Refusal, match=said):
            add_clinic(manager, replace(want, place=where))
        db.session.rollback()
    # Of a series the day falls out; what nobody else has is no reason to refuse.
    pattern = Pattern(0, AM, 1, MONDAY, MONDAY + timedelta(7))
    held = start_series(manager, other.id, clinic.neighbourhood_id, at_oak, pattern)
    assert [each.day for each in get_series_for(manager, held).sessions] == [MONDAY + timedelta(7)]
    other.equipment = {EquipmentKind.RETINAL_CAMERA.value: 1}
    db.session.commit()
    assert add_clinic(manager, want)


def test_those_who_wait_are_counted_into_the_first_clinics_of_a_series(cast: Cast) -> None:
    manager, clinic = cast[Role.WORKFORCE_MANAGER], hold_clinic(cast)
    make_bundle(cast, clinic, 11)
    far = make_bundle(cast, clinic, 4)
    far.needs_step_free, cast.elm_site.accessible = True, False
    db.session.commit()
    pattern = Pattern(1, AM, 1, MONDAY, MONDAY + timedelta(20))
    held = clinic.clinic_type_id, clinic.neighbourhood_id
    series = get_series_for(manager, start_series(manager, *held, cast.elm_site.id, pattern))
    assert [sum(each.count for each in one.served) for one in series.sessions] == [8, 3, 0]
    close_clinic(manager, series.sessions[0].id, "No room")
    assert not series.sessions[0].served


def test_a_clinic_put_into_a_published_rota_is_at_risk_until_somebody_is_called_in(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    make_chosen(open_rota(cast))
    team = team_of(hold_clinic(cast))
    assert (team.staffing, team.state) == (Staffing.TOLD, ClinicState.AT_RISK)
    assert team.version is not None


def test_a_clinic_moved_within_a_published_rota_is_at_risk_until_a_draft_has_people_for_it(
    cast: Cast,
) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    seat(cast, version, clinic, RoleGroup.GP)
    make_chosen(version)
    manager = cast[Role.WORKFORCE_MANAGER]
    draft = get_version_for(manager, copy_version(manager, version.id))
    move_clinic(manager, clinic.id, Place(clinic.site_id, MONDAY + timedelta(1), AM), "The room is needed")
    team = team_of(clinic)
    assert (team.staffing, team.state) == (Staffing.TOLD, ClinicState.AT_RISK)
    seat(cast, draft, clinic, RoleGroup.NURSE)
    seat(cast, draft, clinic, RoleGroup.GP)
    assert team_of(clinic).state is ClinicState.STAFFED

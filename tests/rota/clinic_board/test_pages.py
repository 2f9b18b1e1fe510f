from datetime import timedelta

from network.access.rules import Role
from network.organisations.records import Equipment
from network.plumbing.database import db
from network.vocabulary import EquipmentKind, JobRole, RoleGroup, SessionKind
from rota.clinic_board.commands import close_clinic, reopen_clinic
from rota.clinic_seats.commands import add_clinic
from rota.clinic_series.records import ClinicServing
from rota.clinic_series.rules import Place, Wanted
from rota.clinics.commands import add_seat
from rota.clinics.rules import SeatDesign
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from tests.cast import Cast, client_for
from tests.makers import MONDAY, keep
from tests.markup import faults_of
from tests.rota.clinic_scene import AM, hold_clinic, make_bundle, make_clinic_type, seat
from tests.rota.scene import make_chosen, make_scene, make_worker, open_rota


def test_a_clinic_that_loses_its_doctor_stands_at_the_top_of_the_board_and_may_be_closed(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    doctor = seat(cast, version, clinic, RoleGroup.GP)
    seat(cast, version, clinic, RoleGroup.NURSE)
    make_chosen(version)
    manager = cast[Role.WORKFORCE_MANAGER]
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    board = client.get(f"/clinics/?week={MONDAY}").text
    assert "Diabetes one-stop" in board
    assert "At risk" not in board
    report_sickness(manager, doctor.member_id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    board = client.get(f"/clinics/?week={MONDAY}").text
    assert "At risk" in board
    assert "GP: 0 of the 1 needed" in board
    page = client.get(f"/clinics/{clinic.id}").text
    assert "Must close" in page
    assert "not available" in page
    assert "ickness" not in page
    assert "Find cover for Alex Example GP" in page
    assert "Find cover" not in client_for(cast, Role.CLINIC_LEAD).get(f"/clinics/{clinic.id}").text
    empty = client.post(f"/clinics/{clinic.id}/close", data={"why": " "})
    assert (empty.status_code, "Say why" in empty.text) == (422, True)
    closed = client.post(
        f"/clinics/{clinic.id}/close", data={"why": "The doctor is away"}, follow_redirects=True
    ).text
    assert "The clinic is closed. " in closed
    assert "are being told" in closed
    assert "Hold it after all" in closed


def test_reception_sees_when_each_place_comes_and_no_name(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    keep(ClinicServing(session_id=clinic.id, bundle_id=make_bundle(cast, clinic, 3).id, count=3))
    client = client_for(cast, Role.CLINIC_LEAD)
    whole = client.get(f"/clinics/{clinic.id}/visits").text
    part = client.get(f"/clinics/{clinic.id}/visits", headers={"HX-Request": "true"}).text
    assert not faults_of(whole)
    for page in (whole, part):
        assert "Place 3" in page
        assert "<svg" in page
    assert "<html" not in part
    assert "3 places taken" in client.get(f"/clinics/{clinic.id}").text


def test_a_session_that_is_over_before_the_team_is_ready_says_so(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    keep(ClinicServing(session_id=clinic.id, bundle_id=make_bundle(cast, clinic, 1).id, count=1))
    clinic.kind, clinic.clinic_type.setup_minutes = SessionKind.EVENING, 90
    db.session.commit()
    page = client_for(cast, Role.CLINIC_LEAD).get(f"/clinics/{clinic.id}/visits")
    assert (page.status_code, "Place 1 finds no time" in page.text) == (200, True)


def test_what_another_clinic_uses_at_the_same_time_is_not_there_for_this_one(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    keep(Equipment(organisation_id=cast.elm.id, kind=EquipmentKind.ECG, number=1))
    clinic.clinic_type.equipment = {EquipmentKind.ECG.value: 1}
    other = make_clinic_type(cast, name="Hearts")
    db.session.commit()
    lead, client = cast[Role.CLINIC_LEAD], client_for(cast, Role.CLINIC_LEAD)
    add_clinic(lead, Wanted(other.id, clinic.neighbourhood_id, Place(cast.oak_site.id, MONDAY, AM)))
    lacks = "It needs an ECG machine, and there is none"
    assert lacks not in client.get(f"/clinics/{clinic.id}").text
    # A piece that moves is at one site at a time.
    other.equipment = clinic.clinic_type.equipment
    db.session.commit()
    assert lacks in client.get(f"/clinics/{clinic.id}").text


def test_a_draft_is_linked_for_those_who_may_open_it_and_a_number_shown_to_those_who_may_ring(
    cast: Cast,
) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    nurse = make_worker(cast, "Needle", JobRole.NURSE)
    nurse.engagement.person.phone = "07700 900123"
    db.session.commit()
    seen = {
        role: client_for(cast, role).get(f"/clinics/{clinic.id}?standins=1").text
        for role in (Role.CLINIC_LEAD, Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER)
    }
    opens = {role for role, page in seen.items() if f"/{version.id}" in page}
    rings = {role for role, page in seen.items() if "07700 900123" in page}
    assert opens == {Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER}
    assert rings == {Role.WORKFORCE_MANAGER, Role.CLINIC_LEAD}


def test_a_seat_that_came_to_the_type_later_is_asked_for_once_the_clinic_is_held_anew(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, _ = hold_clinic(cast), open_rota(cast)
    lead, client = cast[Role.CLINIC_LEAD], client_for(cast, Role.CLINIC_LEAD)
    add_seat(lead, clinic.clinic_type_id, SeatDesign(RoleGroup.HEALTHCARE_ASSISTANT))
    said = "The rota does not ask for this seat"
    assert client.get(f"/clinics/{clinic.id}").text.count(said) == 1
    close_clinic(lead, clinic.id, "One more seat")
    reopen_clinic(lead, clinic.id)
    assert said not in client.get(f"/clinics/{clinic.id}").text


def test_a_week_without_clinics_leads_on_to_the_next(cast: Cast) -> None:
    hold_clinic(cast)
    page = client_for(cast, Role.CLINIC_LEAD).get(f"/clinics/?week={MONDAY - timedelta(7)}").text
    assert "No clinics in this week" in page
    assert "The next clinic is on 7 December 2026" in page


def test_a_clinic_is_added_and_moved_by_forms(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    client = client_for(cast, Role.CLINIC_LEAD)
    tuesday = MONDAY + timedelta(1)
    sent = {
        "clinic_type": clinic.clinic_type_id,
        "neighbourhood": clinic.neighbourhood_id,
        "site": cast.elm_site.id,
        "day": MONDAY,
        "kind": "AM",
    }
    again = client.post("/clinics/add", data=sent)
    assert (again.status_code, "such a clinic in this place" in again.text) == (422, True)
    assert (
        "on the calendar"
        in client.post("/clinics/add", data=sent | {"day": tuesday}, follow_redirects=True).text
    )
    moved = client.post(
        f"/clinics/{clinic.id}/move",
        data=sent | {"site": cast.oak_site.id, "why": "The room is needed"},
        follow_redirects=True,
    ).text
    assert "Moved here from Monday 7 December 2026 AM, Elm Surgery: The room is needed" in moved


def test_whoever_may_only_look_cannot_close(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    client = client_for(cast, Role.PRACTICE_MANAGER)
    assert "Close it" not in client.get(f"/clinics/{clinic.id}").text
    assert client.post(f"/clinics/{clinic.id}/close", data={"why": "x"}).status_code == 403

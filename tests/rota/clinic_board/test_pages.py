from datetime import timedelta

from network.access.rules import Role
from network.vocabulary import RoleGroup
from rota.clinic_series.records import ClinicServing
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from tests.cast import Cast, client_for
from tests.makers import MONDAY, keep
from tests.markup import faults_of
from tests.rota.clinic_scene import hold_clinic, make_bundle, seat
from tests.rota.scene import make_chosen, make_scene, open_rota


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

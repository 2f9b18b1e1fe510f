import pytest

from network.access.rules import Role
from network.plumbing.database import db
from network.plumbing.refusals import NotAllowed, Refusal
from network.vocabulary import JobRole, RoleGroup
from rota.clinic_seats.queries import team_of
from rota.clinic_series.rules import ClinicState
from rota.clinic_standins.commands import seat_stand_in
from rota.clinic_standins.queries import stand_ins_for
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from rota.solver.staff_rota.clinics import Level
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota.clinic_scene import hold_clinic, lines_of, seat
from tests.rota.scene import make_chosen, make_scene, make_worker, open_rota


def test_somebody_free_is_seated_in_a_draft_and_pinned(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    doctor = seat(cast, version, clinic, RoleGroup.GP)
    nurse = make_worker(cast, "Needle", JobRole.NURSE)
    db.session.commit()
    lead = cast[Role.CLINIC_LEAD]
    found = stand_ins_for(lead, clinic.id)
    (empty,) = found.seats
    assert (empty.group, empty.missing) == ("Nurse", 1)
    assert [(each.member_id, each.level) for each in empty.stand_ins] == [(nurse.id, Level.SAFE)]
    with pytest.raises(Refusal, match="something else to do"):
        seat_stand_in(lead, clinic.id, empty.line.id, doctor.member_id, found.mark)
    assert seat_stand_in(lead, clinic.id, empty.line.id, nurse.id, found.mark) == []
    assert team_of(clinic).state is ClinicState.STAFFED
    assert all(sitter.is_pinned for taken in team_of(clinic).seats for sitter in taken.sitters)
    # The page of somebody else who looked at the same time still offers the seat.
    other = make_worker(cast, "Second", JobRole.NURSE)
    db.session.commit()
    with pytest.raises(Refusal, match="Somebody else has this seat"):
        seat_stand_in(lead, clinic.id, empty.line.id, other.id, found.mark)


def test_where_people_were_told_a_stand_in_is_called_in_and_hears_of_it(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    seat(cast, version, clinic, RoleGroup.GP)
    ill = seat(cast, version, clinic, RoleGroup.NURSE)
    nurse = make_worker(cast, "Needle", JobRole.NURSE)
    make_chosen(version)
    manager = cast[Role.WORKFORCE_MANAGER]
    report_sickness(manager, ill.member_id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    line = lines_of(clinic.id)[RoleGroup.NURSE]
    with pytest.raises(NotAllowed, match="Ask the workforce manager"):
        seat_stand_in(cast[Role.CLINIC_LEAD], clinic.id, line.id, nurse.id, str(version.id))
    sent = {"line": line.id, "member": nurse.id, "seen": version.id}
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    page = client.get(f"/clinics/{clinic.id}?standins=1").text
    assert "Alex Needle" in page
    assert "Call in" in page
    answer = client.post(f"/clinics/{clinic.id}/seat", data=sent, follow_redirects=True).text
    assert "The seat is taken. Alex Needle is being told." in answer
    assert "Published" in answer
    assert client.post(f"/clinics/{clinic.id}/seat", data=sent).status_code == 409
    assert client.post(f"/clinics/{clinic.id}/seat", data={"line": "x"}).status_code == 422

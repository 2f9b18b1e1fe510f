from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import RoleGroup
from rota.clinic_seats.queries import team_of
from rota.clinic_teams.queries import old_teams_for
from rota.clinics.commands import add_seat, change_seat, remove_seat
from rota.clinics.queries import as_seat
from rota.clinics.rules import SeatDesign
from rota.planning.queries import planned_for
from tests.cast import Cast, client_for
from tests.rota.clinic_scene import hold_clinic, lines_of, seat
from tests.rota.scene import make_scene, open_rota


def test_a_team_that_changed_reaches_the_clinics_on_the_calendar_with_one_click(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    lead, client = cast[Role.CLINIC_LEAD], client_for(cast, Role.CLINIC_LEAD)
    url = f"/clinics/types/{clinic.clinic_type_id}/teams"
    assert "All have the team of today" in client.get(url).text
    seat(cast, version, clinic, RoleGroup.GP)
    by_group = {each.role_group: each for each in clinic.clinic_type.seats}
    nurse, gp = as_seat(by_group[RoleGroup.NURSE]), by_group[RoleGroup.GP].id
    change_seat(lead, by_group[RoleGroup.NURSE].id, SeatDesign(**{**vars(nurse), "needed": 2, "most": 2}))
    add_seat(lead, clinic.clinic_type_id, SeatDesign(**{**vars(nurse), "role_group": RoleGroup.PHARMACIST}))
    remove_seat(lead, gp)
    db.session.commit()
    page = client.get(url).text
    for said in (
        "Nurse: 1 asked for, 2",
        "Pharmacist: not asked for, 1",
        "GP: 1 asked for, no seat any more",
    ):
        assert said in page
    assert "1 clinic has the new team" in client.post(url, follow_redirects=True).text
    lines = lines_of(clinic.id)
    # Whoever sits in a seat that is gone is left where they are.
    assert {group: line.minimum for group, line in lines.items()} == {
        RoleGroup.GP: 0,
        RoleGroup.NURSE: 2,
        RoleGroup.PHARMACIST: 1,
    }
    assert not old_teams_for(lead, clinic.clinic_type_id)
    assert len(team_of(clinic).seats) == 2
    (opening,) = planned_for(version).problem.clinics.openings
    assert len(opening.duties) == 3


def test_a_seat_that_is_gone_and_on_which_nobody_stood_is_asked_for_no_more(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic = hold_clinic(cast)
    open_rota(cast)
    lead = cast[Role.CLINIC_LEAD]
    remove_seat(lead, next(each.id for each in clinic.clinic_type.seats if each.role_group is RoleGroup.GP))
    db.session.commit()
    client_for(cast, Role.CLINIC_LEAD).post(f"/clinics/types/{clinic.clinic_type_id}/teams")
    assert set(lines_of(clinic.id)) == {RoleGroup.NURSE}

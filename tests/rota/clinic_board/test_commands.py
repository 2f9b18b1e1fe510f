from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from network.vocabulary import RoleGroup
from rota.clinic_board.commands import (
    close_clinic,
    end_series,
    move_clinic,
    reopen_clinic,
    resume_series,
)
from rota.clinic_board.queries import clinic_page_for
from rota.clinic_seats.commands import add_clinic, start_series
from rota.clinic_seats.queries import team_of
from rota.clinic_series.queries import get_series_for
from rota.clinic_series.rules import ClinicState, Pattern, Place, Wanted
from rota.drafts.commands import undo
from rota.places.queries import places_in
from rota.places.records import AskedPlace
from rota.places.rules import Asked, PlaceState
from rota.rotas.queries import find_chosen_version
from rota.rotas.records import Assignment
from rota.slots.commands import ask_for_place
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota.clinic_scene import AM, hold_clinic, lines_of, seat
from tests.rota.scene import make_chosen, make_scene, open_rota

WHY = "The doctor is away"


def people_in(version_id) -> set[str]:
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == version_id))
    return {row.member.name for row in rows}


def test_closing_a_clinic_that_was_told_of_frees_its_people_and_tells_them(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    doctor = seat(cast, version, clinic, RoleGroup.GP).member
    make_chosen(version)
    assert not clinic_page_for(cast[Role.CLINIC_LEAD], clinic.id).may_change
    assert clinic_page_for(cast[Role.WORKFORCE_MANAGER], clinic.id).may_change
    with pytest.raises(NotAllowed, match="Ask the workforce manager"):
        close_clinic(cast[Role.CLINIC_LEAD], clinic.id, WHY)
    assert close_clinic(cast[Role.WORKFORCE_MANAGER], clinic.id, WHY) == [doctor.engagement.person.name]
    now_told = find_chosen_version(version.period_id)
    assert now_told is not None
    assert now_told.id != version.id
    assert doctor.name not in people_in(now_told.id)
    assert team_of(clinic).state is ClinicState.CLOSED
    # What people were told before keeps the line they stood on, which asks for nobody now.
    assert not lines_of(clinic.id)


def test_a_clinic_in_a_draft_is_closed_by_its_lead_and_held_after_all(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    seat(cast, version, clinic, RoleGroup.GP)
    lead = cast[Role.CLINIC_LEAD]
    with pytest.raises(Invalid, match="Say why"):
        close_clinic(lead, clinic.id, " ")
    assert close_clinic(lead, clinic.id, WHY) == []
    assert not people_in(version.id)
    with pytest.raises(Refusal, match="closed already"):
        close_clinic(lead, clinic.id, WHY)
    reopen_clinic(lead, clinic.id)
    assert team_of(clinic).state is ClinicState.PROPOSED
    assert {line.minimum for line in lines_of(clinic.id).values()} == {1}


def test_nobody_is_brought_back_into_a_clinic_that_was_closed(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    seat(cast, version, clinic, RoleGroup.GP)
    manager = cast[Role.WORKFORCE_MANAGER]
    close_clinic(manager, clinic.id, WHY)
    with pytest.raises(Refusal, match="a clinic that is not held any more"):
        undo(manager, version.id)
    assert not people_in(version.id)


def test_a_clinic_is_moved_with_its_places_and_without_its_people(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    seat(cast, version, clinic, RoleGroup.GP)
    lead = cast[Role.CLINIC_LEAD]
    tuesday = Place(cast.oak_site.id, MONDAY + timedelta(1), AM)
    with pytest.raises(Invalid, match="held there already"):
        move_clinic(lead, clinic.id, Place(clinic.site_id, clinic.day, clinic.kind), WHY)
    move_clinic(lead, clinic.id, tuesday, WHY)
    assert (clinic.site_id, clinic.day) == (cast.oak_site.id, tuesday.day)
    assert clinic.moved_from == "Monday 7 December 2026 AM, Elm Surgery"
    assert {line.day for line in lines_of(clinic.id).values()} == {tuesday.day}
    assert not people_in(version.id)


def test_places_follow_a_clinic_wait_when_it_closes_and_come_back_when_it_is_held(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    asker = cast[Role.CARE_COORDINATOR]
    token = ask_for_place(asker, Asked(from_key=clinic.id, clinic_type_id=clinic.clinic_type_id))
    lead = cast[Role.CLINIC_LEAD]
    assert len(places_in(clinic.id)) == 1
    close_clinic(lead, clinic.id, WHY)
    reopen_clinic(lead, clinic.id)
    assert [place.id for place in places_in(clinic.id)] == [token]
    move_clinic(lead, clinic.id, Place(cast.oak_site.id, MONDAY, AM), WHY)
    assert db.session.get_one(AskedPlace, token).moved_on
    close_clinic(lead, clinic.id, WHY)
    place = db.session.get_one(AskedPlace, token)
    assert (place.state, place.session_id) == (PlaceState.WAITING, None)
    assert place.lost_on


def test_a_series_ends_with_one_of_its_clinics(cast: Cast) -> None:
    lead, alone = cast[Role.CLINIC_LEAD], hold_clinic(cast)
    with pytest.raises(Refusal, match="no series"):
        end_series(lead, alone.id)
    held = alone.clinic_type_id, alone.neighbourhood_id, cast.oak_site.id
    series_id = start_series(lead, *held, Pattern(0, AM, 1, MONDAY, MONDAY + timedelta(14)))
    first, *later = get_series_for(lead, series_id).sessions
    page = client_for(cast, Role.CLINIC_LEAD).post(f"/clinics/{first.id}/last", follow_redirects=True).text
    assert "The series ends with this clinic" in page
    assert "Make it the last" not in page
    assert [each.is_closed for each in (first, *later)] == [False, True, True]
    with pytest.raises(Refusal, match="last of its series"):
        end_series(lead, first.id)


def test_a_series_that_ended_goes_on_but_where_its_place_is_taken(cast: Cast) -> None:
    lead, alone = cast[Role.CLINIC_LEAD], hold_clinic(cast)
    with pytest.raises(Refusal, match="no series"):
        resume_series(lead, alone.id)
    held = alone.clinic_type_id, alone.neighbourhood_id, cast.oak_site.id
    series_id = start_series(lead, *held, Pattern(0, AM, 1, MONDAY, MONDAY + timedelta(21)))
    series = get_series_for(lead, series_id)
    first, second, *_ = series.sessions
    with pytest.raises(Refusal, match="No clinic of this series"):
        resume_series(lead, first.id)
    close_clinic(lead, second.id, WHY)
    client = client_for(cast, Role.CLINIC_LEAD)
    page = client.post(f"/clinics/{first.id}/last", follow_redirects=True).text
    assert f"/clinics/{first.id}/on" in page
    taken = Place(cast.oak_site.id, MONDAY + timedelta(14), AM)
    add_clinic(lead, Wanted(alone.clinic_type_id, alone.neighbourhood_id, taken))
    page = client.post(f"/clinics/{first.id}/on", follow_redirects=True).text
    assert "The series goes on: 1 clinic held again" in page
    assert "1 clinic could not be" in page
    # What was closed for a reason of its own stays closed.
    series = get_series_for(lead, series_id)
    assert [each.is_closed for each in series.sessions] == [False, True, True, False]
    assert series.ends_on == MONDAY + timedelta(21)

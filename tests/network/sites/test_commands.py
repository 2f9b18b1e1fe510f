from datetime import time

import pytest

from network.access.rules import Actor, Role
from network.organisations import commands as organisations
from network.organisations import queries
from network.organisations.rules import RoomAttribute, WeeklySession
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.sites import commands
from network.vocabulary import EquipmentKind, OrganisationKind, RoomKind, SessionKind
from tests.cast import Cast

MORNING = WeeklySession(0, SessionKind.MORNING)


@pytest.fixture
def admin(cast: Cast):
    return cast[Role.ADMINISTRATOR]


def test_the_code_of_a_site_that_left_is_not_given_again(cast, admin):
    organisations.leave_network(admin, cast.oak.id)
    with pytest.raises(Refusal, match="has the code OAK already"):
        commands.add_site(admin, cast.elm.id, name="Second Oak", code="OAK")


def test_sites_of_a_member_of_two_networks_have_codes_of_their_own_in_both(cast, admin):
    hillside = Actor(name="Other admin", network_id=cast.stranger.network_id, is_system=True)
    county = organisations.add_organisation(
        admin, kind=OrganisationKind.SOCIAL_CARE, name="County care", ods_code="999"
    )
    far = cast.stranger.grants[0].organisation_id
    commands.add_site(hillside, far, name="Far Surgery", code="FAR")
    commands.add_site(admin, county, name="Town hall", code="HALL")
    far_hall = commands.add_site(hillside, far, name="Far hall", code="HALL")
    with pytest.raises(Refusal, match="share the code HALL"):
        organisations.join_network(hillside, ods_code="999")
    commands.change_site(hillside, far_hall, name="Far hall", code="FHL")
    organisations.join_network(hillside, ods_code="999")
    with pytest.raises(Refusal, match="has the code FAR already"):
        commands.add_site(admin, county, name="Second office", code="FAR")


def test_a_site_code_is_taken_once_in_the_network(cast, admin):
    commands.add_site(admin, cast.elm.id, name="Elm branch", code="elmb")
    with pytest.raises(Refusal, match="Elm branch has the code ELMB"):
        commands.add_site(admin, cast.oak.id, name="Oak branch", code="ELMB")


def test_a_site_keeps_its_code_when_it_is_changed(cast, admin):
    commands.change_site(admin, cast.elm_site.id, name="Elm House", code="ELM", latitude=51.5, longitude=-0.1)
    assert queries.get_site_for(admin, cast.elm_site.id).name == "Elm House"


def test_opening_hours_are_replaced_as_a_whole(cast, admin):
    commands.set_opening_hours(admin, cast.elm_site.id, {MORNING: (time(8, 30), time(12, 30))})
    commands.set_opening_hours(admin, cast.elm_site.id, {MORNING: (time(9), time(12))})
    openings = queries.get_site_for(admin, cast.elm_site.id).openings
    assert [(o.weekday, o.kind, o.starts_at) for o in openings] == [(0, SessionKind.MORNING, time(9))]


def test_hours_out_of_order_change_nothing(cast, admin):
    with pytest.raises(Invalid, match="must end after it starts"):
        commands.set_opening_hours(admin, cast.elm_site.id, {MORNING: (time(12), time(9))})
    assert len(queries.get_site_for(admin, cast.elm_site.id).openings) == 15


def test_rooms_come_change_and_go(cast, admin):
    room = commands.add_room(
        admin, cast.elm_site.id, name="Blue", kind=RoomKind.TREATMENT, attributes={RoomAttribute.COUCH}
    )
    with pytest.raises(Refusal, match="a room called Blue already"):
        commands.add_room(admin, cast.elm_site.id, name="Blue", kind=RoomKind.GROUP)
    commands.change_room(admin, room, name="Blue", kind=RoomKind.GROUP)
    assert queries.get_room_for(admin, room).attributes == {}
    commands.remove_room(admin, room)
    with pytest.raises(NotFound):
        queries.get_room_for(admin, room)


def test_equipment_is_fixed_at_its_own_site_or_mobile(cast, admin):
    commands.add_equipment(admin, cast.elm.id, kind=EquipmentKind.ECG, site_id=cast.elm_site.id)
    commands.add_equipment(admin, cast.elm.id, kind=EquipmentKind.SPIROMETER, number=2)
    with pytest.raises(Invalid, match="a site of this organisation"):
        commands.add_equipment(admin, cast.elm.id, kind=EquipmentKind.ECG, site_id=cast.oak_site.id)
    kept = queries.equipment_of(cast.elm)
    assert [(e.kind, e.number) for e in kept] == [(EquipmentKind.ECG, 1), (EquipmentKind.SPIROMETER, 2)]
    commands.remove_equipment(admin, kept[0].id)
    assert len(queries.equipment_of(cast.elm)) == 1

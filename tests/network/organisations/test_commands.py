from datetime import time, timedelta

import pytest

from network.access.rules import SYSTEM, Actor, Role
from network.organisations import commands, queries
from network.organisations.rules import RoomAttribute, WeeklySession
from network.plumbing.database import db, in_network, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import EquipmentKind, OrganisationKind, RoomKind, SessionKind
from tests.cast import Cast

MORNING = WeeklySession(0, SessionKind.MORNING)


@pytest.fixture
def admin(cast: Cast):
    return cast[Role.ADMINISTRATOR]


def names(viewer):
    return [membership.organisation.name for membership in queries.memberships_for(viewer)]


def test_an_added_organisation_belongs_to_the_network(cast, admin):
    commands.add_organisation(admin, kind=OrganisationKind.PHARMACY, name="Quay Pharmacy", ods_code="fzz01")
    assert "Quay Pharmacy" in names(admin)
    assert "Quay Pharmacy" not in names(cast.stranger)


def test_an_organisation_gets_its_code_tidied_and_checked(admin):
    added = commands.add_organisation(
        admin, kind=OrganisationKind.GP_PRACTICE, name="Ash Surgery", ods_code=" y99001", list_size=9000
    )
    assert queries.get_organisation_for(admin, added).ods_code == "Y99001"
    with pytest.raises(Invalid, match="a letter and 5 digits"):
        commands.add_organisation(admin, kind=OrganisationKind.GP_PRACTICE, name="Bay", ods_code="Y9")


def test_a_code_is_registered_once(admin):
    commands.add_organisation(admin, kind=OrganisationKind.PHARMACY, name="Quay Pharmacy", ods_code="FZZ01")
    with pytest.raises(Refusal, match="Quay Pharmacy is registered"):
        commands.add_organisation(admin, kind=OrganisationKind.PHARMACY, name="Other", ods_code="FZZ01")


def test_only_a_practice_has_a_list(admin):
    with pytest.raises(Invalid, match="only a GP practice"):
        commands.add_organisation(admin, kind=OrganisationKind.PHARMACY, name="Quay", list_size=10)


def test_an_organisation_of_another_network_joins_by_its_code(cast, admin):
    added = commands.add_organisation(
        admin, kind=OrganisationKind.SOCIAL_CARE, name="County care", ods_code="999"
    )
    hillside = Actor(name="Other admin", network_id=cast.stranger.network_id, is_system=True)
    assert commands.join_network(hillside, ods_code="999") == added
    assert "County care" in names(hillside)
    with pytest.raises(Refusal, match="belongs to your network already"):
        commands.join_network(hillside, ods_code="999")


def test_who_serves_another_network_is_not_pulled_in_by_a_public_code(cast, admin):
    hillside = Actor(name="Other admin", network_id=cast.stranger.network_id, is_system=True)
    commands.add_organisation(hillside, kind=OrganisationKind.SOCIAL_CARE, name="County care", ods_code="999")
    with pytest.raises(Refusal, match="belongs to another network"):
        commands.join_network(admin, ods_code="999")
    assert "County care" not in names(admin)


def test_whoever_runs_quorate_lets_an_organisation_serve_a_second_network(app, cast, admin):
    with in_network(cast.stranger.network_id):
        commands.add_organisation(
            SYSTEM, kind=OrganisationKind.SOCIAL_CARE, name="County care", ods_code="999"
        )
    shared = app.test_cli_runner().invoke(args=["network", "share", "999", "riverside"])
    assert (shared.exit_code, shared.output.strip()) == (0, "999 serves Riverside network from today.")
    assert "County care" in names(admin)
    refused = app.test_cli_runner().invoke(args=["network", "share", "999", "Nowhere"])
    assert refused.exit_code == 1
    assert (
        "No network is called Nowhere. Choose one of: Hillside network, Riverside network." in refused.output
    )


def test_an_unknown_code_cannot_join(admin):
    with pytest.raises(Invalid, match="No organisation here has that ODS code"):
        commands.join_network(admin, ods_code="FZZ99")


def test_leaving_ends_membership_and_can_be_taken_back(cast, admin):
    commands.leave_network(admin, cast.oak.id)
    assert "Oak Surgery" not in names(admin)
    assert [m.organisation.name for m in queries.former_memberships_for(admin)] == ["Oak Surgery"]
    commands.stay_in_network(admin, cast.oak.id)
    assert "Oak Surgery" in names(admin)


def test_who_has_left_is_changed_from_here_no_more(cast, admin):
    commands.leave_network(admin, cast.oak.id)
    for change in (
        lambda: commands.change_organisation(admin, cast.oak.id, name="Ours again"),
        lambda: commands.set_opening_hours(admin, cast.oak_site.id, {}),
        lambda: commands.remove_room(admin, cast.oak_site.rooms[0].id),
    ):
        with pytest.raises(Refusal, match="has left your network"):
            change()


def test_the_code_of_a_site_that_left_is_not_given_again(cast, admin):
    commands.leave_network(admin, cast.oak.id)
    with pytest.raises(Refusal, match="has the code OAK already"):
        commands.add_site(admin, cast.elm.id, name="Second Oak", code="OAK")


def test_sites_of_a_member_of_two_networks_have_codes_of_their_own_in_both(cast, admin):
    hillside = Actor(name="Other admin", network_id=cast.stranger.network_id, is_system=True)
    county = commands.add_organisation(
        admin, kind=OrganisationKind.SOCIAL_CARE, name="County care", ods_code="999"
    )
    far = cast.stranger.grants[0].organisation_id
    commands.add_site(hillside, far, name="Far Surgery", code="FAR")
    commands.add_site(admin, county, name="Town hall", code="HALL")
    far_hall = commands.add_site(hillside, far, name="Far hall", code="HALL")
    with pytest.raises(Refusal, match="share the code HALL"):
        commands.join_network(hillside, ods_code="999")
    commands.change_site(hillside, far_hall, name="Far hall", code="FHL")
    commands.join_network(hillside, ods_code="999")
    with pytest.raises(Refusal, match="has the code FAR already"):
        commands.add_site(admin, county, name="Second office", code="FAR")


def test_who_leaves_tomorrow_is_a_member_today(cast, admin):
    commands.leave_network(admin, cast.oak.id, left_on=today() + timedelta(1))
    assert "Oak Surgery" in names(admin)


def test_the_network_itself_cannot_leave(cast, admin):
    with pytest.raises(Refusal, match="neither join nor leave"):
        commands.leave_network(admin, cast.network.id)


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


def test_only_the_system_founds_a_network(cast, admin):
    with pytest.raises(NotFound):
        commands.found_network(admin, name="Third network", short_name="Third")
    assert commands.found_network(SYSTEM, name="Third network", short_name="Third", ods_code="U99903")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_members_may_look_but_only_the_administrator_edits(cast: Cast, role: Role):
    assert queries.get_organisation_for(cast[role], cast.oak.id).name == "Oak Surgery"
    with pytest.raises(NotAllowed):
        commands.change_organisation(cast[role], cast.oak.id, name="Mine")


def test_a_stranger_finds_nothing(cast: Cast):
    for attempt in (
        lambda: queries.get_organisation_for(cast.stranger, cast.elm.id),
        lambda: queries.get_site_for(cast.stranger, cast.elm_site.id),
        lambda: commands.change_organisation(cast.stranger, cast.elm.id, name="Mine"),
        lambda: commands.add_site(cast.stranger, cast.elm.id, name="Mine", code="MINE"),
        lambda: commands.set_opening_hours(cast.stranger, cast.elm_site.id, {}),
        lambda: commands.leave_network(cast.stranger, cast.elm.id),
    ):
        with pytest.raises(NotFound):
            attempt()
        db.session.rollback()

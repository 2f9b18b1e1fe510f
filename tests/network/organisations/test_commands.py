from datetime import timedelta

import pytest

from network.access.rules import SYSTEM, Actor, Role
from network.organisations import commands, queries
from network.organisations.rules import WeeklySession
from network.plumbing.database import db, in_network, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.sites import commands as sites
from network.vocabulary import OrganisationKind, SessionKind
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
    with pytest.raises(Invalid, match="only a GP practice"):
        commands.add_organisation(admin, kind=OrganisationKind.PHARMACY, name="Quay", adjusted_list_size=10)


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
        lambda: sites.set_opening_hours(admin, cast.oak_site.id, {}),
        lambda: sites.remove_room(admin, cast.oak_site.rooms[0].id),
    ):
        with pytest.raises(Refusal, match="has left your network"):
            change()


def test_who_leaves_tomorrow_is_a_member_today(cast, admin):
    commands.leave_network(admin, cast.oak.id, left_on=today() + timedelta(1))
    assert "Oak Surgery" in names(admin)


def test_the_network_itself_cannot_leave(cast, admin):
    with pytest.raises(Refusal, match="neither join nor leave"):
        commands.leave_network(admin, cast.network.id)


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
        lambda: sites.add_site(cast.stranger, cast.elm.id, name="Mine", code="MINE"),
        lambda: sites.set_opening_hours(cast.stranger, cast.elm_site.id, {}),
        lambda: commands.leave_network(cast.stranger, cast.elm.id),
    ):
        with pytest.raises(NotFound):
            attempt()
        db.session.rollback()

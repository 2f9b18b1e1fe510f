from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, in_network, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.demand import commands
from rota.demand.queries import (
    bank_holidays,
    closures_at,
    closures_for_planning,
    lines_at,
    templates_for_planning,
)
from rota.demand.rules import Want
from tests.cast import Cast

SURGERY = Want(
    0, SessionKind.MORNING, RoleGroup.GP, Activity.SURGERY, 1, 2, 3, competencies=("minor_surgery",)
)
MANAGER = Role.WORKFORCE_MANAGER


def test_a_line_that_was_added_is_planned_for(cast: Cast) -> None:
    template_id = commands.add_demand(cast[MANAGER], cast.elm_site.id, SURGERY)
    [line] = templates_for_planning(today(), today())
    assert (line.template_id, line.site_id) == (template_id, cast.elm_site.id)
    assert line.want == replace(SURGERY, starts_on=today())
    assert templates_for_planning(today() - timedelta(9), today() - timedelta(1)) == ()


def test_a_practice_manager_edits_only_the_own_site(cast: Cast) -> None:
    commands.add_demand(cast[Role.PRACTICE_MANAGER], cast.elm_site.id, SURGERY)
    with pytest.raises(NotAllowed):
        commands.add_demand(cast[Role.PRACTICE_MANAGER], cast.oak_site.id, SURGERY)
    with pytest.raises(NotFound):
        commands.add_demand(cast[Role.STAFF], cast.elm_site.id, SURGERY)


def test_the_same_line_twice_is_refused(cast: Cast) -> None:
    commands.add_demand(cast[MANAGER], cast.elm_site.id, SURGERY)
    with pytest.raises(Refusal, match="already has a line for GP surgery on Monday AM"):
        commands.add_demand(cast[MANAGER], cast.elm_site.id, replace(SURGERY, minimum=2))


def test_a_session_in_which_the_site_is_shut_is_refused(cast: Cast) -> None:
    saturday = replace(SURGERY, weekday=5, kind=SessionKind.SATURDAY_MORNING)
    with pytest.raises(Invalid, match="is not open on Saturday AM"):
        commands.add_demand(cast[MANAGER], cast.elm_site.id, saturday)


def test_changing_numbers_is_audited_with_before_and_after(cast: Cast) -> None:
    template_id = commands.add_demand(cast[MANAGER], cast.elm_site.id, SURGERY)
    commands.change_demand(cast[MANAGER], template_id, replace(SURGERY, desired=3))
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "change_demand")).one()
    assert (entry.details["before"], entry.details["after"]) == ("1/2/3", "1/3/3")
    with pytest.raises(Invalid, match="below the desired"):
        commands.change_demand(cast[MANAGER], template_id, replace(SURGERY, desired=9))
    commands.remove_demand(cast[MANAGER], template_id)
    assert lines_at(cast.elm_site) == []


def test_a_weekday_is_copied_to_others_in_place_of_what_they_have(cast: Cast) -> None:
    manager, site = cast[MANAGER], cast.elm_site
    commands.add_demand(manager, site.id, SURGERY)
    commands.add_demand(manager, site.id, replace(SURGERY, activity=Activity.DUTY))
    commands.add_demand(manager, site.id, replace(SURGERY, weekday=2, role_group=RoleGroup.NURSE))
    assert commands.copy_weekday(manager, site.id, 0, [1, 2, 0]) == 4
    assert sorted((line.want.weekday, line.want.activity) for line in lines_at(site)) == sorted(
        (weekday, activity) for weekday in range(3) for activity in (Activity.SURGERY, Activity.DUTY)
    )
    with pytest.raises(Invalid, match="other weekday"):
        commands.copy_weekday(manager, site.id, 0, [0])
    with pytest.raises(Invalid, match="nothing on Friday"):
        commands.copy_weekday(manager, site.id, 4, [0])


def test_a_site_closes_and_opens_again(cast: Cast) -> None:
    manager, site = cast[MANAGER], cast.elm_site
    day = today() + timedelta(14)
    closure_id = commands.close_site(manager, site.id, day, "Protected learning time")
    assert [closed.why for closed in closures_for_planning(day, day)] == ["Protected learning time"]
    with pytest.raises(Refusal, match="already closed then: Protected learning time"):
        commands.close_site(manager, site.id, day, "Training")
    with pytest.raises(Invalid, match="why"):
        commands.close_site(manager, site.id, day + timedelta(1), " ")
    commands.reopen_site(manager, closure_id)
    assert closures_at(site) == []


def test_bank_holidays_of_england_are_known_offline() -> None:
    christmas = bank_holidays(date(2026, 12, 24), date(2026, 12, 31))
    assert [(each.day, each.name) for each in christmas] == [
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 28), "Boxing Day"),
    ]


def test_sites_close_on_bank_holidays_once(cast: Cast) -> None:
    manager, sites = cast[MANAGER], [cast.elm_site.id, cast.oak_site.id]
    span = (date(2026, 12, 1), date(2026, 12, 31))
    assert commands.close_on_bank_holidays(manager, sites, *span) == 4
    with pytest.raises(Refusal, match="closed already"):
        commands.close_on_bank_holidays(manager, sites, *span)


def test_a_stranger_learns_nothing(cast: Cast) -> None:
    site_id = cast.elm_site.id
    template_id = commands.add_demand(cast[MANAGER], site_id, SURGERY)
    closure_id = commands.close_site(cast[MANAGER], site_id, today(), "Flood")
    stranger = cast.stranger
    with in_network(stranger.network_id):
        for attempt in (
            lambda: commands.add_demand(stranger, site_id, SURGERY),
            lambda: commands.change_demand(stranger, template_id, SURGERY),
            lambda: commands.remove_demand(stranger, template_id),
            lambda: commands.copy_weekday(stranger, site_id, 0, [1]),
            lambda: commands.close_site(stranger, site_id, today(), "Flood"),
            lambda: commands.close_on_bank_holidays(stranger, [site_id], today(), today()),
            lambda: commands.reopen_site(stranger, closure_id),
        ):
            with pytest.raises(NotFound):
                attempt()

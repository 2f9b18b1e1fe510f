from datetime import timedelta

import pytest

from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from rota.cells.commands import clear
from rota.drafts.queries import find_assignment
from rota.edits.rules import Cell
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import WrongState, copy_version, discard_version, open_period
from rota.rotas.queries import get_period_for, get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState
from rota.rows.rules import mark_of
from rota.stages import commands
from rota.stages.queries import proposal_for
from rota.stages.rules import ApprovalState
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

MANAGER, PRACTICE = Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER


def a_draft(cast: Cast) -> RotaVersion:
    """A draft with one session at Elm and one at Oak."""
    elm, oak, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, elm, cast.elm_site, cast[MANAGER])
    scene.put(version, oak, cast.oak_site, cast[MANAGER])
    return version


def states_of(cast: Cast, version: RotaVersion) -> dict[str, ApprovalState]:
    return {part.name: part.state for part in proposal_for(cast[MANAGER], version.id).parts}


def test_a_rota_that_collects_requests_is_filled_only_once_drafting_has_begun(cast: Cast) -> None:
    scene.make_scene(cast)
    version_id = open_period(cast[MANAGER], MONDAY, 1, requests_until=today())
    with pytest.raises(WrongState, match="Begin drafting"):
        ask_to_fill(cast[MANAGER], version_id)
    commands.begin_drafting(cast[MANAGER], version_id)
    assert ask_to_fill(cast[MANAGER], version_id)
    with pytest.raises(WrongState):
        commands.begin_drafting(cast[MANAGER], version_id)


@pytest.mark.parametrize("days", [-1, 0])
def test_the_last_day_for_requests_lies_between_today_and_the_first_day(cast: Cast, days: int) -> None:
    scene.want(cast.elm_site)
    until = today() - timedelta(1) if days else MONDAY
    with pytest.raises(Invalid, match="last day for requests"):
        open_period(cast[MANAGER], MONDAY, 1, requests_until=until)


def test_requests_are_collected_for_longer_or_again(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    for until in (today(), today() + timedelta(1)):
        commands.collect_requests(cast[MANAGER], version_id, until)
        period = get_version_for(cast[MANAGER], version_id).period
        assert (period.state, period.requests_until) == (PeriodState.COLLECTING, until)


def test_a_practice_approves_its_part_and_is_shown_when_it_changes_afterwards(cast: Cast) -> None:
    version = a_draft(cast)
    commands.propose_version(cast[MANAGER], version.id)
    commands.approve_part(cast[PRACTICE], version.id, cast.elm.id)
    assert states_of(cast, version) == {
        "Elm Surgery": ApprovalState.APPROVED,
        "Oak Surgery": ApprovalState.WAITING,
    }
    take_off(cast, version, cast.oak_site)
    assert states_of(cast, version)["Elm Surgery"] is ApprovalState.APPROVED
    take_off(cast, version, cast.elm_site)
    assert states_of(cast, version)["Elm Surgery"] is ApprovalState.CHANGED
    commands.approve_part(cast[PRACTICE], version.id, cast.elm.id)
    assert states_of(cast, version)["Elm Surgery"] is ApprovalState.APPROVED
    commands.withdraw_approval(cast[PRACTICE], version.id, cast.elm.id)
    assert states_of(cast, version)["Elm Surgery"] is ApprovalState.WAITING


def take_off(cast: Cast, version: RotaVersion, site) -> None:
    """Take whoever stands at a site on Monday morning off it."""
    db.session.refresh(version)
    row = next(row for row in version.assignments if row.site_id == site.id)
    cell = Cell(row.member_id, row.day, row.kind)
    found = find_assignment(version.id, cell)
    assert found is not None
    clear(cast[MANAGER], version.id, cell, mark_of(found.id, found.row_version))


def test_nobody_approves_for_another_practice(cast: Cast) -> None:
    version = a_draft(cast)
    commands.propose_version(cast[MANAGER], version.id)
    with pytest.raises(NotAllowed):
        commands.approve_part(cast[PRACTICE], version.id, cast.oak.id)
    with pytest.raises(NotFound):
        commands.approve_part(cast[MANAGER], version.id, cast.charity.id)
    assert [part.name for part in proposal_for(cast[PRACTICE], version.id).parts if part.may_decide] == [
        "Elm Surgery"
    ]


def test_only_what_is_proposed_is_approved(cast: Cast) -> None:
    version = a_draft(cast)
    with pytest.raises(WrongState, match="not proposed"):
        commands.approve_part(cast[PRACTICE], version.id, cast.elm.id)


def test_one_draft_is_proposed_and_is_not_put_aside_until_that_is_taken_back(cast: Cast) -> None:
    version = a_draft(cast)
    other_id = copy_version(cast[MANAGER], version.id)
    commands.propose_version(cast[MANAGER], version.id)
    assert get_period_for(cast[MANAGER], version.period_id).draft.id == version.id
    with pytest.raises(WrongState):
        commands.propose_version(cast[MANAGER], other_id)
    with pytest.raises(Refusal, match="Take that back"):
        discard_version(cast[MANAGER], version.id)
    commands.take_back_proposal(cast[MANAGER], version.id)
    discard_version(cast[MANAGER], version.id)


def test_an_empty_draft_is_not_proposed(cast: Cast) -> None:
    scene.make_scene(cast)
    with pytest.raises(Refusal, match="Fill it first"):
        commands.propose_version(cast[MANAGER], scene.open_rota(cast).id)


def test_a_rota_is_closed_only_once_it_is_over_and_has_no_draft(cast: Cast) -> None:
    version = a_draft(cast)
    scene.make_chosen(version)
    with pytest.raises(Refusal, match="last day"):
        commands.close_period(cast[MANAGER], version.id, MONDAY + timedelta(6))
    draft_id = copy_version(cast[MANAGER], version.id)
    with pytest.raises(Refusal, match="draft of this rota"):
        commands.close_period(cast[MANAGER], version.id, MONDAY + timedelta(7))
    discard_version(cast[MANAGER], draft_id)
    commands.close_period(cast[MANAGER], version.id, MONDAY + timedelta(7))
    period = get_version_for(cast[MANAGER], version.id).period
    assert (period.state, period.closed_by) == (PeriodState.CLOSED, cast[MANAGER].name)
    assert period.closed_at is not None


def test_a_closed_rota_is_opened_again_with_a_reason_only(cast: Cast) -> None:
    version = a_draft(cast)
    scene.make_chosen(version)
    commands.close_period(cast[MANAGER], version.id, MONDAY + timedelta(7))
    with pytest.raises(Invalid, match="why"):
        commands.reopen_period(cast[MANAGER], version.id, "  ")
    commands.reopen_period(cast[MANAGER], version.id, "A session was missing.")
    period = get_version_for(cast[MANAGER], version.id).period
    assert (period.state, period.reopened_why) == (PeriodState.PUBLISHED, "A session was missing.")
    with pytest.raises(WrongState):
        commands.reopen_period(cast[MANAGER], version.id, "Again.")


@pytest.mark.parametrize("role", [PRACTICE, Role.STAFF, Role.CLINICAL_LEAD, Role.ADMINISTRATOR])
def test_only_who_plans_the_network_moves_a_rota_on(cast: Cast, role: Role) -> None:
    version = a_draft(cast)
    for deed in (commands.begin_drafting, commands.propose_version, commands.take_back_proposal):
        with pytest.raises((NotAllowed, NotFound)):
            deed(cast[role], version.id)
    scene.make_chosen(version)
    with pytest.raises((NotAllowed, NotFound)):
        commands.close_period(cast[role], version.id, MONDAY + timedelta(7))

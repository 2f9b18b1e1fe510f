import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from network.vocabulary import ContractType, RoleGroup
from rota.funding.commands import agree_shares, share_by_list
from rota.funding.queries import group_shares_for, history_for, shares_of_group
from rota.funding.rules import Agreement, agreement_on, shares_by_list, shares_on, wrong_with_shares
from rota.planning.queries import planned_for
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

FINANCE, MANAGER = Role.FINANCE_VIEWER, Role.WORKFORCE_MANAGER
ELM, OAK = uuid.UUID(int=1), uuid.UUID(int=2)
LISTS = {ELM: 10_000, OAK: 30_000}
GP, NURSE = RoleGroup.GP, RoleGroup.NURSE


def test_shares_follow_the_lists_and_sum_to_a_hundred() -> None:
    assert shares_by_list({"Elm": 5000, "Oak": 10000, "Ash": 8000}) == {"Elm": 21, "Oak": 45, "Ash": 34}


def test_without_lists_there_are_no_shares() -> None:
    assert shares_by_list({"Elm": 0}) == {}


def test_the_agreement_that_began_last_holds_and_of_two_the_one_made_last() -> None:
    made = [
        Agreement(GP, MONDAY, 1, {ELM: 50, OAK: 50}),
        Agreement(GP, MONDAY + timedelta(7), 2, {ELM: 60, OAK: 40}),
        Agreement(GP, MONDAY, 3, {ELM: 70, OAK: 30}),
        Agreement(NURSE, MONDAY, 4, {ELM: 100, OAK: 0}),
    ]
    assert agreement_on(made, GP, MONDAY - timedelta(1)) is None
    assert agreement_on(made, GP, MONDAY) is made[2]
    assert agreement_on(made, GP, MONDAY + timedelta(7)) is made[1]
    assert shares_on(made, GP, MONDAY - timedelta(1), LISTS) == {ELM: 25, OAK: 75}
    assert shares_on(made, NURSE, MONDAY, LISTS) == {ELM: 100, OAK: 0}


def test_an_agreement_without_shares_goes_back_to_the_lists() -> None:
    made = [Agreement(GP, MONDAY, 1, {ELM: 50, OAK: 50}), Agreement(GP, MONDAY, 2)]
    assert shares_on(made, GP, MONDAY, LISTS) == {ELM: 25, OAK: 75}


def test_shares_are_percentages_that_sum_to_a_hundred() -> None:
    assert not wrong_with_shares({ELM: 100, OAK: 0})
    assert "sum to 90%" in wrong_with_shares({ELM: 50, OAK: 40})
    assert "0 to 100%" in wrong_with_shares({ELM: 150, OAK: -50})


@pytest.fixture
def lists(cast: Cast) -> Cast:
    cast.elm.list_size, cast.oak.list_size = 10_000, 30_000
    db.session.commit()
    return cast


def test_agreed_shares_reach_the_solver_and_are_kept_as_history(lists: Cast) -> None:
    people = scene.make_scene(lists)
    people[0].engagement.contract = ContractType.ADDITIONAL_ROLES
    db.session.commit()
    version = scene.open_rota(lists)
    assert planned_for(version).problem.shares == {"GP": {"Elm Surgery": 25, "Oak Surgery": 75}}
    before = planned_for(version).hash
    agree_shares(lists[FINANCE], GP, MONDAY, {lists.elm.id: 60, lists.oak.id: 40}, "Board")
    assert planned_for(version).problem.shares == {"GP": {"Elm Surgery": 60, "Oak Surgery": 40}}
    assert planned_for(version).hash != before
    share_by_list(lists[MANAGER], GP, MONDAY, "Board, again")
    assert planned_for(version).problem.shares == {"GP": {"Elm Surgery": 25, "Oak Surgery": 75}}
    assert [told.why for told in history_for(lists[FINANCE], GP)] == ["Board, again", "Board"]
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "agree_shares")).all()


def test_an_agreement_that_begins_later_does_not_hold_yet(lists: Cast) -> None:
    agree_shares(lists[FINANCE], GP, MONDAY, {lists.elm.id: 60, lists.oak.id: 40}, "Board")
    assert shares_of_group(lists[FINANCE], GP, MONDAY - timedelta(1)).agreed_from is None
    now = shares_of_group(lists[FINANCE], GP, MONDAY)
    assert (now.agreed_from, [percent for _, percent in now.shares]) == (MONDAY, [60, 40])


def test_what_is_no_agreement_is_refused(lists: Cast) -> None:
    half = {lists.elm.id: 50, lists.oak.id: 50}
    with pytest.raises(Invalid, match="who agreed"):
        agree_shares(lists[FINANCE], GP, MONDAY, half, " ")
    with pytest.raises(Invalid, match="sum to 50%"):
        agree_shares(lists[FINANCE], GP, MONDAY, {lists.elm.id: 50}, "Board")
    with pytest.raises(NotFound, match="does not share"):
        agree_shares(lists[FINANCE], GP, MONDAY, {uuid.uuid4(): 100}, "Board")


@pytest.mark.parametrize("role", [Role.PRACTICE_MANAGER, Role.STAFF, Role.CLINICAL_LEAD, Role.ADMINISTRATOR])
def test_only_finance_and_the_workforce_manager_agree(lists: Cast, role: Role) -> None:
    with pytest.raises(NotAllowed):
        agree_shares(lists[role], GP, MONDAY, {lists.elm.id: 50, lists.oak.id: 50}, "Board")


@pytest.mark.parametrize("role", [Role.STAFF, Role.CLINICAL_LEAD, Role.ADMINISTRATOR, Role.CHAIR])
def test_others_do_not_see_them(lists: Cast, role: Role) -> None:
    with pytest.raises(NotFound):
        group_shares_for(lists[role], date(2026, 12, 7))


def test_shares_are_agreed_on_a_page(lists: Cast) -> None:
    client = client_for(lists, FINANCE)
    assert "25%" in client.get("/funding/shares").text
    page = "/funding/shares/gp"
    answers = {"way": "agreed", "starts_on": "2026-11-01", "why": "Board", "share_0": "60", "share_1": "30"}
    wrong = client.post(page, data=answers)
    assert wrong.status_code == 422
    assert "They sum to 90%" in wrong.text or "they sum to 90%" in wrong.text
    done = client.post(page, data=answers | {"share_1": "40"}, follow_redirects=True)
    assert "The shares are noted." in done.text
    assert "60%" in done.text
    assert "Board. Noted by" in client.get(page).text
    back = client.post(page, data=answers | {"way": "list", "share_0": ""}, follow_redirects=True)
    assert "The shares are noted." in back.text
    assert client.get("/funding/shares/wizards").status_code == 404

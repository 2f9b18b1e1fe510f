"""Pages that list people ask the database as often for many of them as for a few."""

from collections.abc import Callable

import pytest

from mdt.cases.rules import CaseState
from mdt.lists.rules import ItemState
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db, enter_network
from tests.attempts.actions import own_action
from tests.cast import Cast, client_for
from tests.mdt.after import let_know, make_over, make_signed
from tests.mdt.scene import make_case, make_decision, make_item
from tests.statements import counted


def asked_by(cast: Cast, role: Role, path: str) -> int:
    browser = client_for(cast, role)
    db.session.commit()
    db.session.expire_all()
    with counted() as sent:
        assert browser.get(path).status_code == 200
    enter_network(cast.network.id)
    return sum(statement.startswith("SELECT") for statement in sent)


def objected(cast: Cast) -> None:
    object_to_sharing(cast[Role.CARE_COORDINATOR], make_case(cast).patient_id, ObjectionScope.ALL)


@pytest.mark.parametrize(
    ("role", "path", "make"),
    [
        (Role.CLINICIAN, "/actions", own_action),
        (Role.CARE_COORDINATOR, "/tellings", make_signed),
        (Role.GOVERNANCE_LEAD, "/sharing/objections", objected),
    ],
)
def test_a_list_of_many_people_asks_as_often_as_one_of_few(
    cast: Cast, role: Role, path: str, make: Callable[[Cast], object]
) -> None:
    make(cast)
    few = asked_by(cast, role, path)
    for _ in range(3):
        make(cast)
    assert asked_by(cast, role, path) == few


def test_minutes_of_many_cases_ask_no_more_for_who_they_are_about(cast: Cast) -> None:
    over = make_over(cast)
    path = f"/meetings/{over.meeting.id}/minutes"

    def banners() -> int:
        browser = client_for(cast, Role.CHAIR)
        db.session.commit()
        with counted() as sent:
            assert browser.get(path).status_code == 200
        enter_network(cast.network.id)
        return sum("FROM patient_need" in statement for statement in sent)

    few = banners()
    for position in (2, 3):
        case = make_case(cast, CaseState.DISCUSSED)
        item = make_item(over.meeting, case, position, state=ItemState.DECIDED)
        make_decision(item)
        let_know(case, item.id, account_id=cast[Role.CHAIR].account_id)
    assert banners() == few

from datetime import timedelta

import pytest
import time_machine

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import ContractType
from rota.allowances.commands import add_to_allowance
from rota.allowances.rules import LineKind
from rota.leave.commands import approve_leave, request_leave
from rota.leave.rules import AbsenceKind, Away
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture(autouse=True)
def _weeks_before() -> None:
    with time_machine.travel(MONDAY - timedelta(weeks=4), tick=True):
        yield


@pytest.fixture
def partner(cast: Cast) -> RotaMember:
    """Put the cast's member of staff on the rota as a partner with a day of leave."""
    member = scene.make_worker(cast, "Example")
    member.engagement.contract = ContractType.PARTNER
    member.engagement.person_id = cast[Role.STAFF].person_id
    db.session.commit()
    leave = request_leave(cast[MANAGER], member.id, Away(AbsenceKind.ANNUAL, MONDAY, MONDAY))
    approve_leave(cast[MANAGER], leave)
    return member


def pages_of(cast: Cast, member: RotaMember) -> list[str]:
    manager, own = client_for(cast, MANAGER), client_for(cast, Role.STAFF)
    answers = [manager.get("/leave/balances"), manager.get(f"/leave/balances/{member.id}")]
    return [answer.text for answer in (*answers, own.get("/leave/mine"), own.get("/"))]


def test_a_partner_without_an_allowance_raises_no_alarm(cast: Cast, partner: RotaMember) -> None:
    for page in pages_of(cast, partner):
        assert "no allowance" in page.lower()
        assert "▲" not in page


def test_an_allowance_that_was_agreed_is_reckoned(cast: Cast, partner: RotaMember) -> None:
    add_to_allowance(cast[MANAGER], partner.id, MONDAY, LineKind.ADJUSTED, 10, "Agreed")
    for page in pages_of(cast, partner):
        assert "no allowance" not in page.lower()

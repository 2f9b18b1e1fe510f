from datetime import timedelta

from network.access.rules import Role
from network.plumbing.database import today
from rota.host_answers.queries import get_asking_for, link_token
from rota.leave.commands import approve_leave, request_leave
from rota.leave.rules import AbsenceKind, Away
from tests.addresses import address
from tests.cast import Cast
from tests.rota.host_scene import LEAD, answer_of, asked, host, offer, placed, supervisor


@address("host_board.host", "hosts.change", "hosts.add_approval", "hosts.add_offer")
def _host(cast: Cast):
    return {"host_id": host(cast)}


@address(
    "host_board.offer",
    "host_board.withdraw",
    "hosts.change_offer",
    "hosts.add_limit",
    "hosts.name_supervisor",
)
def _offer(cast: Cast):
    return {"offer_id": offer(cast, name="Treatment room")}


@address("host_answers.ask")
def _version(cast: Cast):
    return {"version_id": placed(cast, offer(cast, name="Home visits")).version_id}


@address("host_answers.show")
def _asking(cast: Cast):
    return {"asking_id": asked(cast)}


@address("host_answers.decline")
def _answer(cast: Cast):
    return {"answer_id": answer_of(cast, asked(cast))}


@address("host_answers.answer")
def _link(cast: Cast):
    return {"token": link_token(get_asking_for(cast[LEAD], asked(cast)).row)}


@address("supervision.absence")
def _absence(cast: Cast):
    member_id = supervisor(cast, offer(cast, name="Immunisations"))
    away = Away(AbsenceKind.ANNUAL, today() + timedelta(7), today() + timedelta(8))
    manager = cast[Role.WORKFORCE_MANAGER]
    absence_id = request_leave(manager, member_id, away)
    approve_leave(manager, absence_id)
    return {"absence_id": absence_id}

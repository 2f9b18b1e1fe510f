from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from rota.requests.commands import make_request
from rota.requests.records import RotaRequest
from rota.requests.rules import Asked, Span
from tests.addresses import address
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene


def wish(cast: Cast) -> RotaRequest:
    """One wish for all these pages."""
    people = scene.make_scene(cast)
    period_id = scene.open_rota(cast).period_id
    asked = Asked(False, 2, Span(day=MONDAY))
    request_id = make_request(cast[Role.WORKFORCE_MANAGER], period_id, people[0].id, asked)
    return db.session.scalars(select(RotaRequest).where(RotaRequest.id == request_id)).one()


@address("requests.everybody", alone=True)
def _period(cast: Cast):
    return {"period_id": wish(cast).period_id}


@address("requests.person", alone=True)
def _person(cast: Cast):
    found = wish(cast)
    return {"period_id": found.period_id, "member_id": found.member_id}


@address("requests.change", alone=True)
def _change(cast: Cast):
    return {"request_id": wish(cast).id}

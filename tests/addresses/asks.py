from sqlalchemy import select

from network.plumbing.database import db
from rota.rotas.records import DemandLine
from tests.addresses import address
from tests.addresses.rotas import draft
from tests.cast import Cast


@address("asks.show")
def _why(cast: Cast):
    version = draft(cast)
    line_id = db.session.scalars(
        select(DemandLine.id).where(DemandLine.period_id == version.period_id)
    ).first()
    return {"version_id": version.id, "line": line_id}


@address("rooms.show", "trials.show")
def _trials(cast: Cast):
    return {"version_id": draft(cast).id}

"""Noting who has a version open."""

import uuid

from sqlalchemy.dialects.postgresql import insert

from network.access.rules import Actor
from network.plumbing.database import current_network, db, now
from rota.rotas.records import Visit


def note_visit(actor: Actor, version_id: uuid.UUID, cell: str) -> None:
    """Note that somebody looks at a version, and at which cell of it.

    No `@command`: a beat every few seconds changes nothing that anybody would look for in the trail.
    """
    if actor.account_id is None:
        return
    seen = {"name": actor.name, "cell": cell.replace("\0", "")[:60], "seen_at": now()}
    whose = {"version_id": version_id, "account_id": actor.account_id, "network_id": current_network()}
    db.session.execute(
        insert(Visit)
        .values(id=uuid.uuid4(), **whose, **seen)
        .on_conflict_do_update(index_elements=["version_id", "account_id"], set_=seen)
    )
    db.session.commit()

"""Writing what whoever stands at the door is told."""

import uuid
from collections.abc import Iterable

from sqlalchemy import func, select

from network.plumbing.database import current_network, db, take_turns
from rota.outbox.records import OutboxChange
from rota.outbox.rules import News


def tell(what: News, keys: Iterable[uuid.UUID]) -> None:
    """Tell of a change to each of these tokens or keys; part of a command."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return
    # Numbers follow commits: a reader who has seen one must have seen all before it.
    take_turns("outbox")
    last = db.session.scalar(
        select(func.max(OutboxChange.number)).where(OutboxChange.network_id == current_network())
    )
    db.session.add_all(
        OutboxChange(number=number, key=key, what=what) for number, key in enumerate(wanted, (last or 0) + 1)
    )
    db.session.flush()

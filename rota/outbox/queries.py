"""Reading what changed."""

from sqlalchemy import select

from network.plumbing.database import db
from rota.outbox.records import OutboxChange
from rota.outbox.rules import Change

MOST_AT_ONCE = 500


def changes_since(cursor: int) -> tuple[Change, ...]:
    """Return what changed in the current network after a cursor, in order, a portion at a time."""
    rows = db.session.scalars(
        select(OutboxChange)
        .where(OutboxChange.number > cursor)
        .order_by(OutboxChange.number)
        .limit(MOST_AT_ONCE)
    )
    return tuple(Change(row.number, row.key, row.what) for row in rows)

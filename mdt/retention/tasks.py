"""Removing what two agreed on, one person at a time."""

import uuid

from sqlalchemy import select

from mdt.retention.commands import DoneAlready, remove_line
from mdt.retention.records import RemovalLine
from network.access.rules import SYSTEM
from network.plumbing.database import db
from network.plumbing.queue import should_stop, stop, task


@task("retention.remove_agreed")
def remove_agreed(network_id: uuid.UUID | None, removal_id: str | uuid.UUID) -> None:
    """Remove the people of a removal; a second run goes on where the first one stopped."""
    wanted = select(RemovalLine.id).where(
        RemovalLine.removal_id == uuid.UUID(str(removal_id)), RemovalLine.done_at.is_(None)
    )
    for line_id in db.session.scalars(wanted.order_by(RemovalLine.refs, RemovalLine.id)).all():
        if should_stop():
            stop()
        try:
            remove_line(SYSTEM, line_id)
        except DoneAlready:
            continue

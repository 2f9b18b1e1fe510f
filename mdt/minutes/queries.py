"""The minutes of cases, block by block. Whoever calls has asked for access before."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from mdt.minutes.records import MinuteBlock
from mdt.minutes.rules import BlockName
from network.plumbing.database import db


def blocks_of(item_id: uuid.UUID) -> dict[BlockName, MinuteBlock]:
    """Return what was written of one item, by block."""
    return blocks_of_items([item_id]).get(item_id, {})


def blocks_of_items(item_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[BlockName, MinuteBlock]]:
    """Return what was written of some items, by block."""
    found: dict[uuid.UUID, dict[BlockName, MinuteBlock]] = {}
    for row in db.session.scalars(select(MinuteBlock).where(MinuteBlock.item_id.in_(list(item_ids)))):
        found.setdefault(row.item_id, {})[row.name] = row
    return found

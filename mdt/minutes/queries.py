"""The minutes of cases, block by block. Whoever calls has asked for access before."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from mdt.minutes.records import MinuteBlock
from mdt.minutes.rules import BlockName, Written
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


def written_of(item_id: uuid.UUID) -> Written:
    """Return what was written of one item that is read back as its decision."""
    words = {name: block.words.strip() for name, block in blocks_of(item_id).items()}
    return Written(
        *(
            words.get(name, "")
            for name in (BlockName.DECISION, BlockName.RATIONALE, BlockName.PUT_ASIDE, BlockName.DISSENT)
        )
    )

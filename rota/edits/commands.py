"""Noting an edit, so that it can be told, explained and undone."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from network.access.rules import Actor
from network.plumbing.database import current_network, db
from rota.edits.queries import last_number
from rota.edits.records import ChangeEvent, Edit
from rota.edits.rules import Cell, Content, EditKind


def note_edit(
    actor: Actor,
    version_id: uuid.UUID,
    kind: EditKind,
    changes: Mapping[Cell, tuple[Content, Content]],
    said: str = "",
    why: str = "",
    takes_back: uuid.UUID | None = None,
) -> Edit:
    """Keep what an edit changed: before and after of each cell. The version must be locked by the caller."""
    edit = Edit(
        version_id=version_id,
        number=last_number(version_id) + 1,
        kind=kind,
        said=said[:200],
        why=why,
        takes_back_id=takes_back,
        account_id=actor.account_id,
        by=actor.name,
    )
    db.session.add(edit)
    db.session.flush()
    rows: list[dict[str, Any]] = [
        {
            "id": uuid.uuid4(),
            "network_id": current_network(),
            "version_id": version_id,
            "edit_id": edit.id,
            "member_id": cell.member_id,
            "day": cell.day,
            "kind": cell.kind,
            "before": before,
            "after": after,
        }
        for cell, (before, after) in changes.items()
    ]
    if rows:
        db.session.execute(insert(ChangeEvent), rows)
    return edit

"""Noting an edit, so that it can be told, explained and undone."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    String,
    Uuid,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from network.access.rules import Actor
from network.plumbing.database import current_network, db
from rota.edits.queries import last_number
from rota.edits.records import ChangeEvent, Edit
from rota.edits.rules import CONTENT, Cell, Content, EditKind, restored
from rota.rotas.records import Assignment


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
        said=said.replace("\0", "")[:200],
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


def write_contents(version_id: uuid.UUID, contents: Mapping[Cell, Content]) -> None:
    """Let cells hold what is given, None emptying them: two statements, however many cells there are."""
    emptied = [cell for cell, content in contents.items() if content is None]
    if emptied:
        db.session.execute(delete(Assignment).where(Assignment.version_id == version_id, _among(emptied)))
    rows = [_row(version_id, cell, content) for cell, content in contents.items() if content is not None]
    if rows:
        new = insert_or_update(Assignment)
        changes: dict[Any, Any] = {name: new.excluded[name] for name in CONTENT}
        # A row that somebody looked at before is known by its number to be another now.
        changes["row_version"] = Assignment.row_version + 1
        key = ["version_id", "member_id", "day", "kind"]
        db.session.execute(new.on_conflict_do_update(index_elements=key, set_=changes), rows)
    # Written past the session: what it holds of these rows is old.
    for held in db.session.identity_map.values():
        if isinstance(held, Assignment):
            db.session.expire(held)


def _among(cells: Sequence[Cell]) -> ColumnElement[bool]:
    # As arrays: a filling of many practices has more cells than a statement may have parameters.
    members = literal([cell.member_id for cell in cells], ARRAY(Uuid))
    days = literal([cell.day for cell in cells], ARRAY(Date))
    kinds = literal([cell.kind.value for cell in cells], ARRAY(String))
    given = select(func.unnest(members), func.unnest(days), func.unnest(kinds))
    return tuple_(Assignment.member_id, Assignment.day, Assignment.kind).in_(given)


def _row(version_id: uuid.UUID, cell: Cell, content: Mapping[str, Any]) -> dict[str, Any]:
    return restored(content) | {
        "id": uuid.uuid4(),
        "network_id": current_network(),
        "version_id": version_id,
        "member_id": cell.member_id,
        "day": cell.day,
        "kind": cell.kind,
        "row_version": 1,
    }

"""The edits of a version, as history and for undoing."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Uuid, func, literal, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from network.access.rules import Actor
from network.plumbing.database import db
from network.vocabulary import Activity
from rota.edits.records import ChangeEvent, Edit
from rota.edits.rules import CONTENT, Cell, Content, Stacks, Step, kept, stacks_of
from rota.rotas.records import Assignment, DemandLine

# An undo further back than this is a new beginning, not an undo.
STEPS_KEPT = 200


def stacks_for(viewer: Actor, version_id: uuid.UUID) -> Stacks:
    """Return what the viewer can undo and do again in a version: their own edits only."""
    rows = db.session.execute(
        select(Edit.id, Edit.kind, Edit.takes_back_id)
        .where(Edit.version_id == version_id, Edit.account_id == viewer.account_id)
        .order_by(Edit.number.desc())
        .limit(STEPS_KEPT)
    ).all()
    return stacks_of(Step(*row) for row in reversed(rows))


def get_edit(edit_id: uuid.UUID) -> Edit:
    """Return an edit with the cells it changed."""
    return db.session.scalars(
        select(Edit).where(Edit.id == edit_id).options(selectinload(Edit.changes))
    ).one()


def last_number(version_id: uuid.UUID) -> int:
    """Return the number of the last edit of a version, 0 where there is none."""
    return db.session.scalar(select(func.max(Edit.number)).where(Edit.version_id == version_id)) or 0


def changes_since(version_id: uuid.UUID, number: int) -> list[ChangeEvent]:
    """Return the cells changed by edits after one, the first first, each with its edit."""
    return list(
        db.session.scalars(
            select(ChangeEvent)
            .join(ChangeEvent.edit)
            .where(ChangeEvent.version_id == version_id, Edit.number > number)
            .order_by(Edit.number)
            .options(selectinload(ChangeEvent.edit))
        )
    )


def last_changes_of(viewer: Actor, version_id: uuid.UUID) -> list[ChangeEvent]:
    """Return the cells that the viewer's last edit of a version changed."""
    last = (
        select(Edit.id)
        .where(Edit.version_id == version_id, Edit.account_id == viewer.account_id)
        .order_by(Edit.number.desc())
        .limit(1)
    )
    return list(db.session.scalars(select(ChangeEvent).where(ChangeEvent.edit_id == last.scalar_subquery())))


def history_of(version_id: uuid.UUID, cell: Cell, most: int = 10) -> list[ChangeEvent]:
    """Return the latest changes of a cell, the last first, each with its edit."""
    return list(
        db.session.scalars(
            select(ChangeEvent)
            .join(ChangeEvent.edit)
            .where(
                ChangeEvent.version_id == version_id,
                ChangeEvent.member_id == cell.member_id,
                ChangeEvent.day == cell.day,
                ChangeEvent.kind == cell.kind,
            )
            .order_by(Edit.number.desc())
            .limit(most)
            .options(contains_eager(ChangeEvent.edit))
        )
    )


def contents_of(version_id: uuid.UUID, *only: ColumnElement[bool]) -> dict[Cell, dict[str, Any]]:
    """Return what stands in the cells of a version, or in some of them, as an edit keeps it."""
    columns = [getattr(Assignment, name) for name in CONTENT]
    rows = db.session.execute(
        select(Assignment.member_id, Assignment.day, Assignment.kind, *columns).where(
            Assignment.version_id == version_id, *only
        )
    )
    return {Cell(*row[:3]): kept(dict(zip(CONTENT, row[3:], strict=True))) for row in rows}


def lines_gone(contents: Iterable[Content]) -> set[str]:
    """Return the lines of some contents on which nobody can stand any more: their clinic is not held."""
    wanted = {uuid.UUID(each["line_id"]) for each in contents if each and each["line_id"]}
    given = select(func.unnest(literal(list(wanted), ARRAY(Uuid))))
    stands = or_(DemandLine.maximum > 0, DemandLine.activity != Activity.CLINIC)
    there = db.session.scalars(select(DemandLine.id).where(DemandLine.id.in_(given), stands))
    return {str(each) for each in wanted.difference(there)}


def among(cells: Collection[Cell]) -> ColumnElement[bool]:
    """Ask for the assignments of these people on these days; a few more than the cells, in one question."""
    return Assignment.member_id.in_({cell.member_id for cell in cells}) & Assignment.day.in_(
        {cell.day for cell in cells}
    )

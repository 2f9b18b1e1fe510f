"""Decisions that hold: each item's latest, and all of a case. Whoever calls has asked for access before."""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from mdt.decisions.records import Decision
from mdt.goals.records import Goal
from network.plumbing.database import db
from network.plumbing.refusals import NotFound


def decision_of_item(item_id: uuid.UUID) -> Decision | None:
    """Return what was decided on an item of a list, as it was last read back."""
    return decisions_of_items([item_id]).get(item_id)


def decisions_of_items(item_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decision]:
    """Return what was decided on some items, as it was last read back; the others are left out."""
    rows = db.session.scalars(
        _current()
        .where(Decision.item_id.in_(list(item_ids)))
        .options(selectinload(Decision.goal).selectinload(Goal.wordings))
    )
    return {row.item_id: row for row in rows}


def decisions_of(case_id: uuid.UUID) -> Sequence[Decision]:
    """Return the decisions on a case that were not replaced, the newest first, with their addenda."""
    return decisions_of_cases([case_id]).get(case_id, [])


def decisions_of_cases(case_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Decision]]:
    """Return the decisions on some cases that were not replaced, the newest first, with their addenda."""
    rows = db.session.scalars(
        _current()
        .where(Decision.case_id.in_(list(case_ids)))
        .options(
            joinedload(Decision.item),
            selectinload(Decision.addenda),
            selectinload(Decision.goal).selectinload(Goal.wordings),
        )
        .order_by(Decision.confirmed_at.desc())
    )
    found: dict[uuid.UUID, list[Decision]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def decisions_serving(
    goal_ids: Collection[uuid.UUID], knows_of: Callable[[uuid.UUID], bool]
) -> dict[uuid.UUID, list[Decision]]:
    """Return the decisions that serve some goals, the newest first, of the cases the reader knows of."""
    rows = db.session.scalars(
        _current()
        .where(Decision.goal_id.in_(goal_ids))
        .options(joinedload(Decision.case))
        .order_by(Decision.confirmed_at.desc())
    )
    found: dict[uuid.UUID, list[Decision]] = {}
    for row in rows:
        if row.goal_id is not None and knows_of(row.case_id):
            found.setdefault(row.goal_id, []).append(row)
    return found


def get_decision(decision_id: uuid.UUID) -> Decision:
    """Return a decision that was not replaced."""
    found = db.session.scalars(_current().where(Decision.id == decision_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _current() -> Select[Decision]:
    later = aliased(Decision)
    return select(Decision).where(~select(later.id).where(later.replaces_id == Decision.id).exists())

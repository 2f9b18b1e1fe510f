"""Time that is kept for meetings in the current network."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from network.plumbing.database import db
from rota.holds.records import Hold


def find_hold(key: uuid.UUID) -> Hold | None:
    """Find the time that is or was kept for a meeting, locked so that two who change it follow each other."""
    return db.session.scalars(
        select(Hold)
        .where(Hold.key == key)
        .options(selectinload(Hold.people))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def holds_between(starts_on: date, ends_on: date) -> Sequence[Hold]:
    """Return the time that is kept for meetings on these days, in order, with its people and site."""
    return db.session.scalars(
        select(Hold)
        .where(Hold.day.between(starts_on, ends_on), Hold.released_at.is_(None))
        .options(selectinload(Hold.people), selectinload(Hold.site))
        .order_by(Hold.day, Hold.starts, Hold.key)
    ).all()


def holds_by(keys: Sequence[uuid.UUID]) -> Sequence[Hold]:
    """Return the time that is kept for some meetings."""
    return db.session.scalars(
        select(Hold)
        .where(Hold.key.in_(keys), Hold.released_at.is_(None))
        .options(selectinload(Hold.people))
        .order_by(Hold.day, Hold.starts, Hold.key)
    ).all()

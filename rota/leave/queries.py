"""Who is away, as far as the viewer may know."""

import uuid
from datetime import date

from sqlalchemy import select

from network.plumbing.database import db
from rota.leave.records import Absence
from rota.leave.rules import KEEPS_AWAY, Away


def absences_for_planning(starts_on: date, ends_on: date) -> dict[uuid.UUID, tuple[Away, ...]]:
    """Return the absences the rota plans around, by member, which touch these days of the current network."""
    rows = db.session.scalars(
        select(Absence)
        .where(Absence.state.in_(KEEPS_AWAY), Absence.starts_on <= ends_on, Absence.ends_on >= starts_on)
        .order_by(Absence.starts_on, Absence.id)
    )
    found: dict[uuid.UUID, tuple[Away, ...]] = {}
    for row in rows:
        found[row.member_id] = (*found.get(row.member_id, ()), as_away(row))
    return found


def as_away(row: Absence) -> Away:
    """Give the time of an absence as a value."""
    return Away(row.kind, row.starts_on, row.ends_on, row.starts_with, row.ends_with, row.member_id)

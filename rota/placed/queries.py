"""Who stands where in a version: on a line of demand, or on a place made by hand."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from network.plumbing.database import db
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.rotas.records import Assignment, DemandLine


@dataclass(frozen=True)
class HandMade:
    """A place that no line of demand asks for, made by hand."""

    site_id: uuid.UUID | None
    day: date
    kind: SessionKind
    role_group: RoleGroup
    activity: Activity


Place = DemandLine | HandMade


class Placed(NamedTuple):
    """Somebody on a line of demand, or on a place made by hand, in a version."""

    version_id: uuid.UUID
    member_id: uuid.UUID
    place: uuid.UUID | HandMade
    is_pinned: bool


def placed_in(version_id: uuid.UUID) -> list[Placed]:
    """Read who stands where in a version: where a line says the rest, no more than the line."""
    row = Assignment
    in_order = select(row.version_id, row.member_id, row.is_pinned).where(row.version_id == version_id)
    lines = in_order.add_columns(row.line_id).where(row.line_id.is_not(None)).order_by(row.id)
    hand = (row.site_id, row.day, row.kind, row.role_group, row.activity)
    made = in_order.add_columns(*hand).where(row.line_id.is_(None)).order_by(row.id)
    return [
        *(Placed(each[0], each[1], each[3], each[2]) for each in db.session.execute(lines)),
        *(Placed(each[0], each[1], HandMade(*each[3:]), each[2]) for each in db.session.execute(made)),
    ]


def numbers_of(places: Mapping[int, Place]) -> dict[uuid.UUID | HandMade, int]:
    """Turn places round: the number of each line, and of each place made by hand."""
    return {place.id if isinstance(place, DemandLine) else place: number for number, place in places.items()}

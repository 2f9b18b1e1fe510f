"""The bundles that a network entered."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline
from rota.bundles.records import Bundle
from rota.bundles.rules import Need
from rota.neighbourhoods.records import Neighbourhood


def current_bundles() -> Sequence[Bundle]:
    """Return the current network's bundles that have not ended, by neighbourhood, the most urgent first."""
    rows = db.session.scalars(
        select(Bundle)
        .join(Bundle.neighbourhood)
        .where(Bundle.ended_on.is_(None))
        .options(joinedload(Bundle.neighbourhood), joinedload(Bundle.clinic_type))
        .order_by(Neighbourhood.name, Bundle.due_on.nulls_last(), Bundle.made_at, Bundle.id)
    )
    return rows.all()


def ended_bundles_for(viewer: Actor, most: int = 20) -> Sequence[Bundle]:
    """Return the bundles that ended last."""
    _require_sight(viewer)
    return db.session.scalars(
        select(Bundle)
        .where(Bundle.ended_on.is_not(None))
        .options(joinedload(Bundle.neighbourhood), joinedload(Bundle.clinic_type))
        .order_by(Bundle.ended_on.desc(), Bundle.made_at.desc())
        .limit(most)
    ).all()


def get_bundle_for(viewer: Actor, bundle_id: uuid.UUID) -> Bundle:
    """Return one of the network's bundles."""
    _require_sight(viewer)
    row = db.session.get(Bundle, bundle_id)
    if row is None:
        raise NotFound
    return row


def as_need(row: Bundle) -> Need:
    """Give what the people of a bundle need as a value."""
    return Need(
        neighbourhood_id=row.neighbourhood_id,
        clinic_type_id=row.clinic_type_id,
        disciplines=frozenset(map(Discipline, row.disciplines)),
        priority=row.priority,
        due_on=row.due_on,
        needs_step_free=row.needs_step_free,
        longest_minutes=row.longest_minutes,
    )


def _require_sight(viewer: Actor) -> None:
    if not viewer.may(Permission.SEE_CLINICS):
        raise NotFound

"""The neighbourhoods of a network."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.organisations.records import Site
from network.organisations.rules import travel_minutes
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.neighbourhoods.records import Neighbourhood


def neighbourhoods_for(viewer: Actor) -> Sequence[Neighbourhood]:
    """Return the network's neighbourhoods by name, with their home sites."""
    _require_sight(viewer)
    return all_neighbourhoods()


def all_neighbourhoods() -> Sequence[Neighbourhood]:
    """Return the current network's neighbourhoods by name, for planning."""
    wanted = select(Neighbourhood).options(joinedload(Neighbourhood.site)).order_by(Neighbourhood.name)
    return db.session.scalars(wanted).all()


def get_neighbourhood_for(viewer: Actor, neighbourhood_id: uuid.UUID) -> Neighbourhood:
    """Return one of the network's neighbourhoods."""
    _require_sight(viewer)
    row = db.session.get(Neighbourhood, neighbourhood_id)
    if row is None:
        raise NotFound
    return row


def find_neighbourhood_named(name: str) -> Neighbourhood | None:
    """Return the neighbourhood of the current network that has this name."""
    same = func.lower(Neighbourhood.name) == name.strip().lower()
    return db.session.scalars(select(Neighbourhood).where(same)).one_or_none()


def nearest_to(site: Site | None, among: Sequence[Neighbourhood]) -> Neighbourhood | None:
    """Return the neighbourhood whose home is this site, or nearest to it; the first where none is named."""
    if site is None:
        return among[0] if among else None
    return min(among, key=lambda each: (travel_minutes(each.site, site), each.name), default=None)


def _require_sight(viewer: Actor) -> None:
    if not viewer.may(Permission.SEE_CLINICS):
        raise NotFound

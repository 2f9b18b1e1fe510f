"""What learners wish for, and what they may choose from."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from network.plumbing.database import db
from rota.hosts.records import OfferProgramme, PlacementHost, PlacementOffer
from rota.learners.records import Learner
from rota.wishes.records import PlacementWish

# What pages call rows of theirs.
WishRow = PlacementWish


def wishes_of(learner_id: uuid.UUID) -> Sequence[PlacementWish]:
    """Return what a learner wishes for, the dearest first."""
    return db.session.scalars(
        select(PlacementWish)
        .where(PlacementWish.learner_id == learner_id)
        .options(
            joinedload(PlacementWish.offer).joinedload(PlacementOffer.host).joinedload(PlacementHost.site)
        )
        .order_by(PlacementWish.rank, PlacementWish.id)
    ).all()


def offers_to_wish_for(learner: Learner, day: date) -> Sequence[PlacementOffer]:
    """Return the offers for a learner's programme that are open on a day or later, by place."""
    rows = db.session.scalars(
        select(PlacementOffer)
        .where(
            PlacementOffer.programmes.any(OfferProgramme.programme_id == learner.programme_id),
            or_(PlacementOffer.closes_on.is_(None), PlacementOffer.closes_on >= day),
            or_(PlacementOffer.withdrawn_from.is_(None), PlacementOffer.withdrawn_from > day),
        )
        .options(joinedload(PlacementOffer.host).joinedload(PlacementHost.site))
    )
    return sorted(rows, key=lambda offer: (offer.host.site.name, offer.name))

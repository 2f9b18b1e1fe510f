"""Saying where one would like to be placed."""

import uuid
from collections.abc import Sequence

from sqlalchemy import delete

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound
from rota.learners.queries import find_own_learner
from rota.wishes.queries import offers_to_wish_for
from rota.wishes.records import PlacementWish
from rota.wishes.rules import wrong_with_wishes


@command
def set_wishes(actor: Actor, wished: Sequence[uuid.UUID]) -> None:
    """Keep where the actor would like to be placed, the dearest first, instead of what they wished before."""
    learner = find_own_learner(actor)
    if learner is None:
        raise NotFound
    if wrong := wrong_with_wishes(wished):
        raise Invalid(wrong)
    if not set(wished) <= {offer.id for offer in offers_to_wish_for(learner, today())}:
        raise Invalid("A place that you chose is not offered any more. Load the page again and choose.")
    db.session.execute(delete(PlacementWish).where(PlacementWish.learner_id == learner.id))
    db.session.add_all(
        PlacementWish(learner_id=learner.id, offer_id=offer_id, rank=rank)
        for rank, offer_id in enumerate(wished, start=1)
    )
    db.session.flush()
    record(actor, "set_wishes", "learner", learner.id, wishes=len(wished))

"""Choosing a half-day with another discipline."""

import uuid
from datetime import date

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound, Refusal
from rota.exposure_choices.queries import Chances
from rota.exposure_sessions.queries import lock_offer, may_book
from rota.exposure_sessions.records import ExposureSession
from rota.learners.records import Learner


@command
def book_exposure(actor: Actor, offer_id: uuid.UUID, learner_id: uuid.UUID, day: date) -> uuid.UUID:
    """Let a learner come to an offered half-day on a day: the weekly rota then plans around it."""
    learner = db.session.get(Learner, learner_id, with_for_update=True)
    if learner is None or not may_book(actor, learner):
        raise NotFound
    offer = lock_offer(offer_id)
    if day < today():
        raise Refusal("That day is over. Choose another.")
    if wrong := Chances(learner, day, day).why_not(offer, day):
        raise Refusal(wrong)
    row = ExposureSession(
        offer_id=offer.id, learner_id=learner.id, day=day, kind=offer.kind, made_by=actor.name
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "book_exposure", "exposure_session", row.id, day=day.isoformat())
    return row.id

"""Offering half-days with another discipline, and cancelling those that learners were to come to."""

import uuid
from datetime import date

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.mail import post
from network.plumbing.refusals import Invalid, Refusal
from rota.exposure_sessions.queries import (
    get_booking_for,
    get_exposure_offer,
    letters_to,
    sessions_after,
)
from rota.exposure_sessions.records import ExposureOffer, ExposureSession
from rota.exposure_sessions.rules import Offered, wrong_with_offered
from rota.exposure_sessions.wording import SUBJECT, cancelled_said
from rota.hosts.queries import get_host_for


@command
def offer_exposure(actor: Actor, host_id: uuid.UUID, offered: Offered) -> uuid.UUID:
    """Offer a half-day of every week with a host."""
    host = get_host_for(actor, host_id)
    require(actor.may(Permission.OFFER_PLACEMENTS, organisation_id=host.site.organisation_id))
    if wrong := wrong_with_offered(offered):
        raise Invalid(next(iter(wrong.values())))
    row = ExposureOffer(host_id=host.id, **vars(offered))
    db.session.add(row)
    db.session.flush()
    record(actor, "offer_exposure", "exposure_offer", row.id, discipline=row.discipline.value)
    return row.id


@command
def end_exposure_offer(actor: Actor, offer_id: uuid.UUID, last_day: date) -> int:
    """Let an offered half-day end after a day; say how many learners' half-days went with it."""
    row = get_exposure_offer(actor, offer_id)
    require(actor.may(Permission.OFFER_PLACEMENTS, organisation_id=row.host.site.organisation_id))
    if last_day < row.starts_on:
        raise Invalid("Enter a last day on or after the first day.")
    row.ends_on = last_day
    gone = sessions_after(row.id, max(last_day, today()))
    for session in gone:
        session.cancelled_at = now()
        _tell(session)
    record(actor, "end_exposure_offer", "exposure_offer", row.id, sessions=len(gone))
    return len(gone)


@command
def cancel_exposure(actor: Actor, session_id: uuid.UUID) -> None:
    """Cancel a half-day that a learner was to come to."""
    row = get_booking_for(actor, session_id)
    if row.cancelled_at is not None:
        raise Refusal("This half-day is cancelled already.")
    # What is over counts for the exposure map: only whoever plans says that it was not so.
    if row.day < today() and not actor.may(Permission.EDIT_ROTATIONS):
        raise Refusal("This half-day is over. Ask whoever plans your rotations to take it out.")
    row.cancelled_at = now()
    # Whoever cancels their own knows of it, and what is over is only put right.
    if row.day >= today() and row.learner.member.engagement.person_id != actor.person_id:
        _tell(row)
    record(actor, "cancel_exposure", "exposure_session", row.id, day=row.day.isoformat())


@command
def note_missed(actor: Actor, session_id: uuid.UUID) -> None:
    """Note that a learner did not come to a half-day that is over: it does not count."""
    row = _over(actor, session_id)
    if row.missed_at is not None:
        raise Refusal("It is noted already that they did not come.")
    row.missed_at = now()
    record(actor, "note_exposure_missed", "exposure_session", row.id, day=row.day.isoformat())


@command
def take_back_missed(actor: Actor, session_id: uuid.UUID) -> None:
    """Take back that a learner did not come: it counts again."""
    row = _over(actor, session_id)
    row.missed_at = None
    record(actor, "take_back_exposure_missed", "exposure_session", row.id, day=row.day.isoformat())


def _over(actor: Actor, session_id: uuid.UUID) -> ExposureSession:
    """Return a half-day that has begun to those who plan."""
    row = get_booking_for(actor, session_id)
    require(actor.may(Permission.EDIT_ROTATIONS))
    if row.day > today() or row.cancelled_at is not None:
        raise Refusal("This half-day is still to come, or was cancelled.")
    return row


def _tell(session: ExposureSession) -> None:
    """Write to a learner that a half-day of theirs is no more, where they can be written to."""
    offer, person = session.offer, session.learner.member.engagement.person
    if address := letters_to(person):
        post(address, SUBJECT, cancelled_said(session.day, offer.discipline, offer.host.site.name))

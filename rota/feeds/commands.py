"""Giving somebody a secret address for their calendar, and taking it back."""

import secrets

from network.access.rules import Actor
from network.audit.commands import record
from network.invitations.queries import hash_of
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import NotFound, Refusal
from rota.feeds.queries import find_feed_for
from rota.feeds.records import CalendarFeed

SECRET_BYTES = 32


@command
def make_feed(actor: Actor) -> str:
    """Give the actor a new address and return its secret, this once; an earlier address ends."""
    if actor.account_id is None:
        raise NotFound
    _end(actor)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed(account_id=actor.account_id, secret_hash=hash_of(secret))
    db.session.add(feed)
    db.session.flush()
    record(actor, "make_feed", "calendar_feed", feed.id)
    return secret


@command
def end_feed(actor: Actor) -> None:
    """Make the actor's address worthless."""
    feed = _end(actor)
    if feed is None:
        raise Refusal("You have no calendar address any more.")
    record(actor, "end_feed", "calendar_feed", feed.id)


def _end(actor: Actor) -> CalendarFeed | None:
    feed = find_feed_for(actor)
    if feed is not None:
        feed.ended_at = now()
        # Only one address of an account holds at any time, the database says.
        db.session.flush()
    return feed

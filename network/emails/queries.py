"""Reading changes of address that wait."""

import uuid
from dataclasses import dataclass

from sqlalchemy import or_, select

from network.accounts.records import EmailChange
from network.emails.rules import End, Waiting, is_open, missing_ends
from network.invitations.queries import hash_of
from network.plumbing.database import db, now


@dataclass(frozen=True)
class Opened:
    """A change as the link in one of its letters opens it."""

    change: EmailChange
    end: End


def find_by_link(secret: str, *, lock: bool = False) -> Opened | None:
    """Find the change that a link belongs to, if it still waits."""
    hashed = hash_of(secret)
    wanted = select(EmailChange).where(or_(EmailChange.old_hash == hashed, EmailChange.new_hash == hashed))
    # Both ends may confirm at the same moment: the second must see the first.
    change = db.session.scalar(wanted.with_for_update() if lock else wanted)
    if change is None or not is_open(change.ended_at, change.expires_at, now()):
        return None
    return Opened(change, End.OLD if change.old_hash == hashed else End.NEW)


def find_waiting(account_id: uuid.UUID | None) -> EmailChange | None:
    """Find the change that an account waits for."""
    change = db.session.scalar(
        select(EmailChange).where(EmailChange.account_id == account_id, EmailChange.ended_at.is_(None))
    )
    return change if change and is_open(change.ended_at, change.expires_at, now()) else None


def waiting_for(account_id: uuid.UUID | None) -> Waiting | None:
    """Say what the change of an account's address still waits for."""
    change = find_waiting(account_id)
    if change is None:
        return None
    missing = missing_ends(change.old_confirmed_at, change.new_confirmed_at)
    return Waiting(change.new_email, missing, change.expires_at)

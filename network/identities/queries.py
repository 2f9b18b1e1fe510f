"""Reading which identities belong to which account."""

import uuid

from sqlalchemy import select

from network.accounts.records import Account, LinkedIdentity
from network.accounts.rules import Identity
from network.plumbing.database import db
from network.plumbing.refusals import NotFound


def find_linked(identity: Identity) -> LinkedIdentity | None:
    """Find what links an identity to an account; an email address that it brings along proves nothing."""
    return db.session.scalar(
        select(LinkedIdentity).where(
            LinkedIdentity.issuer == identity.issuer, LinkedIdentity.subject == identity.subject
        )
    )


def identities_of(account: Account) -> list[LinkedIdentity]:
    """List the identities by which an account can be entered, oldest first."""
    return list(
        db.session.scalars(
            select(LinkedIdentity)
            .where(LinkedIdentity.account_id == account.id)
            .order_by(LinkedIdentity.linked_at)
        )
    )


def get_own_identity(account_id: uuid.UUID | None, identity_id: uuid.UUID) -> LinkedIdentity:
    """Load one of somebody's own identities."""
    linked = db.session.get(LinkedIdentity, identity_id)
    if linked is None or linked.account_id != account_id:
        raise NotFound
    return linked

"""Reading invitations."""

import hashlib
import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.accounts.records import Invitation
from network.accounts.rules import InvitationState, invitation_state
from network.organisations.queries import network_of
from network.plumbing.database import db, now
from network.plumbing.refusals import NotFound


def hash_of(secret: str) -> str:
    """Return what is kept of a link's secret; being long and random, a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def state_of(invitation: Invitation) -> InvitationState:
    return invitation_state(invitation.used_at, invitation.withdrawn_at, invitation.expires_at, now())


def find_open_invitation(secret: str, *, lock: bool = False) -> Invitation | None:
    """Find the invitation that a link belongs to, if it still holds."""
    wanted = select(Invitation).where(Invitation.secret_hash == hash_of(secret))
    # Two clicks at the same moment must not make two accounts.
    invitation = db.session.scalar(wanted.with_for_update() if lock else wanted)
    return invitation if invitation and state_of(invitation) is InvitationState.OPEN else None


def invitations_for(viewer: Actor) -> list[tuple[Invitation, InvitationState]]:
    """List the invitations to the viewer's network, newest first, each with what became of it."""
    if not viewer.may(Permission.SEE_ACCOUNTS):
        return []
    found = db.session.scalars(
        select(Invitation)
        .where(Invitation.network_id == network_of(viewer))
        .options(joinedload(Invitation.organisation))
        .order_by(Invitation.invited_at.desc())
    )
    return [(invitation, state_of(invitation)) for invitation in found]


def get_invitation_for(viewer: Actor, invitation_id: uuid.UUID) -> Invitation:
    """Load an invitation to the viewer's network."""
    invitation = db.session.get(Invitation, invitation_id)
    if (
        invitation is None
        or not viewer.may(Permission.SEE_ACCOUNTS)
        or invitation.network_id != network_of(viewer)
    ):
        raise NotFound
    return invitation

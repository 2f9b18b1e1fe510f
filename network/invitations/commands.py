"""Inviting people to make their account, by a link that works once."""

import secrets
import uuid
from dataclasses import dataclass

from flask import render_template

from network.access.rules import Actor, Role
from network.accounts.commands import add_account, add_identity, grant_role, require_administrator
from network.accounts.queries import find_account, get_organisation_for, people_without_account
from network.accounts.records import Account, Invitation
from network.accounts.rules import INVITATION_HOLDS, Identity, InvitationState, latest_day
from network.audit.commands import record
from network.invitations.queries import find_open_invitation, get_invitation_for, hash_of, state_of
from network.plumbing.commands import command
from network.plumbing.database import db, in_network, now, today
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, NotFound, Refusal

SECRET_BYTES = 32


@dataclass(frozen=True)
class Invited:
    """An invitation and, this once, the secret of its link."""

    id: uuid.UUID
    secret: str


class InvitationGone(Refusal):
    status = 404

    def __init__(self) -> None:
        super().__init__("This invitation was used or withdrawn, or is older than 7 days. Ask for a new one.")


@command
def invite_person(
    actor: Actor, email: str, role: Role, organisation_id: uuid.UUID, person_id: uuid.UUID | None = None
) -> Invited:
    """Send somebody a link by which they make their account, or add a role to the one they have."""
    network_id = require_administrator(actor)
    organisation = get_organisation_for(actor, organisation_id)
    if person_id is not None and person_id not in {person.id for person in people_without_account(actor)}:
        raise Invalid("Choose somebody with a post in the network who has no account yet.")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation = Invitation(
        email=email.strip().lower(),
        secret_hash=hash_of(secret),
        person_id=person_id,
        network_id=network_id,
        organisation_id=organisation.id,
        role=role,
        invited_by=actor.name,
        expires_at=now() + INVITATION_HOLDS,
    )
    db.session.add(invitation)
    db.session.flush()
    link = address_of("invitations.accept", secret=secret)
    letter = render_template("network/invitations/letter.txt", invitation=invitation, link=link)
    post(invitation.email, "Your invitation to Quorate", letter)
    record(actor, "invite_person", "invitation", invitation.id, role=role, at=organisation.name)
    return Invited(invitation.id, secret)


@command
def withdraw_invitation(actor: Actor, invitation_id: uuid.UUID) -> None:
    """Make an invitation's link worthless."""
    require_administrator(actor)
    invitation = get_invitation_for(actor, invitation_id)
    if state_of(invitation) is not InvitationState.OPEN:
        raise Refusal("This invitation does not hold any more.")
    invitation.withdrawn_at = now()
    record(actor, "withdraw_invitation", "invitation", invitation.id)


@command
def accept_invitation(
    actor: Actor, secret: str, password: str | None = None, identity: Identity | None = None
) -> uuid.UUID:
    """Make the account that an invitation offers, or add its role to the account of whoever is signed in."""
    invitation = find_open_invitation(secret, lock=True)
    if invitation is None:
        raise InvitationGone
    account = _account_for(actor, invitation, password, identity)
    invitation.used_at = now()
    accepting = Actor(name=account.name, account_id=account.id, person_id=account.person_id)
    inviting = Actor(name=invitation.invited_by)
    with in_network(invitation.network_id):
        record(accepting, "accept_invitation", "invitation", invitation.id)
        grant_role(
            inviting,
            account,
            invitation.network_id,
            invitation.role,
            invitation.organisation,
            # Nobody could know the day on which an invitation is taken up: as long as the role may hold.
            ends_on=latest_day(invitation.role, today()),
        )
    return account.id


def _account_for(
    actor: Actor, invitation: Invitation, password: str | None, identity: Identity | None
) -> Account:
    account = find_account(invitation.email)
    if account is None:
        return _new_account(invitation, password, identity)
    # The link came to this address, but only its owner may add to what the account can do.
    if account.id != actor.account_id:
        raise NotFound
    if account.person_id is None:
        account.person_id = invitation.person_id
    return account


def _new_account(invitation: Invitation, password: str | None, identity: Identity | None) -> Account:
    if password is None and identity is None:
        raise Invalid("Choose a password.")
    account = add_account(invitation.email, invitation.person_id, password)
    if identity is not None:
        add_identity(account, identity)
    return account

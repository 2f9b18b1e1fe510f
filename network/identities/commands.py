"""Linking an account with its owner's identity elsewhere, and letting them in by it."""

import uuid

from flask import render_template

from network.access.rules import Actor
from network.accounts.commands import add_identity
from network.accounts.queries import own_account
from network.accounts.records import Account
from network.accounts.rules import Identity
from network.audit.commands import record
from network.identities.queries import find_linked, get_own_identity
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.mail import post
from network.plumbing.refusals import NotFound, Refusal


@command
def link_identity(actor: Actor, identity: Identity) -> uuid.UUID:
    """Let the actor enter their own account by an identity that they have shown."""
    account = own_account(actor)
    linked = add_identity(account, identity)
    _tell_owner(account, is_linked=True)
    record(actor, "link_identity", "account", account.id)
    return linked.id


@command
def unlink_identity(actor: Actor, identity_id: uuid.UUID) -> None:
    """Take an identity off the actor's own account, as long as there is another way into it."""
    linked = get_own_identity(actor.account_id, identity_id)
    account = own_account(actor)
    if not account.password:
        raise Refusal("This is the only way into your account. Set a password first.")
    db.session.delete(linked)
    _tell_owner(account, is_linked=False)
    record(actor, "unlink_identity", "account", actor.account_id)


@command
def enter_by_identity(actor: Actor, identity: Identity) -> None:
    """Write down that somebody came with an identity that belongs to their account."""
    linked = find_linked(identity)
    if linked is None or linked.account_id != actor.account_id:
        raise NotFound
    linked.last_used_at = now()
    record(actor, "sign_in_by_identity", "account", actor.account_id)


def _tell_owner(account: Account, *, is_linked: bool) -> None:
    # Whoever finds a browser left open could give themselves a way in that outlives every new password.
    letter = render_template("network/identities/changed.txt", is_linked=is_linked)
    post(account.email, "A way into your Quorate account", letter)

"""What happens at the door: every way in, out, or turned away is written down."""

import uuid

from network.access.rules import Actor
from network.accounts.commands import end_rows
from network.accounts.queries import workplace_of
from network.accounts.records import Account, SignIn
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import NotFound

# Nobody has shown yet who they are, so the trail must not say that they were the account's owner.
NOBODY = Actor(name="Someone not signed in")


@command
def begin_sign_in(
    actor: Actor, how: str, browser: str = "", *, has_provider_factor: bool = False
) -> uuid.UUID:
    """Write down that a browser is signed in."""
    sign_in = SignIn(
        account_id=actor.account_id,
        network_id=actor.network_id,
        how=how,
        browser=browser,
        provider_factor=has_provider_factor,
    )
    db.session.add(sign_in)
    db.session.flush()
    record(actor, "sign_in", "account", actor.account_id, how=how)
    return sign_in.id


@command
def end_sign_in(actor: Actor, sign_in_id: uuid.UUID) -> None:
    """Sign one of the actor's browsers out."""
    sign_in = db.session.get(SignIn, sign_in_id)
    if sign_in is None or sign_in.account_id != actor.account_id:
        raise NotFound
    sign_in.ended_at = now()
    record(actor, "sign_out", "account", actor.account_id)


@command
def enter_another_network(actor: Actor, sign_in_id: uuid.UUID, network_id: uuid.UUID) -> None:
    """Go on working in another of the networks in which the actor holds a role today."""
    sign_in = db.session.get(SignIn, sign_in_id)
    account = db.session.get(Account, actor.account_id) if actor.account_id else None
    if sign_in is None or account is None or sign_in.account_id != account.id:
        raise NotFound
    if network_id not in {network.id for network in workplace_of(account).networks}:
        raise NotFound
    sign_in.network_id = network_id
    record(actor, "enter_another_network", "network", network_id)


@command
def refuse_sign_in(actor: Actor, account_id: uuid.UUID | None, factor: str) -> None:
    """Write down that somebody was turned away; what they typed may be a password, and is not kept."""
    record(actor, "refuse_sign_in", "account", account_id, factor=factor)


@command
def ask_for_new_password(actor: Actor, account_id: uuid.UUID) -> None:
    """Write down that somebody had a link sent by which an account's password can be set."""
    record(actor, "ask_for_new_password", "account", account_id)


@command
def note_own_change(actor: Actor, verb: str) -> None:
    """Write down what somebody changed about their own way in: password, second factor, recovery codes."""
    record(actor, verb, "account", actor.account_id)


@command
def note_new_password(actor: Actor, verb: str, kept_id: uuid.UUID | None) -> None:
    """Write down that somebody set a new password, and end all their sign-ins but the one it was set in."""
    account = db.session.get(Account, actor.account_id) if actor.account_id else None
    if account is None:
        raise NotFound
    end_rows(account, kept_id)
    record(actor, verb, "account", actor.account_id)

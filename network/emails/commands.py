"""Changing the address by which somebody signs in: asked for by its owner, confirmed at both ends."""

import secrets
import uuid
from typing import Any

from flask import render_template
from sqlalchemy import update

from network.access.rules import Actor
from network.accounts.commands import end_sign_ins
from network.accounts.queries import find_account, own_account, workplace_of
from network.accounts.records import Account, EmailChange
from network.audit.commands import record
from network.emails.queries import Opened, find_by_link, find_waiting
from network.emails.rules import CHANGE_HOLDS, End, missing_ends
from network.invitations.commands import SECRET_BYTES
from network.invitations.queries import hash_of
from network.plumbing.commands import command
from network.plumbing.database import db, in_network, now
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, NotFound, Refusal


class LinkGone(Refusal):
    status = 404

    def __init__(self) -> None:
        super().__init__("This link was used already, or is older than 24 hours. Ask for the change again.")


@command
def ask_for_new_email(actor: Actor, email: str) -> None:
    """Write to the actor's old and new address; the change waits until both have confirmed it."""
    account, wanted = own_account(actor), email.strip().lower()
    if wanted == account.email.lower():
        raise Invalid("Enter an address that you do not have now.")
    _end_waiting(account.id)
    old, new = secrets.token_urlsafe(SECRET_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    db.session.add(
        EmailChange(
            account_id=account.id,
            new_email=wanted,
            old_hash=hash_of(old),
            new_hash=hash_of(new),
            expires_at=now() + CHANGE_HOLDS,
        )
    )
    _write(account.email, "Is this a new address of yours?", "ask_old", new_email=wanted, link=_link(old))
    # Who asks must not learn whether somebody has an account with that address: only its owner is told.
    if find_account(wanted) is None:
        _write(wanted, "Confirm your address for Quorate", "ask_new", link=_link(new))
    else:
        _write(wanted, "Your address and Quorate", "taken")
    record(actor, "ask_for_new_email", "account", account.id)


@command
def confirm_new_email(actor: Actor, secret: str) -> bool:
    """Confirm a change at the end that a link was sent to; true where that completes it."""
    opened = _opened(secret)
    change, account = opened.change, opened.change.account
    if opened.end is End.OLD:
        change.old_confirmed_at = change.old_confirmed_at or now()
    else:
        change.new_confirmed_at = change.new_confirmed_at or now()
    is_complete = not missing_ends(change.old_confirmed_at, change.new_confirmed_at)
    with in_network(workplace_of(account).actor.network_id):
        record(actor, "confirm_new_email", "account", account.id, end=opened.end)
        if is_complete:
            _complete(actor, account, change)
    return is_complete


@command
def refuse_new_email(actor: Actor, secret: str) -> None:
    """Stop a change that its account's owner never asked for, and whoever did."""
    opened = _opened(secret)
    if opened.end is not End.OLD:
        raise LinkGone
    account = opened.change.account
    with in_network(workplace_of(account).actor.network_id):
        end_sign_ins(account)
        record(actor, "refuse_new_email", "account", account.id)


@command
def drop_new_email(actor: Actor) -> None:
    """Take back a change of one's own address that still waits."""
    change = find_waiting(actor.account_id)
    if change is None:
        raise NotFound
    change.ended_at = now()
    record(actor, "drop_new_email", "account", actor.account_id)


def _complete(actor: Actor, account: Account, change: EmailChange) -> None:
    if find_account(change.new_email) is not None:
        raise Refusal("There is an account with this address by now. Sign in with it, or ask for another.")
    before, account.email = account.email, change.new_email
    # Links to set a new password that wait at the old address die with the sign-ins.
    end_sign_ins(account)
    for recipient in (before, account.email):
        _write(recipient, "Your Quorate address was changed", "done", new_email=account.email)
    record(actor, "change_email", "account", account.id)


def _opened(secret: str) -> Opened:
    opened = find_by_link(secret, lock=True)
    if opened is None or not opened.change.account.active:
        raise LinkGone
    return opened


def _end_waiting(account_id: uuid.UUID) -> None:
    db.session.execute(
        update(EmailChange)
        .where(EmailChange.account_id == account_id, EmailChange.ended_at.is_(None))
        .values(ended_at=now())
    )


def _link(secret: str) -> str:
    return address_of("emails.confirm", secret=secret)


def _write(recipient: str, subject: str, letter: str, **told: Any) -> None:
    post(recipient, subject, render_template(f"network/emails/{letter}.txt", **told))

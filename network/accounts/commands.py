"""Changing accounts and the roles they hold."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

from flask import current_app
from flask_security import Security
from flask_security.utils import hash_password
from sqlalchemy import func, select, update

from network.access.rules import Actor, Permission, Role
from network.accounts.queries import (
    find_account,
    get_account_for,
    get_grant_for,
    get_organisation_for,
    grants_of_today,
)
from network.accounts.records import Account, EmailChange, LinkedIdentity, NetworkSettings, RoleGrant, SignIn
from network.accounts.rules import LONGEST_IDLE, SHORTEST_IDLE, Identity, latest_day, wrong_with_days
from network.audit.commands import Noted, record, write_entries
from network.organisations.records import Organisation
from network.plumbing.commands import command, keeps_the_trail
from network.plumbing.database import current_network, db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal


@keeps_the_trail
def keep_who_was_written_to(entries: list[Noted]) -> None:
    """Keep to whom a command wrote: accounts by their ids, and how many have none."""
    posted = {recipient.strip().lower() for recipient in db.session.info["posted"]}
    if not posted:
        return
    known = db.session.scalars(select(Account.id).where(func.lower(Account.email).in_(posted))).all()
    others = {"others": len(posted) - len(known)} if len(posted) > len(known) else {}
    wrote = {"accounts": sorted(map(str, known)), **others}
    write_entries([replace(entries[0], verb="send_mail", details=wrote)])


def require_administrator(actor: Actor) -> uuid.UUID:
    """Return the network whose accounts the actor may change, or refuse."""
    network_id = current_network()
    if not actor.may(Permission.EDIT_ACCOUNTS) or network_id is None:
        raise NotAllowed if actor.may_somewhere(Permission.SEE_ACCOUNTS) else NotFound
    return network_id


@command
def open_account(
    actor: Actor, email: str, password: str | None = None, person_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Make an account; without a password nobody can sign in to it until one is set."""
    require_administrator(actor)
    account = add_account(email, person_id, password)
    record(actor, "open_account", "account", account.id)
    return account.id


def add_account(email: str, person_id: uuid.UUID | None, password: str | None) -> Account:
    """Write down a new account; a part of other commands."""
    if find_account(email):
        raise Invalid("There is an account with this email address already.")
    hashed = hash_password(checked_password(password)) if password is not None else None
    account = Account(email=email.strip().lower(), person_id=person_id, password=hashed)
    db.session.add(account)
    db.session.flush()
    return account


def checked_password(password: str) -> str:
    """Return a password as it is kept before hashing, or say what is wrong with it."""
    security: Security = current_app.extensions["security"]
    errors, normalised = security.password_util.validate(password, False)
    if errors:
        raise Invalid(str(errors[0]))
    return str(normalised)


@command
def give_role(
    actor: Actor,
    account_id: uuid.UUID,
    role: Role,
    organisation_id: uuid.UUID,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> uuid.UUID:
    """Let an account work in the network, in one role at one organisation, for a time."""
    network_id = require_administrator(actor)
    account = get_account_for(actor, account_id)
    if account.id == actor.account_id:
        raise NotAllowed("Nobody gives a role to themselves. Ask another administrator.")
    if wrong := wrong_with_days(role, starts_on or today(), ends_on):
        raise Invalid(wrong)
    organisation = get_organisation_for(actor, organisation_id)
    return grant_role(actor, account, network_id, role, organisation, starts_on, ends_on)


def grant_role(
    actor: Actor,
    account: Account,
    network_id: uuid.UUID,
    role: Role,
    organisation: Organisation,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> uuid.UUID:
    """Write down a role that may be given; a part of other commands."""
    grant = RoleGrant(
        account_id=account.id,
        network_id=network_id,
        organisation_id=organisation.id,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=actor.name,
    )
    db.session.add(grant)
    db.session.flush()
    until = {"ends_on": ends_on.isoformat()} if ends_on else {}
    record(actor, "give_role", "account", account.id, role=role, at=organisation.name, **until)
    return grant.id


@command
def end_role(actor: Actor, grant_id: uuid.UUID, last_day: date | None = None) -> None:
    """Take a role away: at once, or after a last day."""
    require_administrator(actor)
    grant = get_grant_for(actor, grant_id)
    _keep_an_administrator(grant.network_id, without=grant.account_id, ending=grant.role)
    last_day = last_day or today() - timedelta(days=1)
    latest = latest_day(grant.role, grant.starts_on or today())
    if latest is not None and last_day > latest:
        raise Invalid(wrong_with_days(grant.role, grant.starts_on or today(), last_day))
    grant.ends_on = last_day
    record(actor, "end_role", "account", grant.account_id, role=grant.role, ends_on=grant.ends_on.isoformat())


@command
def deactivate_account(actor: Actor, account_id: uuid.UUID) -> None:
    """Shut an account and end whatever is signed in with it."""
    network_id = require_administrator(actor)
    account = get_account_for(actor, account_id)
    if any(grant.network_id != network_id for grant in grants_of_today(account_id)):
        raise Refusal("This account works in other networks too. End its roles here instead.")
    _keep_an_administrator(network_id, without=account_id, ending=Role.ADMINISTRATOR)
    account.active = False
    end_sign_ins(account)
    record(actor, "deactivate_account", "account", account.id)


@command
def reactivate_account(actor: Actor, account_id: uuid.UUID) -> None:
    """Open a shut account again, with the roles it still has."""
    account = _account_to_look_after(actor, account_id)
    account.active = True
    record(actor, "reactivate_account", "account", account.id)


@command
def sign_out_everywhere(actor: Actor, account_id: uuid.UUID) -> None:
    """End every sign-in of an account, one's own or one that one administers."""
    is_own = account_id == actor.account_id
    account = get_account_for(actor, account_id) if is_own else _account_to_look_after(actor, account_id)
    end_sign_ins(account)
    record(actor, "sign_out_everywhere", "account", account.id)


@command
def reset_second_factor(actor: Actor, account_id: uuid.UUID) -> None:
    """Forget the second factor of somebody who lost it; they set a new one when they next sign in."""
    account = _account_to_look_after(actor, account_id)
    if account.id == actor.account_id:
        raise NotAllowed("Use one of your recovery codes, or ask another administrator.")
    account.tf_primary_method = account.tf_totp_secret = account.mf_recovery_codes = None
    end_sign_ins(account)
    record(actor, "reset_second_factor", "account", account.id)


@command
def set_sign_in_rules(
    actor: Actor,
    idle_minutes: int = 30,
    second_factor_for_patient_roles: bool = True,
    provider_factor_counts: bool = False,
) -> None:
    """Choose what the network asks of those who sign in."""
    network_id = require_administrator(actor)
    if not SHORTEST_IDLE <= idle_minutes <= LONGEST_IDLE:
        raise Invalid(f"Enter a number of minutes from {SHORTEST_IDLE} to {LONGEST_IDLE}.")
    chosen = db.session.get(NetworkSettings, network_id) or NetworkSettings(network_id=network_id)
    chosen.idle_minutes = idle_minutes
    chosen.second_factor_for_patient_roles = second_factor_for_patient_roles
    chosen.provider_factor_counts = provider_factor_counts
    db.session.add(chosen)
    record(
        actor,
        "set_sign_in_rules",
        "network",
        network_id,
        idle_minutes=idle_minutes,
        second_factor=second_factor_for_patient_roles,
        provider_factor=provider_factor_counts,
    )


def add_identity(account: Account, identity: Identity) -> LinkedIdentity:
    """Let an account be entered by an identity that its owner has shown; a part of other commands."""
    taken = db.session.scalar(
        select(LinkedIdentity).where(
            LinkedIdentity.issuer == identity.issuer, LinkedIdentity.subject == identity.subject
        )
    )
    if taken is not None:
        here = taken.account_id == account.id
        raise Refusal(
            "It is linked already." if here else "It is linked to another account: unlink it there first."
        )
    linked = LinkedIdentity(account_id=account.id, issuer=identity.issuer, subject=identity.subject)
    db.session.add(linked)
    db.session.flush()
    return linked


def end_sign_ins(account: Account) -> None:
    """End whatever is signed in with an account; a part of other commands."""
    # Reset links and half-done sign-ins hang on it as well as sessions.
    account.fs_uniquifier = uuid.uuid4().hex
    end_rows(account)


def end_rows(account: Account, kept_id: uuid.UUID | None = None) -> None:
    """End an account's sign-ins but one, and what waits to change its address; a part of other commands."""
    db.session.execute(
        update(SignIn)
        .where(
            SignIn.account_id == account.id, SignIn.ended_at.is_(None), SignIn.id.is_distinct_from(kept_id)
        )
        .values(ended_at=now())
    )
    db.session.execute(
        update(EmailChange)
        .where(EmailChange.account_id == account.id, EmailChange.ended_at.is_(None))
        .values(ended_at=now())
    )


def _account_to_look_after(actor: Actor, account_id: uuid.UUID) -> Account:
    """Return an account whose way in the actor may change, or refuse."""
    network_id = require_administrator(actor)
    account = get_account_for(actor, account_id)
    works_in = {grant.network_id for grant in grants_of_today(account_id)}
    # Who once worked here and works elsewhere now is no longer this administrator's to let in or out.
    if works_in and network_id not in works_in:
        raise Refusal("This account works in another network now. Its administrators look after it.")
    return account


def _keep_an_administrator(network_id: uuid.UUID, without: uuid.UUID, ending: Role) -> None:
    if ending is not Role.ADMINISTRATOR:
        return
    day = today()
    others = db.session.scalars(
        select(RoleGrant)
        .join(Account)
        .where(
            RoleGrant.network_id == network_id,
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.account_id != without,
            Account.active,
        )
    )
    if not any(grant.holds_on(day) for grant in others):
        raise Refusal(
            "The network would be left without an administrator. Give somebody else that role first."
        )

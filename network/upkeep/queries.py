"""Whom an installation tells when something is wrong with it, and whose chains it keeps."""

import uuid

from sqlalchemy import or_, select

from network.access.rules import TABLE, Actor, Permission
from network.accounts.records import Account, RoleGrant
from network.audit.records import ChainCheck
from network.audit.rules import PLATFORM
from network.organisations.records import Organisation
from network.plumbing.database import db, in_network, today
from network.vocabulary import OrganisationKind

INVESTIGATORS = [role for role, held in TABLE.items() if Permission.SEE_AUDIT in held]


def networks() -> list[Organisation]:
    """List all networks there are."""
    kind = Organisation.kind == OrganisationKind.NETWORK
    return list(db.session.scalars(select(Organisation).where(kind).order_by(Organisation.name)))


def chains() -> dict[uuid.UUID, str]:
    """List the chains of the trail: that of the platform, and one for each network, by name."""
    return {PLATFORM: "the platform"} | {network.id: network.name for network in networks()}


def emails_of_investigators(network_id: uuid.UUID) -> list[str]:
    """Return who reads the trail of a network; what is wrong with the platform's is for those of all."""
    day = today()
    found = (
        select(Account.email)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            Account.active,
            RoleGrant.role.in_(INVESTIGATORS),
            or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= day),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= day),
        )
    )
    if network_id != PLATFORM:
        found = found.where(RoleGrant.network_id == network_id)
    return sorted(set(db.session.scalars(found)))


def last_finding(network_id: uuid.UUID) -> str:
    """Return what the latest check of a chain found broken, or nothing."""
    latest = (
        select(ChainCheck.broken)
        .where(ChainCheck.network_id == network_id)
        .order_by(ChainCheck.checked_at.desc())
    )
    return db.session.scalar(latest.limit(1)) or ""


def broken_for(viewer: Actor) -> list[str]:
    """Say what the latest checks found broken, for those who read the trail: theirs, and the platform's."""
    if not viewer.may(Permission.SEE_AUDIT) or viewer.network_id is None:
        return []
    return [said for network_id in (viewer.network_id, PLATFORM) if (said := _finding_in(network_id))]


def _finding_in(network_id: uuid.UUID) -> str:
    with in_network(network_id):
        return last_finding(network_id)

"""Who worked with a person's record of late, from the audit trail; whoever calls has checked who asks."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mdt.own_door.queries import CARER_BY_LINK, PERSON_BY_LINK
from mdt.own_readers.rules import Look, Reader, readers_of
from mdt.own_readers.wording import CARERS_LINK, DID, OWN_LINK, WORKS_AS
from mdt.seen.queries import ids_of
from network.access.rules import PATIENT_FACING, SYSTEM
from network.accounts.records import RoleGrant
from network.audit.queries import is_about
from network.audit.records import AuditEntry
from network.audit.rules import kind_of
from network.plumbing.database import current_network, day_of, db, now

# What was done longer ago than this is history, and asked for on paper.
LOOK_BACK = timedelta(days=90)


def readers_at(patient_id: uuid.UUID) -> list[Reader]:
    """Return who worked with somebody's record of late: by what they are and where, not by name."""
    day, alike = day_of(AuditEntry.at), (AuditEntry.account_id, AuditEntry.actor, AuditEntry.verb)
    rows = db.session.execute(
        select(day, *alike, func.count())
        .where(
            AuditEntry.network_id == current_network(),
            is_about(ids_of(patient_id)),
            AuditEntry.at >= now() - LOOK_BACK,
            AuditEntry.actor != SYSTEM.name,
        )
        .group_by(day, *alike)
    ).all()
    works = _works({account_id for _, account_id, *_ in rows if account_id})
    links = {PERSON_BY_LINK: OWN_LINK, CARER_BY_LINK: CARERS_LINK}
    return readers_of(
        Look(
            links.get(actor) or _works_said(works.get(account_id, ()) if account_id else (), on),
            DID[kind_of(verb)],
            times,
            on,
        )
        for on, account_id, actor, verb, times in rows
    )


def _works(account_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[RoleGrant]]:
    grants = select(RoleGrant).where(
        RoleGrant.account_id.in_(account_ids),
        RoleGrant.network_id == current_network(),
        RoleGrant.role.in_(PATIENT_FACING),
    )
    found: dict[uuid.UUID, list[RoleGrant]] = {}
    for grant in db.session.scalars(grants.options(joinedload(RoleGrant.organisation))):
        found.setdefault(grant.account_id, []).append(grant)
    return found


def _works_said(grants: Collection[RoleGrant], day: date) -> str:
    held = {f"{WORKS_AS[each.role]}, {each.organisation.name}" for each in grants if each.holds_on(day)}
    return " and ".join(sorted(held)) or "Somebody who works with the team"

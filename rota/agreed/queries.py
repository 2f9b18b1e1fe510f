"""What was agreed with the people of the current network."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Permission
from network.people.queries import engagements_seen_by
from network.people.records import Engagement
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.agreed.records import AgreedCompanion, AgreedPairing, AgreedWork
from rota.agreed.rules import NOTHING_AGREED, PairingMade, WorkAgreement
from rota.staff.records import RotaMember


def agreements_for_planning() -> dict[uuid.UUID, WorkAgreement]:
    """Return what was agreed with each member of the current network."""
    return {row.member_id: row.value for row in db.session.scalars(select(AgreedWork))}


def pairings_for_planning() -> tuple[PairingMade, ...]:
    """Return the pairings of the current network, in the order they were made."""
    rows = db.session.scalars(
        select(AgreedPairing)
        .options(selectinload(AgreedPairing.companions))
        .order_by(AgreedPairing.made_at, AgreedPairing.id)
    )
    return tuple(
        PairingMade(
            row.kind,
            str(row.one_id),
            str(row.other_id),
            row.days,
            row.is_firm,
            row.why,
            others=tuple(str(each.member_id) for each in row.companions),
        )
        for row in rows
    )


def agreement_with(member: RotaMember) -> WorkAgreement:
    """Return what was agreed with one member."""
    row = find_agreement_with(member.id)
    return row.value if row else NOTHING_AGREED


def find_agreement_with(member_id: uuid.UUID) -> AgreedWork | None:
    """Return the row of what was agreed with one member, if there is any."""
    return db.session.scalars(select(AgreedWork).where(AgreedWork.member_id == member_id)).one_or_none()


def pairings_of(member: RotaMember) -> Sequence[AgreedPairing]:
    """Return the pairings that name a member; only for those who may edit them."""
    return db.session.scalars(
        select(AgreedPairing)
        .where(
            (AgreedPairing.one_id == member.id)
            | (AgreedPairing.other_id == member.id)
            | AgreedPairing.companions.any(AgreedCompanion.member_id == member.id)
        )
        .options(
            joinedload(AgreedPairing.one).joinedload(RotaMember.engagement).joinedload(Engagement.person),
            joinedload(AgreedPairing.other).joinedload(RotaMember.engagement).joinedload(Engagement.person),
            selectinload(AgreedPairing.companions)
            .joinedload(AgreedCompanion.member)
            .joinedload(RotaMember.engagement)
            .joinedload(Engagement.person),
        )
        .order_by(AgreedPairing.made_at, AgreedPairing.id)
    ).all()


def get_pairing_for(viewer: Actor, pairing_id: uuid.UUID) -> AgreedPairing:
    """Return a pairing of somebody whose planning the viewer may change."""
    row = db.session.get(AgreedPairing, pairing_id)
    if row is None:
        raise NotFound
    seen = db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .where(RotaMember.id.in_((row.one_id, row.other_id)), engagements_seen_by(viewer))
    )
    edits = Permission.EDIT_STAFF
    if not any(viewer.may(edits, organisation_id=member.engagement.employer_id) for member in seen):
        raise NotFound
    return row


def others_for(viewer: Actor, member: RotaMember) -> list[tuple[uuid.UUID, str]]:
    """Offer the people whom a member may be paired with."""
    rows = db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .where(engagements_seen_by(viewer), RotaMember.id != member.id)
        .options(joinedload(RotaMember.engagement).joinedload(Engagement.person))
    )
    named = ((row.id, f"{row.name} ({row.engagement.role.label})") for row in rows)
    return sorted(named, key=lambda each: each[1])

"""The agreements on shares, and those who share."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.organisations.records import Organisation
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import RoleGroup
from rota.funding.records import AgreedShare, ShareAgreement
from rota.funding.rules import Agreement, agreement_on, shares_on


@dataclass(frozen=True)
class Told:
    """An agreement as its history tells it."""

    starts_on: date
    shares: tuple[tuple[str, int], ...]
    why: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class GroupShares:
    """How a group of roles is shared on a day: by agreement, or by list."""

    group: RoleGroup
    shares: tuple[tuple[Organisation, int], ...]
    agreed_from: date | None


def agreements_for_planning() -> tuple[Agreement, ...]:
    """Return all agreements of the current network, in the order in which they were made."""
    return tuple(row.value for row in _rows())


def group_shares_for(viewer: Actor, day: date) -> list[GroupShares]:
    """Return how each group of roles is shared on a day."""
    if not viewer.may_somewhere(Permission.SEE_COUNTS):
        raise NotFound
    return [shares_of_group(viewer, group, day) for group in RoleGroup]


def shares_of_group(viewer: Actor, group: RoleGroup, day: date) -> GroupShares:
    """Return how one group of roles is shared on a day."""
    agreements = agreements_for_planning()
    sharing = {organisation.id: organisation for organisation in sharing_for(viewer)}
    lists = {each.id: each.list_size or 0 for each in sharing.values()}
    shares = shares_on(agreements, group, day, lists)
    agreement = agreement_on(agreements, group, day)
    return GroupShares(
        group,
        tuple((each, shares.get(each.id, 0)) for each in sharing.values()),
        agreement.starts_on if agreement and agreement.shares else None,
    )


def sharing_for(viewer: Actor) -> list[Organisation]:
    """Return the organisations that share roles: those of the network with a list of patients."""
    return [organisation for organisation in organisations_for(viewer) if organisation.list_size]


def history_for(viewer: Actor, group: RoleGroup) -> list[Told]:
    """Tell the agreements of a group, the newest first."""
    if not viewer.may_somewhere(Permission.SEE_COUNTS):
        raise NotFound
    return [
        Told(
            row.starts_on,
            tuple(sorted((share.organisation.short_name, share.percent) for share in row.shares)),
            row.why,
            row.made_by,
            row.made_at,
        )
        for row in reversed(_rows())
        if row.role_group is group
    ]


def next_number() -> int:
    """Return the number of the next agreement."""
    return (db.session.scalar(select(func.max(ShareAgreement.number))) or 0) + 1


def list_sizes_of(organisations: Sequence[Organisation]) -> dict[uuid.UUID, int]:
    """Return the lists of those who have one."""
    return {each.id: each.list_size for each in organisations if each.list_size}


def _rows() -> Sequence[ShareAgreement]:
    return db.session.scalars(
        select(ShareAgreement)
        .options(selectinload(ShareAgreement.shares).joinedload(AgreedShare.organisation))
        .order_by(ShareAgreement.number)
    ).all()

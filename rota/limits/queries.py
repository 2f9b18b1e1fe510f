"""The limits of leave of the current network."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload

from network.access.rules import SYSTEM, Actor, Permission
from network.organisations.queries import organisations_for
from network.organisations.records import Organisation
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.limits.records import LeaveLimit
from rota.limits.rules import CODE, Group, Limit, Limits, Post
from rota.limits.wording import group_value, place_value
from rota.rulebook.queries import get_rule_for
from rota.rulebook.rules import Value
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class Default:
    """R39 as the network's rulebook has it: what holds where nothing else is said."""

    is_on: bool
    most: int
    notice_days: int
    notice_times: int
    is_automatic: bool


def default_terms() -> Default:
    """Return what the network's rulebook says of leave."""
    edit = get_rule_for(SYSTEM, CODE).edit
    numbers: dict[str, Value] = dict(edit.parameters)
    return Default(
        is_on=edit.is_on,
        most=int(numbers["most"]),
        notice_days=int(numbers["notice_days"]),
        notice_times=int(numbers["notice_times"]),
        is_automatic=bool(numbers["automatic"]),
    )


def limits_in_force() -> Limits:
    """Return the limits that hold in the current network; none where R39 is switched off."""
    default = default_terms()
    if not default.is_on:
        return Limits()
    return Limits(tuple(as_limit(row) for row in db.session.scalars(select(LeaveLimit))), default.most)


def limits_for(viewer: Actor) -> Sequence[LeaveLimit]:
    """Return the limits of the organisations whose leave the viewer decides on."""
    rows = db.session.scalars(
        select(LeaveLimit)
        .where(_reach(viewer))
        .options(joinedload(LeaveLimit.organisation), joinedload(LeaveLimit.site))
    ).all()
    return sorted(
        rows, key=lambda row: (row.organisation.name, row.site.name if row.site else "", group_in(row).label)
    )


def get_limit_for(viewer: Actor, limit_id: uuid.UUID) -> LeaveLimit:
    """Return one limit that the viewer may change."""
    row = db.session.scalars(
        select(LeaveLimit).where(LeaveLimit.id == limit_id, _reach(viewer))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def employers_for(viewer: Actor) -> list[Organisation]:
    """Return the organisations whose leave the viewer decides on, by name."""
    reach = viewer.organisations_for(Permission.APPROVE_LEAVE)
    return [each for each in organisations_for(viewer) if reach is None or each.id in reach]


def places_for(viewer: Actor) -> list[tuple[str, str]]:
    """Offer the employers whose leave the viewer decides on, each followed by its sites."""
    found = []
    for employer in employers_for(viewer):
        found.append((place_value(employer.id, None), employer.name))
        if len(employer.sites) > 1:
            found += [
                (place_value(employer.id, site.id), f"{employer.name}: {site.name}")
                for site in employer.sites
            ]
    return found


def answers_to(row: LeaveLimit) -> list[tuple[str, str]]:
    """Give a limit as the form would send it, so that it can be set again."""
    place = place_value(row.organisation_id, row.site_id)
    return [("place", place), ("group", group_value(group_in(row))), ("most", str(row.most))]


def post_of(member: RotaMember) -> Post:
    """Return a member as R39 counts them."""
    return Post(member.id, member.engagement.employer_id, member.home_site_id, member.engagement.role)


def group_in(row: LeaveLimit) -> Group:
    """Return whom a limit is about; a constraint holds one of the two to be there."""
    group = row.role_group or row.role
    assert group is not None
    return group


def as_limit(row: LeaveLimit) -> Limit:
    return Limit(row.most, group_in(row), row.organisation_id, row.site_id)


def _reach(viewer: Actor) -> ColumnElement[bool]:
    organisations = viewer.organisations_for(Permission.APPROVE_LEAVE)
    return true() if organisations is None else LeaveLimit.organisation_id.in_(organisations)

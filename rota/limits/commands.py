"""Setting how many may be away at once."""

import uuid

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid
from network.vocabulary import JobRole, RoleGroup
from rota.limits.queries import get_limit_for, group_in
from rota.limits.records import LeaveLimit
from rota.limits.rules import Group, wrong_with_limit
from rota.limits.wording import group_value


@command
def set_limit(
    actor: Actor, organisation_id: uuid.UUID, site_id: uuid.UUID | None, group: Group | None, most: int | None
) -> uuid.UUID:
    """Say how many of a group may be away on a day at an organisation or site; said again, it is replaced."""
    organisation = get_organisation_for(actor, organisation_id)
    require(actor.may(Permission.APPROVE_LEAVE, organisation_id=organisation_id), seen=False)
    if wrong := wrong_with_limit(group, most):
        raise Invalid(wrong)
    if site_id is not None and site_id not in {site.id for site in organisation.sites}:
        raise Invalid(f"Choose a site of {organisation.name}, or all of its sites.")
    row = _row(organisation_id, site_id, group)
    before, row.most = row.most, most or 0
    db.session.add(row)
    db.session.flush()
    record(
        actor,
        "set_leave_limit",
        "leave_limit",
        row.id,
        group=group_value(group_in(row)),
        most=row.most,
        before=before,
    )
    return row.id


@command
def remove_limit(actor: Actor, limit_id: uuid.UUID) -> None:
    """Take a limit away; what the rulebook says holds again."""
    row = get_limit_for(actor, limit_id)
    record(
        actor, "remove_leave_limit", "leave_limit", row.id, group=group_value(group_in(row)), most=row.most
    )
    db.session.delete(row)


def _row(organisation_id: uuid.UUID, site_id: uuid.UUID | None, group: Group | None) -> LeaveLimit:
    role_group = group if isinstance(group, RoleGroup) else None
    role = group if isinstance(group, JobRole) else None
    known = db.session.scalars(
        select(LeaveLimit)
        .where(
            LeaveLimit.organisation_id == organisation_id,
            LeaveLimit.site_id.is_not_distinct_from(site_id),
            LeaveLimit.role_group.is_not_distinct_from(role_group),
            LeaveLimit.role.is_not_distinct_from(role),
        )
        .with_for_update()
    ).one_or_none()
    return known or LeaveLimit(
        organisation_id=organisation_id, site_id=site_id, role_group=role_group, role=role
    )

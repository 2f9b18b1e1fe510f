"""What a change of a draft must know: who and what stands there, whose it is, and how many are short."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Permission
from network.organisations.records import Site
from network.people.records import Engagement
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import JobRole
from rota.demand.records import Closure
from rota.edits.records import ChangeEvent, Edit
from rota.edits.rules import CONTENT, Cell, Content, kept
from rota.grid.rules import may_change
from rota.losses.queries import is_away
from rota.roster.rules import COUNTS_AS_COVER
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.rows.rules import EMPTY, mark_of
from rota.staff.queries import planned_between
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class Standing:
    """What stands in a cell, and the mark by which a later change of it is noticed."""

    content: Content
    mark: str


NOTHING = Standing(None, EMPTY)
Changes = Mapping[Cell, tuple[Content, Content]]


def members_of(cells: Collection[Cell]) -> dict[uuid.UUID, RotaMember]:
    """Return whose cells these are, with what a change needs to know of them."""
    wanted = {cell.member_id for cell in cells}
    members = db.session.scalars(
        select(RotaMember)
        .where(RotaMember.id.in_(wanted))
        .options(
            joinedload(RotaMember.engagement).joinedload(Engagement.person), selectinload(RotaMember.funding)
        )
    ).all()
    if len(members) < len(wanted):
        raise NotFound
    return {member.id: member for member in members}


def standing_in(version_id: uuid.UUID, cells: Collection[Cell]) -> Mapping[Cell, Standing]:
    """Return what stands in each of some cells."""
    columns = [getattr(Assignment, name) for name in CONTENT]
    rows = db.session.execute(
        select(
            Assignment.member_id,
            Assignment.day,
            Assignment.kind,
            Assignment.id,
            Assignment.row_version,
            *columns,
        ).where(
            Assignment.version_id == version_id,
            Assignment.member_id.in_({cell.member_id for cell in cells}),
            Assignment.day.in_({cell.day for cell in cells}),
        )
    )
    found = {
        Cell(*row[:3]): Standing(kept(dict(zip(CONTENT, row[5:], strict=True))), mark_of(row[3], row[4]))
        for row in rows
    }
    return {cell: found.get(cell, NOTHING) for cell in cells}


def out_of_reach(actor: Actor, changes: Changes, members: Mapping[uuid.UUID, RotaMember]) -> list[Cell]:
    """Return the cells that the actor may not change like this: neither their people nor their sites."""
    owners = _owners_of([content for pair in changes.values() for content in pair])

    def may(organisation_id: uuid.UUID) -> bool:
        return actor.may(Permission.EDIT_ROTA, organisation_id=organisation_id)

    def places(pair: tuple[Content, Content]) -> list[uuid.UUID | None]:
        return [owners[each["site_id"]] if each["site_id"] else None for each in pair if each]

    return [
        cell
        for cell, pair in changes.items()
        if not may_change(may, members[cell.member_id].engagement.employer_id, places(pair))
    ]


def _owners_of(contents: Collection[Content]) -> dict[str, uuid.UUID]:
    wanted = {uuid.UUID(content["site_id"]) for content in contents if content and content["site_id"]}
    rows = db.session.execute(select(Site.id, Site.organisation_id).where(Site.id.in_(wanted)))
    return {str(site_id): organisation_id for site_id, organisation_id in rows}


def last_edits(version_id: uuid.UUID, cells: Collection[Cell]) -> dict[Cell, Edit]:
    """Return the edit that changed each of some cells last."""
    rows = db.session.execute(
        select(ChangeEvent.member_id, ChangeEvent.day, ChangeEvent.kind, Edit)
        .join(ChangeEvent.edit)
        .where(
            ChangeEvent.version_id == version_id,
            ChangeEvent.member_id.in_({cell.member_id for cell in cells}),
            ChangeEvent.day.in_({cell.day for cell in cells}),
        )
        .order_by(Edit.number)
    )
    found = {Cell(*row[:3]): row[3] for row in rows}
    return {cell: found[cell] for cell in cells if cell in found}


def find_assignment(version_id: uuid.UUID, cell: Cell) -> Assignment | None:
    """Return what stands in a cell."""
    return db.session.scalars(
        select(Assignment).where(
            Assignment.version_id == version_id,
            Assignment.member_id == cell.member_id,
            Assignment.day == cell.day,
            Assignment.kind == cell.kind,
        )
    ).one_or_none()


def counts_as_cover(role: JobRole) -> bool:
    """Say whether those in a role count to cover, as far as the role decides it."""
    return not role.is_learner or role in COUNTS_AS_COVER


def count_cover(version: RotaVersion) -> tuple[int, int]:
    """Count the people missing to minimum cover, and how many it asks for, without building the problem."""
    shut = select(Closure.id).where(
        Closure.site_id == DemandLine.site_id,
        Closure.day == DemandLine.day,
        or_(Closure.kind.is_(None), Closure.kind == DemandLine.kind),
    )
    wanted = select(DemandLine.id.label("line"), DemandLine.minimum, literal(0).label("have")).where(
        DemandLine.period_id == version.period_id, ~shut.exists()
    )
    have = (
        select(Assignment.line_id, literal(0), literal(1))
        .join(Assignment.member)
        .join(RotaMember.engagement)
        .where(
            Assignment.version_id == version.id,
            Engagement.role.in_([role for role in JobRole if counts_as_cover(role)]),
            planned_between(version.period.starts_on, version.period.ends_on),
            ~is_away(Assignment.member_id, Assignment.day, Assignment.kind),
        )
    )
    # Laid on top of each other rather than joined: right after a filling the database does not know how many
    # rows there are, and would go through all of one for each of the other.
    rows = union_all(wanted, have).subquery()
    by_line = (
        select(func.sum(rows.c.minimum).label("minimum"), func.sum(rows.c.have).label("have"))
        .group_by(rows.c.line)
        .subquery()
    )
    missing = func.greatest(by_line.c.minimum - by_line.c.have, 0)
    short, asked = db.session.execute(
        select(func.coalesce(func.sum(missing), 0), func.coalesce(func.sum(by_line.c.minimum), 0))
    ).one()
    return int(short), int(asked)

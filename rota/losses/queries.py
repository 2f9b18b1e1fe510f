"""What absences take from the rotas that people know or managers make."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, case, or_, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db, today
from network.vocabulary import SessionKind
from rota.edits.rules import Cell
from rota.leave.queries import absences_for_planning, as_away
from rota.leave.records import Absence
from rota.leave.rules import KEEPS_AWAY, NEED_TO_KNOW, ORDER, Away, keeps_away
from rota.losses.rules import Loss, Toll
from rota.roster.rules import COUNTS_AS_COVER
from rota.rotas.queries import sees_drafts
from rota.rotas.records import Assignment, DemandLine, RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember

T = TypeVar("T")
Column = InstrumentedAttribute[T]
# A duty of a version: its version and its line.
Line = tuple[uuid.UUID, uuid.UUID]


def losses_of(
    member: RotaMember, away: Away
) -> tuple[list[Loss], dict[uuid.UUID, tuple[RotaVersion, list[Assignment]]]]:
    """Return what an absence takes from published rotas and latest drafts, with the rows by version."""
    versions = {version.id: version for version in _versions(away)}
    rows = _placed(member, away, versions)
    by_version = {
        version.id: (version, [row for row in rows if row.version_id == version.id])
        for version in versions.values()
    }
    touched = {key: value for key, value in by_version.items() if value[1]}
    return _as_losses(rows, versions, without=member.id), touched


def cells_taken(version_id: uuid.UUID, away: Away, member_id: uuid.UUID) -> list[Cell]:
    """Return the cells of a version in which a member works and that an absence takes."""
    rows = db.session.execute(
        select(Assignment.member_id, Assignment.day, Assignment.kind).where(
            Assignment.version_id == version_id,
            Assignment.member_id == member_id,
            Assignment.day.between(away.starts_on, away.ends_on),
        )
    )
    return [Cell(*row) for row in rows if away.takes(row.day, row.kind)]


def tolls_for(viewer: Actor) -> list[Toll]:
    """Return what absences take from published rotas, from today on, as far as a planner may know."""
    if not sees_drafts(viewer):
        return []
    pairs = _taken(viewer)
    rows = [row for _, row in pairs]
    versions = {row.version_id: row.version for row in rows}
    losses = dict(zip([row.id for row in rows], _as_losses(rows, versions), strict=True))
    found: dict[tuple[uuid.UUID, uuid.UUID], list[Assignment]] = {}
    absences = {absence.id: absence for absence, _ in pairs}
    for absence, row in pairs:
        found.setdefault((absence.id, row.version_id), []).append(row)
    return [
        _toll(absences[absence_id], own, [losses[row.id] for row in own])
        for (absence_id, _), own in found.items()
    ]


def is_away(
    member_id: Column[uuid.UUID], day: Column[date], kind: Column[SessionKind]
) -> ColumnElement[bool]:
    """Match sessions that an absence takes from whoever is placed in them: `Away.takes`, asked of rows."""
    begins = Absence.starts_on, case(ORDER, value=Absence.starts_with)
    ends = Absence.ends_on, case(ORDER, value=Absence.ends_with)
    then = day, case(ORDER, value=kind)
    taken = and_(tuple_(*begins) <= tuple_(*then), tuple_(*then) <= tuple_(*ends))
    theirs = Absence.member_id == member_id, Absence.state.in_(KEEPS_AWAY)
    return select(Absence.id).where(*theirs, taken).exists()


def _toll(absence: Absence, rows: Sequence[Assignment], losses: Sequence[Loss]) -> Toll:
    first = min(row.day for row in rows)
    return Toll(
        absence_id=absence.id,
        name=absence.member.name,
        is_leave=absence.kind not in NEED_TO_KNOW,
        version_id=rows[0].version_id,
        monday=first - timedelta(first.weekday()),
        sessions=len(rows),
        short=sum(loss.is_short for loss in losses),
    )


def _taken(viewer: Actor) -> list[tuple[Absence, Assignment]]:
    """Return the sessions of published rotas, from today on, in which somebody is away."""
    pairs = db.session.execute(
        select(Absence, Assignment)
        .join(Absence.member)
        .join(RotaMember.engagement)
        .join(
            Assignment,
            and_(
                Assignment.member_id == Absence.member_id,
                Assignment.day.between(Absence.starts_on, Absence.ends_on),
            ),
        )
        .join(Assignment.version)
        .where(
            Absence.state.in_(KEEPS_AWAY),
            Absence.ends_on >= today(),
            Assignment.day >= today(),
            RotaVersion.state == VersionState.CHOSEN,
            _reach(viewer),
        )
        .options(
            contains_eager(Absence.member)
            .contains_eager(RotaMember.engagement)
            .joinedload(Engagement.person),
            contains_eager(Assignment.version),
            joinedload(Assignment.site),
        )
        .order_by(Assignment.day, Absence.id)
    )
    return [(absence, row) for absence, row in pairs if as_away(absence).takes(row.day, row.kind)]


def _as_losses(
    rows: Sequence[Assignment], versions: dict[uuid.UUID, RotaVersion], without: uuid.UUID | None = None
) -> list[Loss]:
    have = present_on(rows, without)
    lines = _lines([row.line_id for row in rows if row.line_id])
    return [
        Loss(
            version_id=row.version_id,
            is_published=versions[row.version_id].state is VersionState.CHOSEN,
            day=row.day,
            kind=SessionKind(row.kind),
            place=row.site.name if row.site else "remote work",
            role_group=row.role_group,
            have=have[row.version_id, row.line_id] if row.line_id else 0,
            need=lines[row.line_id].minimum if row.line_id else 0,
        )
        for row in rows
    ]


def present_on(rows: Collection[Assignment], without: uuid.UUID | None = None) -> Counter[Line]:
    """Count, for the duties of some rows, who covers them: not those away, not learners, not `without`."""
    lines = {row.line_id for row in rows if row.line_id}
    if not lines:
        return Counter()
    days = [row.day for row in rows]
    absences = absences_for_planning(min(days), max(days))
    placed = db.session.execute(
        select(Assignment, Engagement.role)
        .join(Assignment.member)
        .join(RotaMember.engagement)
        .where(Assignment.version_id.in_({row.version_id for row in rows}), Assignment.line_id.in_(lines))
    )
    found: Counter[Line] = Counter()
    for row, role in placed:
        counts = not role.is_learner or role in COUNTS_AS_COVER
        away = keeps_away(absences.get(row.member_id, ()), row.day, row.kind)
        if counts and not away and row.member_id != without and row.line_id:
            found[row.version_id, row.line_id] += 1
    return found


def _versions(away: Away) -> Collection[RotaVersion]:
    """Return the published rotas and latest drafts that an absence reaches into."""
    rows = db.session.scalars(
        select(RotaVersion)
        .join(RotaVersion.period)
        .where(
            RotaPeriod.starts_on <= away.ends_on,
            RotaPeriod.ends_on >= away.starts_on,
            RotaVersion.state.in_((VersionState.CHOSEN, VersionState.DRAFT)),
        )
        .options(joinedload(RotaVersion.period))
        .order_by(RotaVersion.number)
    )
    return {(row.period_id, row.state): row for row in rows}.values()


def _placed(member: RotaMember, away: Away, versions: Collection[uuid.UUID]) -> list[Assignment]:
    rows = db.session.scalars(
        select(Assignment)
        .where(
            Assignment.member_id == member.id,
            Assignment.version_id.in_(versions),
            Assignment.day.between(away.starts_on, away.ends_on),
        )
        .options(joinedload(Assignment.site))
        .order_by(Assignment.day, Assignment.starts_at)
    )
    return [row for row in rows if away.takes(row.day, row.kind)]


def _lines(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, DemandLine]:
    return {line.id: line for line in db.session.scalars(select(DemandLine).where(DemandLine.id.in_(ids)))}


def _reach(viewer: Actor) -> ColumnElement[bool]:
    organisations = viewer.organisations_for(Permission.SEE_LEAVE)
    own = Engagement.person_id == viewer.person_id
    return true() if organisations is None else or_(Engagement.employer_id.in_(organisations), own)

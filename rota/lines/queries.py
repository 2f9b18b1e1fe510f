"""The cover that one rota wants, site by site and week by week."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.organisations.queries import get_site_for, sites_for
from network.organisations.records import Site
from network.organisations.rules import kinds_on
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.demand.queries import closures_for_planning, templates_for_planning
from rota.lines.rules import Difference, Numbers, Slot, difference, usual_numbers
from rota.rotas.queries import get_version_for, said_of, sees_drafts
from rota.rotas.records import DemandLine, RotaVersion
from rota.rotas.rules import PeriodState, days_between

Session = tuple[date, SessionKind]


@dataclass(frozen=True)
class LineView:
    """A line in its cell: its numbers, and how they differ from the usual week."""

    id: uuid.UUID
    numbers: Numbers
    difference: Difference | None


@dataclass(frozen=True)
class RowView:
    """What one group of roles is wanted for in a week, session by session."""

    role_group: RoleGroup
    activity: Activity
    cells: dict[Session, list[LineView]]


@dataclass(frozen=True)
class Lines:
    """The cover wanted at one site in one week of a rota."""

    version: RotaVersion
    said: str
    site: Site | None
    sites: Sequence[Site]
    monday: date
    mondays: Sequence[date]
    sessions: Sequence[Session]
    rows: Sequence[RowView]
    may_edit: bool


def lines_for_site(
    viewer: Actor, version_id: uuid.UUID, site_id: uuid.UUID | None, monday: date | None
) -> Lines:
    """Return a week of a site's lines; where none is named, the first week and the first site."""
    version = _version_for(viewer, version_id)
    period = version.period
    sites = _sites(viewer, version, site_id)
    site = next((each for each in sites if each.id == site_id), sites[0] if sites else None)
    mondays = [each for each in days_between(period.starts_on, period.ends_on) if each.weekday() == 0]
    monday = monday if monday in mondays else mondays[0]
    rows = _rows(period.id, site, monday) if site else []
    return Lines(
        version=version,
        said=said_of(version),
        site=site,
        sites=sites,
        monday=monday,
        mondays=mondays,
        sessions=_sessions(site, monday, rows) if site else [],
        rows=rows,
        may_edit=site is not None and may_change(viewer, version, site),
    )


def get_line_for(viewer: Actor, version_id: uuid.UUID, line_id: uuid.UUID) -> tuple[RotaVersion, DemandLine]:
    """Return a line of a version's rota that the viewer may see."""
    version = _version_for(viewer, version_id)
    line = db.session.scalars(
        select(DemandLine)
        .where(DemandLine.id == line_id, DemandLine.period_id == version.period_id)
        .options(joinedload(DemandLine.site))
    ).one_or_none()
    if line is None:
        raise NotFound
    return version, line


def may_change(viewer: Actor, version: RotaVersion, site: Site) -> bool:
    """Say whether the viewer may change what a site wants in this rota."""
    is_open = version.period.state is not PeriodState.CLOSED
    return is_open and viewer.may(Permission.EDIT_DEMAND, organisation_id=site.organisation_id)


def numbers_of(line: DemandLine) -> Numbers:
    """Give how many people a line asks for."""
    return Numbers(line.minimum, line.desired, line.maximum)


def get_site_of(viewer: Actor, version_id: uuid.UUID, site_id: uuid.UUID) -> tuple[RotaVersion, Site]:
    """Return a version and a site of its network."""
    return _version_for(viewer, version_id), get_site_for(viewer, site_id)


def _version_for(viewer: Actor, version_id: uuid.UUID) -> RotaVersion:
    version = get_version_for(viewer, version_id)
    if not sees_drafts(viewer):
        raise NotFound
    return version


def _sites(viewer: Actor, version: RotaVersion, asked_for: uuid.UUID | None) -> list[Site]:
    """Return the sites that want anybody in this rota, those that the viewer may change first."""
    wanting = set(
        db.session.scalars(
            select(DemandLine.site_id).where(DemandLine.period_id == version.period_id).distinct()
        )
    )
    wanted = [site for site in sites_for(viewer) if site.id in wanting or site.id == asked_for]
    return sorted(wanted, key=lambda site: not may_change(viewer, version, site))


def _rows(period_id: uuid.UUID, site: Site, monday: date) -> list[RowView]:
    days = days_between(monday, monday + timedelta(6))
    lines = db.session.scalars(
        select(DemandLine)
        .where(
            DemandLine.period_id == period_id,
            DemandLine.site_id == site.id,
            DemandLine.day.between(days[0], days[-1]),
        )
        .order_by(DemandLine.day, DemandLine.id)
    )
    templates = templates_for_planning(days[0], days[-1])
    usual = usual_numbers(days, templates, closures_for_planning(days[0], days[-1]))
    rows: dict[tuple[RoleGroup, Activity], RowView] = {}
    for line in lines:
        who = line.role_group, line.activity
        numbers = numbers_of(line)
        slot = Slot(site.id, line.day, line.kind, *who)
        view = LineView(line.id, numbers, difference(numbers, usual.get(slot)))
        rows.setdefault(who, RowView(*who, {})).cells.setdefault((line.day, line.kind), []).append(view)
    groups, activities = list(RoleGroup), list(Activity)
    return sorted(
        rows.values(), key=lambda row: (groups.index(row.role_group), activities.index(row.activity))
    )


def _sessions(site: Site, monday: date, rows: Sequence[RowView]) -> list[Session]:
    opens = {(opening.weekday, opening.kind) for opening in site.openings}
    wanted = {session for row in rows for session in row.cells}
    return [
        (day, kind)
        for day in days_between(monday, monday + timedelta(6))
        for kind in SessionKind
        if kind in kinds_on(day.weekday()) and ((day.weekday(), kind) in opens or (day, kind) in wanted)
    ]

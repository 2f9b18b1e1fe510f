"""The demand of each site, and when sites are closed."""

import uuid
from dataclasses import dataclass
from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays
from sqlalchemy import func, or_, select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations import queries as organisations
from network.organisations.records import Site
from network.organisations.rules import WeeklySession, sessions_of_the_week
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from rota.demand.records import Closure, DemandTemplate
from rota.demand.rules import Closed, SiteWant, Want


@dataclass(frozen=True)
class Holiday:
    """A bank holiday of England."""

    day: date
    name: str


def templates_for_planning(starts_on: date, ends_on: date) -> tuple[SiteWant, ...]:
    """Return the current network's lines of demand that hold on some day of the period."""
    rows = db.session.scalars(
        select(DemandTemplate)
        .where(
            DemandTemplate.starts_on <= ends_on,
            or_(DemandTemplate.ends_on.is_(None), DemandTemplate.ends_on >= starts_on),
        )
        .order_by(DemandTemplate.weekday, DemandTemplate.role_group, DemandTemplate.id)
    )
    return tuple(SiteWant(row.id, row.site_id, as_want(row)) for row in rows)


def closures_for_planning(starts_on: date, ends_on: date) -> tuple[Closed, ...]:
    """Return the current network's closures of the period."""
    rows = db.session.scalars(
        select(Closure).where(Closure.day.between(starts_on, ends_on)).order_by(Closure.day, Closure.id)
    )
    return tuple(Closed(row.site_id, row.day, row.kind, row.why) for row in rows)


def get_site_for(viewer: Actor, site_id: uuid.UUID) -> Site:
    """Return a site of the network whose demand the viewer may see."""
    site = organisations.get_site_for(viewer, site_id)
    require(viewer.may(Permission.SEE_DEMAND, organisation_id=site.organisation_id), seen=False)
    return site


def lines_at(site: Site) -> list[SiteWant]:
    """Return the lines of a site that hold today or later."""
    rows = db.session.scalars(
        select(DemandTemplate).where(
            DemandTemplate.site_id == site.id,
            or_(DemandTemplate.ends_on.is_(None), DemandTemplate.ends_on >= today()),
        )
    )
    lines = [SiteWant(row.id, row.site_id, as_want(row)) for row in rows]
    return sorted(
        lines, key=lambda line: (line.want.role_group.label, line.want.activity.label, line.want.weekday)
    )


def get_line_for(viewer: Actor, template_id: uuid.UUID) -> tuple[Site, SiteWant]:
    """Return one line of demand with its site."""
    row = db.session.get(DemandTemplate, template_id)
    if row is None:
        raise NotFound
    return get_site_for(viewer, row.site_id), SiteWant(row.id, row.site_id, as_want(row))


def counts_by_site() -> dict[uuid.UUID, int]:
    """Count the current network's lines of demand that hold today or later, by site."""
    holding = or_(DemandTemplate.ends_on.is_(None), DemandTemplate.ends_on >= today())
    counted = select(DemandTemplate.site_id, func.count()).where(holding).group_by(DemandTemplate.site_id)
    return {site_id: count for site_id, count in db.session.execute(counted)}


def open_sessions(site: Site) -> list[WeeklySession]:
    """Return the weekly sessions in which a site is open, in order of time."""
    opens = {WeeklySession(opening.weekday, opening.kind) for opening in site.openings}
    return [session for session in sessions_of_the_week() if session in opens]


def closures_at(site: Site) -> list[Closure]:
    """Return the closures of a site from today on."""
    wanted = select(Closure).where(Closure.site_id == site.id, Closure.day >= today())
    return list(db.session.scalars(wanted.order_by(Closure.day, Closure.kind)))


def bank_holidays(starts_on: date, ends_on: date) -> list[Holiday]:
    """Return the bank holidays of England in a period, as far as they are announced."""
    return [holiday for holiday in _announced() if starts_on <= holiday.day <= ends_on]


def as_want(row: DemandTemplate) -> Want:
    """Give a line of demand as a value."""
    return Want(
        weekday=row.weekday,
        kind=row.kind,
        role_group=row.role_group,
        activity=row.activity,
        minimum=row.minimum,
        desired=row.desired,
        maximum=row.maximum,
        competencies=tuple(row.competencies),
        room=row.room,
        funding=row.funding,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


@cache
def _announced() -> tuple[Holiday, ...]:
    # The list inside the package: pages never wait for the internet.
    known = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return tuple(Holiday(each["date"], each["title"]) for each in known)

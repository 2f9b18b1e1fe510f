"""A small network at work, for tests of rotas: two surgeries, their people and the cover they want."""

from datetime import date

from sqlalchemy import select

from network.access.rules import Actor, Role
from network.organisations.records import Organisation, Site
from network.plumbing.database import db
from network.vocabulary import Activity, ContractType, FundingStream, JobRole, RoleGroup, SessionKind
from rota.cells.commands import place
from rota.demand.records import DemandTemplate
from rota.edits.rules import Cell
from rota.publishing.commands import publish_version
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from rota.rotas.records import DemandLine, RotaVersion
from rota.rotas.rules import PeriodState, VersionState
from rota.rows.rules import EMPTY
from rota.staff.records import (
    Credential,
    PatternCell,
    RotaMember,
    SiteInduction,
    WorkingPattern,
)
from rota.staff.rules import Availability, required_credentials
from tests import makers
from tests.cast import Cast
from tests.makers import LONG_AGO, MONDAY, keep, keep_all

FAR_OFF = date(2030, 1, 1)
DAYTIME = (SessionKind.MORNING, SessionKind.AFTERNOON)


def make_worker(
    cast: Cast,
    name: str,
    role: JobRole = JobRole.GP,
    employer: Organisation | None = None,
    home: Site | None = None,
    sessions: int = 8,
    kinds: tuple[SessionKind, ...] = DAYTIME,
) -> RotaMember:
    """Make somebody who works daytime on weekdays, with everything in date, inducted at both surgeries."""
    employer = employer or cast.elm
    home = home or (cast.oak_site if employer.id == cast.oak.id else cast.elm_site)
    engagement = makers.make_engagement(
        employer, makers.make_person(name), role, ContractType.SALARIED, sessions
    )
    member = makers.make_member(engagement, cast.network, home)
    set_pattern(member, kinds)
    keep_all(
        Credential(member_id=member.id, kind=kind, expires_on=FAR_OFF) for kind in required_credentials(role)
    )
    keep_all(
        SiteInduction(member_id=member.id, site_id=site.id, inducted_on=LONG_AGO)
        for site in (cast.elm_site, cast.oak_site)
    )
    return member


def set_pattern(member: RotaMember, kinds: tuple[SessionKind, ...] = DAYTIME) -> None:
    """Let somebody be asked for these sessions of every weekday."""
    pattern = keep(WorkingPattern(member_id=member.id, starts_on=LONG_AGO))
    keep_all(
        PatternCell(
            pattern_id=pattern.id,
            week=1,
            weekday=weekday,
            kind=kind,
            availability=Availability.AVAILABLE,
        )
        for weekday in range(5)
        for kind in kinds
    )


def want(
    site: Site,
    group: RoleGroup = RoleGroup.GP,
    minimum: int = 1,
    desired: int = 0,
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4),
    kinds: tuple[SessionKind, ...] = DAYTIME,
    activity: Activity = Activity.SURGERY,
) -> None:
    """Want cover at a site in each of these sessions."""
    keep_all(
        DemandTemplate(
            site_id=site.id,
            weekday=weekday,
            kind=kind,
            role_group=group,
            activity=activity,
            minimum=minimum,
            desired=max(desired, minimum),
            maximum=max(desired, minimum) + 2,
            funding=FundingStream.CORE,
            starts_on=LONG_AGO,
        )
        for weekday in weekdays
        for kind in kinds
    )


def make_scene(cast: Cast, doctors: int = 3) -> list[RotaMember]:
    """Make a network that can be planned: doctors at Elm and Oak, one wanted at each in each session."""
    members = [
        make_worker(cast, f"Example{number:02}", employer=cast.oak if number % 2 else cast.elm)
        for number in range(doctors)
    ]
    want(cast.elm_site)
    want(cast.oak_site)
    db.session.commit()
    return members


def open_rota(cast: Cast, weeks: int = 1) -> RotaVersion:
    """Open a rota from the Monday of the tests, and give its first version."""
    version_id = open_period(cast[Role.WORKFORCE_MANAGER], MONDAY, weeks)
    return get_version_for(cast[Role.WORKFORCE_MANAGER], version_id)


def join_rota(cast: Cast, role: Role, employer: Organisation | None = None) -> RotaMember:
    """Plan a member of the cast as a doctor at Elm, or elsewhere."""
    person = cast.accounts[role].person
    assert person is not None
    member = make_worker(cast, "Unused", employer=employer)
    member.engagement.person_id = person.id
    db.session.commit()
    return member


def publish_for(cast: Cast, role: Role) -> RotaVersion:
    """Publish a rota in which a member of the cast has the first morning."""
    member = join_rota(cast, role)
    want(cast.elm_site)
    want(cast.oak_site)
    version = open_rota(cast)
    put(version, member, cast.elm_site, cast[Role.WORKFORCE_MANAGER])
    publish_version(cast[Role.WORKFORCE_MANAGER], version.id)
    return version


def line_on(version: RotaVersion, site: Site, cell: Cell) -> DemandLine:
    """Give the line of demand of a site in the session of a cell."""
    return db.session.scalars(
        select(DemandLine).where(
            DemandLine.period_id == version.period_id,
            DemandLine.site_id == site.id,
            DemandLine.day == cell.day,
            DemandLine.kind == cell.kind,
        )
    ).one()


def cell_of(member: RotaMember, day: date = MONDAY, kind: SessionKind = SessionKind.MORNING) -> Cell:
    return Cell(member.id, day, kind)


def put(version: RotaVersion, member: RotaMember, site: Site, actor: Actor, day: date = MONDAY) -> Cell:
    """Place somebody on the morning duty of a site."""
    cell = cell_of(member, day)
    place(actor, version.id, cell, line_on(version, site, cell).id, EMPTY)
    return cell


def make_chosen(version: RotaVersion) -> None:
    """Let a version be what people were told, whatever is wrong with it."""
    version.state, version.period.state = VersionState.CHOSEN, PeriodState.PUBLISHED
    db.session.commit()

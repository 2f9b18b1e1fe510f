"""Reading a feed by its secret, and the sessions it tells, from every network in which somebody works."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from network.access.rules import Actor
from network.accounts.queries import grants_of_today
from network.accounts.records import Account
from network.invitations.queries import hash_of
from network.organisations.records import Site
from network.people.records import Engagement
from network.plumbing.database import ENGLAND, db, in_network, today
from rota.edits.rules import Cell
from rota.exposure_sessions.queries import booked_between
from rota.feeds.records import CalendarFeed
from rota.feeds.rules import (
    LOOKS_BACK,
    HalfDay,
    Held,
    Published,
    Stay,
    StayEvent,
    events_of,
    histories,
)
from rota.feeds.wording import Placed
from rota.hosts.records import PlacementHost, PlacementOffer
from rota.learners.records import Learner
from rota.losses.queries import is_away
from rota.rotas.records import Assignment, RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState
from rota.rotations.records import Placement, RotationVersion
from rota.rotations.rules import PlacementState, PlanVersionState
from rota.staff.records import RotaMember

LOOKS_AHEAD = timedelta(weeks=60)


def find_feed_for(viewer: Actor) -> CalendarFeed | None:
    """Return the viewer's own feed, where they have one."""
    return db.session.scalars(
        select(CalendarFeed).where(
            CalendarFeed.account_id == viewer.account_id, CalendarFeed.ended_at.is_(None)
        )
    ).one_or_none()


def find_account_by(secret: str) -> Account | None:
    """Return whose feed is read with a secret, as long as the feed and the account hold."""
    feed = db.session.scalars(
        select(CalendarFeed)
        .join(CalendarFeed.account)
        .where(CalendarFeed.secret_hash == hash_of(secret), CalendarFeed.ended_at.is_(None), Account.active)
        .options(joinedload(CalendarFeed.account))
    ).one_or_none()
    return feed.account if feed else None


def sessions_of(account: Account) -> list[Placed]:
    """Return the published sessions of whoever has an account, of all their posts and networks."""
    found: list[Placed] = []
    for network_id in _networks_of(account):
        with in_network(network_id):
            found += _sessions_here(account.person_id)
    return sorted(found, key=lambda each: each.event.held.starts)


def training_of(account: Account) -> tuple[list[StayEvent], list[HalfDay]]:
    """Return the placements and the half-days of whoever has an account, of all their networks."""
    stays: list[StayEvent] = []
    half_days: list[HalfDay] = []
    for network_id in _networks_of(account):
        with in_network(network_id):
            for learner_id in _learners_here(account.person_id):
                stays += _stays_here(learner_id)
                half_days += _half_days_here(learner_id)
    stays.sort(key=lambda each: (each.stay.starts_on, each.uid))
    return stays, sorted(half_days, key=lambda each: (each.starts, each.uid))


def _networks_of(account: Account) -> list[uuid.UUID]:
    if account.person_id is None:
        return []
    return sorted({grant.network_id for grant in grants_of_today(account.id)})


def _learners_here(person_id: uuid.UUID | None) -> Sequence[uuid.UUID]:
    return db.session.scalars(
        select(Learner.id)
        .join(Learner.member)
        .join(RotaMember.engagement)
        .where(Engagement.person_id == person_id)
        .order_by(Learner.id)
    ).all()


def _stays_here(learner_id: uuid.UUID) -> Iterator[StayEvent]:
    """Give a learner's placements, with all versions of each plan that they were ever told."""
    rows = db.session.scalars(
        select(Placement)
        .join(Placement.version)
        .where(Placement.learner_id == learner_id, RotationVersion.published_at.is_not(None))
        .options(
            contains_eager(Placement.version),
            joinedload(Placement.offer).joinedload(PlacementOffer.host).joinedload(PlacementHost.site),
        )
    ).all()
    by_plan: dict[uuid.UUID, list[RotationVersion]] = {}
    for version in _versions_told():
        by_plan.setdefault(version.plan_id, []).append(version)
    for versions in by_plan.values():
        told = [(_told_at(each), _as_stays(each, rows)) for each in versions]
        for stay_id, history in histories(told).items():
            yield StayEvent(stay_id, *history)


def _versions_told() -> Sequence[RotationVersion]:
    return db.session.scalars(
        select(RotationVersion)
        .where(
            RotationVersion.state.in_({PlanVersionState.CHOSEN, PlanVersionState.SUPERSEDED}),
            RotationVersion.published_at.is_not(None),
        )
        .order_by(RotationVersion.published_at, RotationVersion.number)
    ).all()


def _told_at(version: RotationVersion) -> datetime:
    return version.published_at or version.made_at


def _as_stays(version: RotationVersion, rows: Sequence[Placement]) -> dict[uuid.UUID, Stay]:
    return {
        row.stay_id: stay_of(row)
        for row in rows
        if row.version_id == version.id and row.state is not PlacementState.HOST_DECLINED
    }


def stay_of(row: Placement) -> Stay:
    """Give a placement as a calendar tells it: no reason, and nobody but whom to ask for."""
    host, site = row.offer.host, row.offer.host.site
    contact = " ".join(part for part in (host.contact_name, host.contact_phone) if part)
    known = (
        ("First day", host.arrival),
        ("Ask for", contact),
        ("Getting there", host.travel),
        ("Parking", host.parking),
        ("What to wear", host.dress),
    )
    return Stay(
        row.starts_on,
        row.ends_on,
        f"Placement: {site.name}, {row.offer.discipline.label.lower()}",
        ", ".join(part for part in (site.name, site.address) if part),
        tuple(f"{name}: {said}" for name, said in known if said),
    )


def _half_days_here(learner_id: uuid.UUID) -> Iterator[HalfDay]:
    for each in booked_between(today() - LOOKS_BACK, today() + LOOKS_AHEAD, [learner_id]):
        yield HalfDay(
            each.session_id,
            datetime.combine(each.day, each.starts, ENGLAND),
            datetime.combine(each.day, each.ends, ENGLAND),
            each.said,
            ", ".join(part for part in (each.site, each.address) if part),
            each.made_at,
        )


def _sessions_here(person_id: uuid.UUID | None) -> Iterator[Placed]:
    """Read somebody's sessions in the current network, with all versions that were ever told."""
    versions = db.session.scalars(
        select(RotaVersion)
        .join(RotaVersion.period)
        .where(
            RotaVersion.state.in_({VersionState.CHOSEN, VersionState.SUPERSEDED}),
            RotaVersion.published_at.is_not(None),
            RotaPeriod.ends_on >= today() - LOOKS_BACK,
        )
        .order_by(RotaVersion.published_at, RotaVersion.number)
    ).all()
    rows = db.session.scalars(
        select(Assignment)
        .join(Assignment.member)
        .join(RotaMember.engagement)
        .where(
            Engagement.person_id == person_id,
            Assignment.version_id.in_([version.id for version in versions]),
            # What leave takes is nobody's work, in whatever version it stood.
            ~is_away(Assignment.member_id, Assignment.day, Assignment.kind),
        )
        .options(joinedload(Assignment.site))
    ).all()
    sites = {row.site_id: row.site for row in rows if row.site}
    for period_id in dict.fromkeys(version.period_id for version in versions):
        told = [_as_told(each, rows) for each in versions if each.period_id == period_id]
        for event in events_of(told):
            site: Site | None = sites.get(event.held.site_id)
            yield Placed(event, site.name if site else "", site.address if site else "")


def _as_told(version: RotaVersion, rows: Sequence[Assignment]) -> Published:
    sessions = {
        Cell(row.member_id, row.day, row.kind): Held(
            row.starts_at, row.ends_at, row.activity.label, row.site_id
        )
        for row in rows
        if row.version_id == version.id
    }
    return Published(version.published_at or version.made_at, sessions)

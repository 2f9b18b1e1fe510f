"""Reading a feed by its secret, and the sessions it tells, from every network in which somebody works."""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor
from network.accounts.queries import grants_of_today
from network.accounts.records import Account
from network.invitations.queries import hash_of
from network.organisations.records import Site
from network.people.records import Engagement
from network.plumbing.database import db, in_network, today
from rota.edits.rules import Cell
from rota.feeds.records import CalendarFeed
from rota.feeds.rules import LOOKS_BACK, Held, Published, events_of
from rota.feeds.wording import Placed
from rota.losses.queries import is_away
from rota.rotas.records import Assignment, RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember


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
    if account.person_id is None:
        return []
    networks = sorted({grant.network_id for grant in grants_of_today(account.id)})
    found: list[Placed] = []
    for network_id in networks:
        with in_network(network_id):
            found += _sessions_here(account.person_id)
    return sorted(found, key=lambda each: each.event.held.starts)


def _sessions_here(person_id: uuid.UUID) -> Iterator[Placed]:
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

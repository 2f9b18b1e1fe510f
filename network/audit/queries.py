"""Reading the audit trail, for investigators, and checking that nobody has touched it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, select

from network.access.rules import Actor, Permission
from network.audit.records import AuditEntry, AuditHead
from network.audit.rules import Break, Entry, first_break
from network.plumbing.database import ENGLAND, db, in_network
from network.plumbing.refusals import NotFound

ENTRIES_A_PAGE = 50
ENTRIES_AT_ONCE = 1000


@dataclass(frozen=True)
class Wanted:
    """What an investigator looks for; days are those of England, both included."""

    account_id: uuid.UUID | None = None
    verb: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Page:
    """Some of the entries that were found, newest first."""

    entries: list[AuditEntry]
    number: int
    pages: int
    found: int


@dataclass(frozen=True)
class Checked:
    """What checking a chain came to."""

    network_id: uuid.UUID
    entries: int
    broken: Break | None


def entries_for(viewer: Actor, wanted: Wanted, page: int = 1) -> Page:
    """Return one page of the entries of the viewer's network."""
    _require_investigator(viewer)
    matching = _matching(viewer, wanted)
    found = db.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    pages = max(1, -(-found // ENTRIES_A_PAGE))
    page = min(max(page, 1), pages)
    rows = (
        matching.order_by(AuditEntry.number.desc()).limit(ENTRIES_A_PAGE).offset((page - 1) * ENTRIES_A_PAGE)
    )
    return Page(list(db.session.scalars(rows)), page, pages, found)


def actors_for(viewer: Actor) -> list[tuple[uuid.UUID, str]]:
    """List whose doings the trail of the viewer's network knows, by name."""
    _require_investigator(viewer)
    named = (
        select(AuditEntry.account_id, func.max(AuditEntry.actor))
        .where(AuditEntry.network_id == viewer.network_id, AuditEntry.account_id.is_not(None))
        .group_by(AuditEntry.account_id)
        .order_by(func.max(AuditEntry.actor))
    )
    return [(account_id, name) for account_id, name in db.session.execute(named) if account_id is not None]


def verbs_for(viewer: Actor) -> list[str]:
    """List what was ever done in the viewer's network."""
    _require_investigator(viewer)
    done = select(AuditEntry.verb).where(AuditEntry.network_id == viewer.network_id).distinct()
    return sorted(db.session.scalars(done))


def check_chain(network_id: uuid.UUID) -> Checked:
    """Read a whole chain and say whether it holds."""
    with in_network(network_id):
        count = select(func.count()).where(AuditEntry.network_id == network_id)
        head = db.session.get(AuditHead, network_id, populate_existing=True)
        broken = first_break(network_id, _chain(network_id), (head.number, head.hash) if head else None)
        return Checked(network_id, db.session.scalar(count) or 0, broken)


def _chain(network_id: uuid.UUID) -> Iterator[tuple[Entry, str]]:
    rows = db.session.execute(
        select(AuditEntry.__table__)
        .where(AuditEntry.network_id == network_id)
        .order_by(AuditEntry.number)
        .execution_options(yield_per=ENTRIES_AT_ONCE)
    )
    for row in rows.mappings():
        values = dict(row)
        kept = values.pop("hash")
        yield Entry(**values), kept


def _matching(viewer: Actor, wanted: Wanted) -> Select[AuditEntry]:
    matching = select(AuditEntry).where(AuditEntry.network_id == viewer.network_id)
    if wanted.account_id is not None:
        matching = matching.where(AuditEntry.account_id == wanted.account_id)
    if wanted.verb:
        matching = matching.where(AuditEntry.verb == wanted.verb)
    if wanted.starts_on is not None:
        matching = matching.where(AuditEntry.at >= _midnight(wanted.starts_on))
    if wanted.ends_on is not None:
        matching = matching.where(AuditEntry.at < _midnight(wanted.ends_on + timedelta(days=1)))
    return matching


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ENGLAND)


def _require_investigator(viewer: Actor) -> None:
    if not viewer.may(Permission.SEE_AUDIT) or viewer.network_id is None:
        raise NotFound

"""Reading the audit trail, for investigators."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, select, tuple_

from network.access.rules import Actor, Permission
from network.audit.records import AuditAbout, AuditEntry, ChainCheck
from network.audit.rules import DeedKind, kind_of
from network.audit.wording import ids_in
from network.plumbing.database import ENGLAND, db
from network.plumbing.refusals import NotFound

ENTRIES_A_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What an investigator looks for; days are those of England, both included."""

    account_id: uuid.UUID | None = None
    kind: DeedKind | None = None
    verb: str = ""
    # Whose data: what an entry may be about to be about them.
    about: Collection[uuid.UUID] | None = None
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
class Whose:
    """A person whose data the trail speaks of: by their references, and by every id it knows them by.

    `report` is the address of the page that tells the same in sentences.
    """

    refs: str
    ids: frozenset[uuid.UUID]
    report: str


class FindsPeople(Protocol):
    """Finds people whose data entries are about: the wing that keeps them gives it to the application."""

    def named(self, viewer: Actor, words: str) -> uuid.UUID | None:
        """Return whom a reference or a number names, and keep that it was asked."""

    def whose(self, person_id: uuid.UUID) -> Whose | None:
        """Return whom an id means."""

    def names(self, viewer: Actor, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
        """Return by what people and cases may be called, and organisations where the viewer knows them."""


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


def all_entries_for(viewer: Actor, wanted: Wanted) -> Sequence[AuditEntry]:
    """Return all entries that are wanted, the oldest first, to be taken out."""
    _require_investigator(viewer)
    return db.session.scalars(_matching(viewer, wanted).order_by(AuditEntry.number)).all()


def finds_people() -> FindsPeople:
    """Return what finds the people of this installation."""
    found: FindsPeople = current_app.extensions["finds_people"]
    return found


def names_for(viewer: Actor, entries: Collection[AuditEntry]) -> dict[uuid.UUID, str]:
    """Name accounts by their people, people and cases by references, organisations where they are known."""
    ids = {entry.about_id for entry in entries if entry.about_id is not None}
    ids = ids.union(*(ids_in(entry.details) for entry in entries))
    return dict(actors_for(viewer)) | finds_people().names(viewer, ids)


def latest_check_for(viewer: Actor) -> ChainCheck | None:
    """Return the latest check of the whole chain of the viewer's network."""
    _require_investigator(viewer)
    checks = select(ChainCheck).where(ChainCheck.network_id == viewer.network_id)
    return db.session.scalars(checks.order_by(ChainCheck.checked_at.desc()).limit(1)).one_or_none()


def is_about(ids: Collection[uuid.UUID]) -> ColumnElement[bool]:
    """Match the entries about some ids, also of a page that showed several, and of a place on a list."""
    known = select(AuditAbout.network_id, AuditAbout.number).where(AuditAbout.about_id.in_(ids))
    return tuple_(AuditEntry.network_id, AuditEntry.number).in_(known)


def verbs_for(viewer: Actor) -> list[str]:
    """List what was ever done in the viewer's network."""
    _require_investigator(viewer)
    done = select(AuditEntry.verb).where(AuditEntry.network_id == viewer.network_id).distinct()
    return sorted(db.session.scalars(done))


def _matching(viewer: Actor, wanted: Wanted) -> Select[AuditEntry]:
    matching = select(AuditEntry).where(AuditEntry.network_id == viewer.network_id)
    if wanted.account_id is not None:
        matching = matching.where(AuditEntry.account_id == wanted.account_id)
    if wanted.kind is not None:
        of_kind = [verb for verb in verbs_for(viewer) if kind_of(verb) is wanted.kind]
        matching = matching.where(AuditEntry.verb.in_(of_kind))
    if wanted.about is not None:
        matching = matching.where(is_about(wanted.about))
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

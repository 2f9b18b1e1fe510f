"""Trying something out: a copy of a rota, what is supposed of it, and its filling on that."""

import uuid
from collections.abc import Mapping

from network.access.rules import Actor
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.organisations.records import Site
from network.plumbing.commands import command
from network.plumbing.refusals import Invalid
from network.vocabulary import JobRole
from rota.drafts.commands import change_cells, open_draft
from rota.drafts.queries import members_of
from rota.edits.queries import contents_of
from rota.edits.rules import Cell, Content, EditKind
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.supposing.rules import Closed, Locum, Supposed
from rota.trials.rules import MOST_SESSIONS, Days, Trial, label_of, wrong_with_days


@command
def try_unpinned(actor: Actor, version_id: uuid.UUID) -> uuid.UUID:
    """Copy a rota, and fill the copy anew as if nothing were pinned; give the copy."""
    return _try(actor, version_id, Supposed(unpinned=True), label_of(Trial.UNPIN))


@command
def try_with_locum(actor: Actor, version_id: uuid.UUID, role: JobRole, sessions: int) -> uuid.UUID:
    """Copy a rota, and fill the copy as if there were one locum more; give the copy."""
    if not 1 <= sessions <= MOST_SESSIONS:
        raise Invalid(f"Enter how many sessions a week, from 1 to {MOST_SESSIONS}.")
    supposed = Supposed(locum=Locum(role.value, sessions))
    return _try(actor, version_id, supposed, label_of(Trial.LOCUM, role=role, sessions=sessions))


@command
def try_closed(actor: Actor, version_id: uuid.UUID, site_id: uuid.UUID, days: Days) -> uuid.UUID:
    """Copy a rota, and fill the copy as if a site were closed on some days; give the copy."""
    site, period = get_site_for(actor, site_id), get_version_for(actor, version_id).period
    if wrong := wrong_with_days(days, period.starts_on, period.ends_on):
        raise Invalid(wrong)
    supposed = Supposed(closed=Closed(site.code, *days))
    return _try(actor, version_id, supposed, label_of(Trial.CLOSE, site.name), site)


def _try(
    actor: Actor, version_id: uuid.UUID, supposed: Supposed, label: str, site: Site | None = None
) -> uuid.UUID:
    copy_id = copy_version(actor, version_id, label)
    version = open_draft(actor, copy_id)
    if changes := _changes(contents_of(copy_id), supposed, site):
        change_cells(actor, version, EditKind.CHANGE, changes, members_of(changes), label)
    ask_to_fill(actor, copy_id, supposed=supposed)
    record(actor, "try_out", "rota_version", copy_id, source=str(version_id), supposed=supposed.kept)
    return copy_id


def _changes(
    contents: Mapping[Cell, Content], supposed: Supposed, site: Site | None
) -> dict[Cell, tuple[Content, Content]]:
    """Take the pins out, or everybody out of the site that is closed."""
    changes: dict[Cell, tuple[Content, Content]] = {}
    for cell, held in contents.items():
        if held is None:
            continue
        if supposed.unpinned and held["is_pinned"]:
            changes[cell] = held, {**held, "is_pinned": False}
        elif site and held["site_id"] == str(site.id) and supposed.shuts(site.code, cell.day):
            changes[cell] = held, None
    return changes

"""Writing to the audit trail."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from network.access.rules import Actor
from network.audit.queries import Wanted, all_entries_for
from network.audit.records import AuditAbout, AuditEntry, AuditHead
from network.audit.rules import PLATFORM, START, Entry, as_kept, ids_about, seal
from network.audit.wording import HEADINGS, as_row
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.commands import command, keeps_the_trail
from network.plumbing.database import current_network, db, in_network, now
from network.plumbing.shown import note_kept


@dataclass(frozen=True)
class Noted:
    """An entry that waits for its command to commit."""

    actor: Actor
    verb: str
    about_kind: str
    about_id: uuid.UUID | None
    details: dict[str, Any]
    network_id: uuid.UUID


def record(
    actor: Actor, verb: str, about_kind: str, about_id: uuid.UUID | None = None, **details: Any
) -> None:
    """Note what a command did; written with it, or not at all. Details carry no patient's identity."""
    network_id = current_network() or PLATFORM
    db.session.info["entries"].append(Noted(actor, verb, about_kind, about_id, details, network_id))


def record_refused(
    actor: Actor, verb: str, about_kind: str, about_id: uuid.UUID | None = None, **details: Any
) -> None:
    """Note what a command is about to refuse, where the refusal tells something: this alone is kept."""
    network_id = current_network() or PLATFORM
    db.session.info["though_refused"].append(Noted(actor, verb, about_kind, about_id, details, network_id))


@keeps_the_trail
def write_entries(entries: list[Noted]) -> None:
    """Chain the entries of one command to the ends of their networks' chains."""
    # Written last, so that the lock on the chain's end is held only while the transaction commits.
    note_kept(each for noted in entries for each in ids_about(noted.about_id, noted.details))
    for network_id in sorted({noted.network_id for noted in entries}):
        with in_network(network_id):
            head = _locked_head(network_id)
            for noted in entries:
                if noted.network_id == network_id:
                    _append(head, noted)
            db.session.flush()


def _locked_head(network_id: uuid.UUID) -> AuditHead:
    db.session.execute(
        insert(AuditHead).values(network_id=network_id, number=0, hash=START).on_conflict_do_nothing()
    )
    return db.session.scalars(
        select(AuditHead)
        .where(AuditHead.network_id == network_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _append(head: AuditHead, noted: Noted) -> None:
    entry = Entry(
        head.network_id,
        head.number + 1,
        now(),
        noted.actor.account_id,
        noted.actor.name,
        noted.verb,
        noted.about_kind,
        noted.about_id,
        as_kept(noted.details),
        head.hash,
    )
    head.number, head.hash = entry.number, seal(entry)
    db.session.add(AuditEntry(**vars(entry), hash=head.hash))
    db.session.add_all(
        AuditAbout(network_id=entry.network_id, about_id=about_id, number=entry.number)
        for about_id in ids_about(entry.about_id, entry.details)
    )


@command
def export_trail(actor: Actor, wanted: Wanted) -> bytes:
    """Give the entries that are wanted as comma-separated text."""
    entries = all_entries_for(actor, wanted)
    about = "one person" if wanted.about is not None else ""
    record(actor, "export_trail", "network", actor.network_id, entries=len(entries), about=about)
    return write_comma_separated(HEADINGS, map(as_row, entries))

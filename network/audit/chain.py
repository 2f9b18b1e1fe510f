"""Checking that nobody has touched the trail: entry by entry, its end, and against every earlier check.

Whoever writes a whole chain anew makes hashes that fit. What they cannot make is the signature of an earlier
check, which needs a key that the database does not hold; and what was checked must still be the same.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from network.audit.records import AuditEntry, AuditHead, ChainCheck
from network.audit.rules import Break, Entry, first_break
from network.plumbing.database import db, in_network
from network.plumbing.encryption import keyring
from network.plumbing.templating import moment

ENTRIES_AT_ONCE = 1000
PURPOSE = "chain check"


@dataclass(frozen=True)
class Anchor:
    """Where a chain stood at an earlier moment, as somebody kept it: a check in the night, or a backup."""

    at: datetime
    number: int
    hash: str
    is_signed: bool = True


@dataclass(frozen=True)
class Checked:
    """What checking a chain came to, and where it ends."""

    network_id: uuid.UUID
    entries: int
    broken: Break | None
    end: tuple[int, str] | None = None


def check_chain(network_id: uuid.UUID, anchors: Sequence[Anchor] = ()) -> Checked:
    """Read a whole chain and say whether it holds, also against further anchors."""
    with in_network(network_id):
        return check_chain_in(db.session(), network_id, anchors)


def check_chain_in(reader: Session | Connection, network_id: uuid.UUID, anchors: Iterable[Anchor]) -> Checked:
    """Check a chain through any connection that may see it: the app's for its network, or the owner's."""
    kept = [*_kept_checks(reader, network_id), *anchors]
    head, met = _head(reader, network_id), dict[int, str]()
    chain = _noting(_chain(reader, network_id, head[0] if head else 0), {each.number for each in kept}, met)
    broken = (
        _beyond(reader, network_id)
        or first_break(network_id, chain, head)
        or broken_anchor(network_id, kept, met)
    )
    count = select(func.count()).where(AuditEntry.network_id == network_id)
    return Checked(network_id, reader.execute(count).scalar() or 0, broken, head)


def broken_anchor(network_id: uuid.UUID, anchors: Iterable[Anchor], met: Mapping[int, str]) -> Break | None:
    """Say where a chain that holds in itself is not the one that was there before."""
    for anchor in anchors:
        when = moment(anchor.at)
        if not anchor.is_signed:
            said = f"The check of {when} is not signed with this installation's QUORATE_INDEX_KEY."
        elif anchor.number not in met and anchor.number:
            said = f"Entry {anchor.number}, there on {when}, is gone."
        elif anchor.number and met[anchor.number] != anchor.hash:
            said = f"Entry {anchor.number} is not the one that was there on {when}."
        else:
            continue
        return Break(network_id, anchor.number, said)
    return None


def signature_of(check: ChainCheck) -> str:
    """Sign a check, so that nobody without the key can make or change one."""
    return signature(check.network_id, check.checked_at, check.number, check.hash, check.broken)


def signature(network_id: uuid.UUID, at: datetime, number: int, last: str, broken: str) -> str:
    message = f"{network_id} {at.timestamp()} {number} {last} {broken}"
    return keyring().sign(PURPOSE, message)


def _kept_checks(reader: Session | Connection, network_id: uuid.UUID) -> list[Anchor]:
    table = ChainCheck.__table__
    rows = reader.execute(
        select(table).where(table.c.network_id == network_id).order_by(table.c.checked_at)
    ).mappings()
    return [
        Anchor(
            row["checked_at"],
            # What was found broken vouches for nothing, but nobody else may have written that it was.
            0 if row["broken"] else row["number"],
            row["hash"],
            row["signature"]
            == signature(network_id, row["checked_at"], row["number"], row["hash"], row["broken"]),
        )
        for row in rows
    ]


def _head(reader: Session | Connection, network_id: uuid.UUID) -> tuple[int, str] | None:
    table = AuditHead.__table__
    row = reader.execute(select(table.c.number, table.c.hash).where(table.c.network_id == network_id)).first()
    return (row.number, row.hash) if row else None


def _beyond(reader: Session | Connection, network_id: uuid.UUID) -> Break | None:
    """Find entries that no end of the chain knows of; what is written meanwhile has moved the end first."""
    latest = select(func.max(AuditEntry.number)).where(AuditEntry.network_id == network_id)
    number = reader.execute(latest).scalar() or 0
    head = _head(reader, network_id)
    written = head[0] if head else 0
    if number <= written:
        return None
    said = f"The chain ends at entry {number}, but {written} were written."
    return Break(network_id, written + 1, said)


def _chain(reader: Session | Connection, network_id: uuid.UUID, last: int) -> Iterator[tuple[Entry, str]]:
    # Not beyond the end that was read first: somebody may be writing while this reads.
    rows = reader.execute(
        select(AuditEntry.__table__)
        .where(AuditEntry.network_id == network_id, AuditEntry.number <= last)
        .order_by(AuditEntry.number)
        .execution_options(yield_per=ENTRIES_AT_ONCE)
    )
    for row in rows.mappings():
        values = dict(row)
        kept = values.pop("hash")
        yield Entry(**values), kept


def _noting(
    chain: Iterable[tuple[Entry, str]], wanted: set[int], met: dict[int, str]
) -> Iterator[tuple[Entry, str]]:
    for entry, kept in chain:
        if entry.number in wanted:
            met[entry.number] = kept
        yield entry, kept

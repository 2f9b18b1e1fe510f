"""The audit trail: one chain of entries for each network, which the database itself lets nobody change."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, now


class AuditEntry(Model):
    """Who did what to what, and when. `number` counts within the chain; `hash` seals it and the one before.

    What belongs to no network (sign-in, for one) is chained under `PLATFORM`.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_about", "network_id", "about_kind", "about_id"),)

    network_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account_id: Mapped[uuid.UUID | None]
    actor: Mapped[str] = mapped_column(Text)
    verb: Mapped[str] = mapped_column(String(80))
    about_kind: Mapped[str] = mapped_column(String(60))
    about_id: Mapped[uuid.UUID | None]
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditAbout(Model):
    """Whom or what an entry is about: a row for each, also for everybody on a page that showed several.

    The entry says it too. Row-level security lets no index into its details, and the trail is long.
    """

    __tablename__ = "audit_about"

    network_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    about_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class AuditHead(Model):
    """Where a chain ends; its row is the lock that puts entries in order, and it betrays a cut tail."""

    __tablename__ = "audit_head"

    network_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class ChainCheck(Model):
    """A check of a whole chain. The signature is made with a key that the database does not hold.

    Whoever writes a chain anew from its beginning makes hashes that fit, but none of these.
    """

    __tablename__ = "chain_check"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    network_id: Mapped[uuid.UUID] = mapped_column(index=True)
    checked_at: Mapped[datetime] = mapped_column(default=now)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(64))
    broken: Mapped[str] = mapped_column(String(200), default="")

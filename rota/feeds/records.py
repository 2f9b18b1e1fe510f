"""Calendar feeds: a secret address at which a calendar reads somebody's own sessions."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.accounts.records import Account
from network.plumbing.database import Identified, Model, now


class CalendarFeed(Identified, Model):
    """An address that an account was given; only the hash of its secret is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index("uq_calendar_feed_open", "account_id", unique=True, postgresql_where=text("ended_at is null")),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()

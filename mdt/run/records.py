"""Who has the screen of a meeting open."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now


class RoomVisit(NetworkScoped, Model):
    """Who has the screen of a meeting open: overwritten with every sign of life of the page."""

    __tablename__ = "meeting_visit"
    __table_args__ = (UniqueConstraint("meeting_id", "account_id"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"))
    account_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(String(120))
    seen_at: Mapped[datetime] = mapped_column(default=now)

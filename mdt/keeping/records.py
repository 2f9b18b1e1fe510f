"""Meetings for which the rota keeps time, and what it last said against them."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.meetings.records import Meeting
from network.plumbing.database import Model, NetworkScoped, now
from network.plumbing.encryption import EncryptedText


class MeetingTime(NetworkScoped, Model):
    """The time of one meeting in the rota; `said` has a sentence a line, and nothing where all is well."""

    __tablename__ = "meeting_time"

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"), unique=True)
    said: Mapped[str] = mapped_column(EncryptedText, default="")
    noticed_at: Mapped[datetime] = mapped_column(default=now)

    meeting: Mapped[Meeting] = relationship()

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(self.said.splitlines())

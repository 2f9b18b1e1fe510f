"""Which learner was told of which published version of a plan, and what became of it."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now
from network.plumbing.encryption import EncryptedText
from rota.learners.records import Learner
from rota.rotations.records import RotationVersion


class RotationNotice(NetworkScoped, Model):
    """One learner is told of one published version: of all of it the first time, then of what changed.

    `reason` is why they were told nearer than their notice: for the lead alone.
    """

    __tablename__ = "rotation_notice"
    __table_args__ = (UniqueConstraint("version_id", "learner_id"),)

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rotation_version.id"))
    learner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learner.id"), index=True)
    is_first: Mapped[bool]
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    reason_by: Mapped[str] = mapped_column(String(120), default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    letter_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]

    version: Mapped[RotationVersion] = relationship()
    learner: Mapped[Learner] = relationship()

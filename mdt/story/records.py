"""Told once: statements in the person's words, their needs, and their carers."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mdt.story.rules import CarerRole, CarersAssessment, NeedKind, StatementKind
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class Statement(NetworkScoped, Model):
    """What somebody said, in their words: told once, then confirmed, or ended when it is true no more."""

    __tablename__ = "statement"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    kind: Mapped[StatementKind] = mapped_column(word(StatementKind))
    words: Mapped[str] = mapped_column(EncryptedText)
    said_by: Mapped[str] = mapped_column(EncryptedText)
    heard_by: Mapped[str] = mapped_column(String(120))
    heard_on: Mapped[date]
    noted_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[str] = mapped_column(String(120), default="")
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")


class Need(NetworkScoped, Model):
    """A communication need or a reasonable adjustment: flagged, and used by letters and bookings."""

    __tablename__ = "patient_need"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    kind: Mapped[NeedKind] = mapped_column(word(NeedKind))
    words: Mapped[str] = mapped_column(EncryptedText)
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_on: Mapped[date]
    ended_on: Mapped[date | None]


class Carer(NetworkScoped, Model):
    """Somebody who cares unpaid, with needs and a contact of their own."""

    __tablename__ = "carer"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    name: Mapped[str] = mapped_column(EncryptedText)
    relation: Mapped[str] = mapped_column(EncryptedText, default="")
    phone: Mapped[str] = mapped_column(EncryptedText, default="")
    role: Mapped[CarerRole] = mapped_column(word(CarerRole), default=CarerRole.INFORMED)
    patient_agrees: Mapped[bool | None]
    own_needs: Mapped[str] = mapped_column(EncryptedText, default="")
    assessment: Mapped[CarersAssessment] = mapped_column(
        word(CarersAssessment), default=CarersAssessment.NOT_OFFERED
    )
    contingency: Mapped[str] = mapped_column(EncryptedText, default="")
    ended_on: Mapped[date | None]

"""Subject access requests, from the day one came to the day a copy was given."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.patients.records import Patient
from mdt.subject_access.rules import AskedBy, RequestOutcome
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class SubjectRequest(NetworkScoped, Model):
    """Somebody asked for a copy of what is held about a person."""

    __tablename__ = "subject_request"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    asked_by: Mapped[AskedBy] = mapped_column(word(AskedBy))
    note: Mapped[str] = mapped_column(EncryptedText, default="")
    received_on: Mapped[date]
    due_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[RequestOutcome | None] = mapped_column(word(RequestOutcome))
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    ended_why: Mapped[str] = mapped_column(EncryptedText, default="")

    patient: Mapped[Patient] = relationship()

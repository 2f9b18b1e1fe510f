"""Emergency openings: who, why, and what the review found; until when, the relation says that they made."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.emergencies.rules import EmergencyKind, Finding
from mdt.patients.records import Patient
from mdt.sharing.records import CareRelation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class EmergencyOpening(NetworkScoped, Model):
    """Somebody opened a person's cases without a relation. Never removed; only its review is added."""

    __tablename__ = "emergency_opening"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    relation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("care_relation.id"))
    account_id: Mapped[uuid.UUID] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(160))
    kind: Mapped[EmergencyKind] = mapped_column(word(EmergencyKind))
    reason: Mapped[str] = mapped_column(EncryptedText)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[str] = mapped_column(String(120), default="")
    finding: Mapped[Finding | None] = mapped_column(word(Finding))
    review_note: Mapped[str] = mapped_column(EncryptedText, default="")
    # What whoever opened it answers to a review that asks for more.
    explanation: Mapped[str] = mapped_column(EncryptedText, default="")

    patient: Mapped[Patient] = relationship()
    relation: Mapped[CareRelation] = relationship()

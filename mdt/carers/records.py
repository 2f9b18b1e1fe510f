"""What carers said, what they agreed to, and how their own assessment went."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.carers.rules import AgreementScope, SaidKind, Strain
from mdt.story.records import Carer
from mdt.story.rules import CarersAssessment
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class CarerSaid(NetworkScoped, Model):
    """What a carer said of themselves, in their words; what is told in confidence stays apart."""

    __tablename__ = "carer_said"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    carer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("carer.id"), index=True)
    kind: Mapped[SaidKind] = mapped_column(word(SaidKind))
    strain: Mapped[Strain | None] = mapped_column(word(Strain))
    words: Mapped[str] = mapped_column(EncryptedText)
    is_confidential: Mapped[bool] = mapped_column(default=False)
    heard_by: Mapped[str] = mapped_column(String(120))
    # The account of who wrote it down: it reads what was told in confidence.
    heard_by_id: Mapped[uuid.UUID | None]
    heard_on: Mapped[date]
    noted_at: Mapped[datetime] = mapped_column(default=now)
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")


class CarerAssessmentStep(NetworkScoped, Model):
    """One step of a carer's assessment: added to, never changed."""

    __tablename__ = "carer_assessment_step"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    carer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("carer.id"), index=True)
    state: Mapped[CarersAssessment] = mapped_column(word(CarersAssessment))
    on_day: Mapped[date]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    note: Mapped[str] = mapped_column(EncryptedText, default="")
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    carer: Mapped[Carer] = relationship()


class CarerAgreement(NetworkScoped, Model):
    """What a carer agreed to, or not, about themselves; the latest of each scope counts."""

    __tablename__ = "carer_agreement"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    carer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("carer.id"), index=True)
    scope: Mapped[AgreementScope] = mapped_column(word(AgreementScope))
    agrees: Mapped[bool]
    how: Mapped[str] = mapped_column(EncryptedText, default="")
    on_day: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

"""How long a network keeps what it holds of people, and what was removed, without saying of whom."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.patients.records import Patient
from network.plumbing.database import Model, NetworkScoped, now
from network.plumbing.encryption import EncryptedText


class RetentionRules(NetworkScoped, Model):
    """What a network has chosen; one row, the usual years where there is none."""

    __tablename__ = "retention_rules"
    __table_args__ = (
        UniqueConstraint("network_id"),
        CheckConstraint(
            "years_after_closing >= 1 and years_after_death >= 1 and draft_days >= 1", name="lengths"
        ),
    )

    years_after_closing: Mapped[int] = mapped_column(default=8)
    years_after_death: Mapped[int] = mapped_column(default=10)
    draft_days: Mapped[int] = mapped_column(default=90)


class PatientHold(NetworkScoped, Model):
    """Nothing of this person is removed while it holds: a complaint, an inquest, a claim."""

    __tablename__ = "patient_hold"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    reason: Mapped[str] = mapped_column(EncryptedText)
    placed_by: Mapped[str] = mapped_column(String(120))
    placed_at: Mapped[datetime] = mapped_column(default=now)
    lifted_by: Mapped[str] = mapped_column(String(120), default="")
    lifted_at: Mapped[datetime | None]

    patient: Mapped[Patient] = relationship()


class Removal(NetworkScoped, Model):
    """People removed together because their time was over: proposed by one, agreed by another."""

    __tablename__ = "removal"

    proposed_by: Mapped[str] = mapped_column(String(120))
    proposed_by_id: Mapped[uuid.UUID | None]
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    agreed_by: Mapped[str] = mapped_column(String(120), default="")
    agreed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    # Tables and how many rows of each went.
    rows: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)
    # What the network goes on counting, by year: how many were referred, discussed, and so on.
    figures: Mapped[dict[str, dict[str, int]]] = mapped_column(JSONB, default=dict)

    lines: Mapped[list["RemovalLine"]] = relationship(order_by="RemovalLine.refs")


class RemovalLine(NetworkScoped, Model):
    """One person of a removal, or one draft: references and reason stay, everything else goes."""

    __tablename__ = "removal_line"

    removal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("removal.id"), index=True)
    # No foreign key: the person goes, this line stays.
    patient_id: Mapped[uuid.UUID]
    # Only this draft goes, and with it a person of whom nothing else speaks.
    draft_id: Mapped[uuid.UUID | None]
    refs: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(String(200))
    last_on: Mapped[date]
    done_at: Mapped[datetime | None]
    # Something had changed by the time: a new case, a hold.
    kept_because: Mapped[str] = mapped_column(String(200), default="")

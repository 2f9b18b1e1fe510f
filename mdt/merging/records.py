"""People entered twice, joined into one entry, and parted again where that was wrong."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.patients.records import Patient
from network.plumbing.database import Model, NetworkScoped, now
from network.plumbing.encryption import EncryptedText


class PatientMerge(NetworkScoped, Model):
    """Two entries of one person became one: what moved, and what it takes to part them again."""

    __tablename__ = "patient_merge"

    kept_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    merged_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    reason: Mapped[str] = mapped_column(EncryptedText)
    # Tables and the ids of the rows that moved from the merged to the kept entry.
    moved: Mapped[dict[str, list[str]]] = mapped_column(JSONB)
    # Both entries as they were, as JSON.
    before: Mapped[str] = mapped_column(EncryptedText)
    merged_by: Mapped[str] = mapped_column(String(120))
    merged_at: Mapped[datetime] = mapped_column(default=now)
    undone_by: Mapped[str] = mapped_column(String(120), default="")
    undone_at: Mapped[datetime | None]

    kept: Mapped[Patient] = relationship(foreign_keys=[kept_id])
    merged: Mapped[Patient] = relationship(foreign_keys=[merged_id])


class PatientPair(NetworkScoped, Model):
    """Two entries that look alike, and that somebody compared and said to be two people."""

    __tablename__ = "patient_pair"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    # In the order of the ids, so that a pair is there once.
    first_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    second_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    told_apart_by: Mapped[str] = mapped_column(String(120))
    told_apart_at: Mapped[datetime] = mapped_column(default=now)

"""People entered twice, joined into one entry, and parted again where that was wrong."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
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

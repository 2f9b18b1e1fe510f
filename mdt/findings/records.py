"""People whom lists of risk searches name: sealed, known to their own practice, and nobody's case by that."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mdt.findings.rules import FindingState
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import BlindIndex, EncryptedText


class Finding(NetworkScoped, Model):
    """Somebody whom a list of one practice names. Two practices that list the same person see their own."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("network_id", "practice_id", "nhs_index"),)

    practice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    patient_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("patient.id"), index=True)
    nhs_index: Mapped[str | None] = mapped_column(BlindIndex("nhs_number"))
    born_index: Mapped[str | None] = mapped_column(BlindIndex("born"), index=True)
    who: Mapped[str] = mapped_column(EncryptedText)
    facts: Mapped[str] = mapped_column(EncryptedText)
    # Whether what lists say has reached the person's own facts.
    facts_noted: Mapped[bool] = mapped_column(default=False)
    # The name of a list tells of an illness.
    list_name: Mapped[str] = mapped_column(EncryptedText)
    first_listed_on: Mapped[date]
    listed_on: Mapped[date]
    state: Mapped[FindingState] = mapped_column(word(FindingState), default=FindingState.WAITING)
    until: Mapped[date | None]
    # A draft that is thrown away leaves none.
    case_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("mdt_case.id", ondelete="SET NULL"), index=True
    )
    decided_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class FindingEvent(NetworkScoped, Model):
    """What was decided about somebody on a list, as a sentence."""

    __tablename__ = "finding_event"

    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"), index=True)
    said: Mapped[str] = mapped_column(EncryptedText)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)

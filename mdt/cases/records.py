"""Cases: one person's question to the team, from referral to close, and who takes part."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.cases.rules import CaseState, Stream, Urgency
from mdt.patients.records import Patient
from mdt.sharing.rules import SharingBasis
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class Case(NetworkScoped, Model):
    """A case. What was pasted stays as it came; the reference C-0123 is safe to say aloud."""

    __tablename__ = "mdt_case"
    __table_args__ = (UniqueConstraint("network_id", "number"),)

    # Below nought while it is a draft, which has none yet.
    number: Mapped[int]
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    state: Mapped[CaseState] = mapped_column(word(CaseState), default=CaseState.DRAFT, index=True)
    referrer_id: Mapped[uuid.UUID | None]
    referrer: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    situation: Mapped[str] = mapped_column(EncryptedText, default="")
    background: Mapped[str] = mapped_column(EncryptedText, default="")
    pasted: Mapped[str] = mapped_column(EncryptedText, default="")
    question: Mapped[str] = mapped_column(EncryptedText, default="")
    wants: Mapped[str] = mapped_column(EncryptedText, default="")
    why_not_asked: Mapped[str] = mapped_column(EncryptedText, default="")
    # What a draft says of sharing; once it is sent, the sharing record says it.
    basis: Mapped[SharingBasis | None] = mapped_column(word(SharingBasis))
    how_informed: Mapped[str | None] = mapped_column(EncryptedText)
    urgency: Mapped[Urgency] = mapped_column(word(Urgency), default=Urgency.ROUTINE)
    stream: Mapped[Stream] = mapped_column(word(Stream), default=Stream.DISCUSS)
    risks: Mapped[list[str]] = mapped_column(default=list)
    coordinator_id: Mapped[uuid.UUID | None]
    coordinator: Mapped[str] = mapped_column(String(120), default="")
    lead_id: Mapped[uuid.UUID | None]
    lead: Mapped[str] = mapped_column(String(120), default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answer: Mapped[str] = mapped_column(EncryptedText, default="")
    review_due: Mapped[date | None]
    told_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_why: Mapped[str] = mapped_column(EncryptedText, default="")
    # The same as a code of `mdt.closing.rules.ClosedWhy`, to be counted.
    closed_as: Mapped[str | None] = mapped_column(String(40))
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    patient: Mapped[Patient] = relationship()
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])

    @property
    def ref(self) -> str:
        return f"C-{self.number:04}" if self.number > 0 else "Draft"


class CaseEvent(NetworkScoped, Model):
    """What happened to a case, as a sentence for its readers. Append-only."""

    __tablename__ = "case_event"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    said: Mapped[str] = mapped_column(EncryptedText)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)

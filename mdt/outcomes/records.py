"""What people are asked of how they fare: what is due when, what they answered, and the links they use."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.cases.records import Case
from mdt.outcomes.rules import How, Skipped, Wave
from mdt.patients.records import Patient
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class Measure(NetworkScoped, Model):
    """One set of questions for one person, to be asked in one window of days after they were listed."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("case_id", "instrument", "wave"),
        CheckConstraint("closes_on >= opens_on", name="days"),
    )

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    instrument: Mapped[str] = mapped_column(String(40))
    # Which wording of the questions: what was asked in others cannot be compared.
    version: Mapped[str] = mapped_column(String(20))
    wave: Mapped[Wave] = mapped_column(word(Wave))
    listed_on: Mapped[date]
    opens_on: Mapped[date] = mapped_column(index=True)
    closes_on: Mapped[date]
    skipped: Mapped[Skipped | None] = mapped_column(word(Skipped))
    skipped_on: Mapped[date | None]
    skipped_by: Mapped[str] = mapped_column(String(120), default="")

    patient: Mapped[Patient] = relationship()
    case: Mapped[Case] = relationship()
    sheets: Mapped[list["AnswerSheet"]] = relationship(
        back_populates="measure", order_by="AnswerSheet.noted_at"
    )


class AnswerSheet(NetworkScoped, Model):
    """What somebody answered. A correction is a further sheet; the last one counts, none is changed."""

    __tablename__ = "measure_answers"

    measure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    # Item to number, as JSON; who would rather not say is kept as null.
    answers: Mapped[str] = mapped_column(EncryptedText)
    how: Mapped[How] = mapped_column(word(How))
    # Who helped, or which carer answered.
    helper: Mapped[str] = mapped_column(EncryptedText, default="")
    answered_on: Mapped[date]
    # Why it takes the place of the sheet before; empty for the first.
    correction: Mapped[str] = mapped_column(EncryptedText, default="")
    recorded_by: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[datetime] = mapped_column(default=now)

    measure: Mapped[Measure] = relationship(back_populates="sheets")


class MeasureLink(NetworkScoped, Model):
    """A link by which one wave is answered once, without an account, until a day or until it is ended.

    The link is signed over the ids of its network and of this row, so nothing secret is kept.
    """

    __tablename__ = "measure_link"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    wave: Mapped[Wave] = mapped_column(word(Wave))
    # By whom it is meant to be used: the person, or a carer who answers for them.
    how: Mapped[How] = mapped_column(word(How))
    helper: Mapped[str] = mapped_column(EncryptedText, default="")
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_on: Mapped[date]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")

    case: Mapped[Case] = relationship()


class MeasureOptOut(NetworkScoped, Model):
    """Somebody does not want to be asked such questions, until they say otherwise."""

    __tablename__ = "measure_opt_out"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    said_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(120))
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")

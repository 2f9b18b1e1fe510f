"""How a meeting's members see their own meeting, once a year, without anybody's name."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.meetings.records import MeetingSeries
from network.plumbing.database import Model, NetworkScoped
from network.plumbing.encryption import EncryptedText


class SelfAssessment(NetworkScoped, Model):
    """One asking of the members of a series; its results are read once it is closed."""

    __tablename__ = "self_assessment"
    __table_args__ = (
        UniqueConstraint("series_id", "year"),
        CheckConstraint("closes_on >= opened_on", name="days"),
    )

    series_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    year: Mapped[int]
    # Which wording of the statements: years of other wordings are not compared.
    version: Mapped[str] = mapped_column(String(20))
    opened_on: Mapped[date]
    closes_on: Mapped[date]
    opened_by: Mapped[str] = mapped_column(String(120))
    closed_at: Mapped[datetime | None]

    series: Mapped[MeetingSeries] = relationship()


class AssessmentTurn(NetworkScoped, Model):
    """A member who was asked, and whether they have answered: nothing here leads to what they said."""

    __tablename__ = "self_assessment_turn"
    __table_args__ = (UniqueConstraint("assessment_id", "account_id"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("self_assessment.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(index=True)
    has_answered: Mapped[bool] = mapped_column(default=False)


class AssessmentSheet(NetworkScoped, Model):
    """What one of the members answered: who and when is kept nowhere."""

    __tablename__ = "self_assessment_sheet"

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("self_assessment.id"), index=True)
    answers: Mapped[dict[str, Any]]


class AssessmentAction(NetworkScoped, Model):
    """What the team wants to do about a statement, by whom and until when."""

    __tablename__ = "self_assessment_action"

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("self_assessment.id"), index=True)
    statement: Mapped[str] = mapped_column(String(40))
    # May tell of a case that the team thought of.
    words: Mapped[str] = mapped_column(EncryptedText)
    owner_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    owner: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date]
    noted_by: Mapped[str] = mapped_column(String(120))
    done_on: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(String(120), default="")

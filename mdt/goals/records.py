"""What people want to reach: each goal, how it was worded over time, and how far it was reached when."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.goals.rules import GoalDetails, GoalState
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class Goal(NetworkScoped, Model):
    """Something a person wants to reach."""

    __tablename__ = "goal"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    state: Mapped[GoalState] = mapped_column(word(GoalState), default=GoalState.ACTIVE)
    set_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    ended_why: Mapped[str] = mapped_column(EncryptedText, default="")
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    wordings: Mapped[list["GoalWording"]] = relationship(
        order_by="GoalWording.version", back_populates="goal"
    )
    reviews: Mapped[list["GoalReview"]] = relationship(
        order_by="GoalReview.reviewed_on, GoalReview.noted_at", back_populates="goal"
    )

    @property
    def wording(self) -> "GoalWording":
        """Return how it is worded now."""
        return self.wordings[-1]


class GoalWording(NetworkScoped, Model):
    """How a goal and its scale are worded from a moment on. Append-only: an agreed plan points at it."""

    __tablename__ = "goal_wording"
    __table_args__ = (UniqueConstraint("goal_id", "version"),)

    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id"), index=True)
    version: Mapped[int]
    words: Mapped[str] = mapped_column(EncryptedText)
    said_by: Mapped[str] = mapped_column(EncryptedText)
    measure: Mapped[str] = mapped_column(EncryptedText, default="")
    much_less: Mapped[str] = mapped_column(EncryptedText, default="")
    less: Mapped[str] = mapped_column(EncryptedText, default="")
    expected: Mapped[str] = mapped_column(EncryptedText, default="")
    more: Mapped[str] = mapped_column(EncryptedText, default="")
    much_more: Mapped[str] = mapped_column(EncryptedText, default="")
    baseline: Mapped[int | None]
    importance: Mapped[int]
    difficulty: Mapped[int]
    written_by: Mapped[str] = mapped_column(String(120))
    written_at: Mapped[datetime] = mapped_column(default=now)

    goal: Mapped[Goal] = relationship(back_populates="wordings")

    @property
    def details(self) -> GoalDetails:
        return GoalDetails(
            words=self.words,
            said_by=self.said_by,
            measure=self.measure,
            levels=(self.much_less, self.less, self.expected, self.more, self.much_more),
            baseline=self.baseline,
            importance=self.importance,
            difficulty=self.difficulty,
        )


class GoalReview(NetworkScoped, Model):
    """How far a goal was reached on a day, by the scale as it was then. What was wrong is taken back."""

    __tablename__ = "goal_review"

    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id"), index=True)
    wording_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal_wording.id"), index=True)
    level: Mapped[int]
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    reviewed_on: Mapped[date]
    reviewed_by: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[datetime] = mapped_column(default=now)
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str] = mapped_column(String(120), default="")

    goal: Mapped[Goal] = relationship(back_populates="reviews")

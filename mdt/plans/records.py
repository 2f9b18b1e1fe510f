"""Plans: each version of what was agreed with a person, and the goals as they were worded then."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.goals.records import GoalWording
from mdt.patients.records import Patient
from mdt.plans.rules import AgreedHow, PlanState
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class CarePlan(NetworkScoped, Model):
    """One version of a person's plan. Once agreed, its words stay as they are; the next version follows."""

    __tablename__ = "care_plan"
    # Not unique with the person: two entries of one person that are joined may each bring a first version.
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    version: Mapped[int]
    state: Mapped[PlanState] = mapped_column(word(PlanState), default=PlanState.DRAFT)
    own_part: Mapped[str] = mapped_column(EncryptedText, default="")
    others_part: Mapped[str] = mapped_column(EncryptedText, default="")
    signs: Mapped[str] = mapped_column(EncryptedText, default="")
    steps: Mapped[str] = mapped_column(EncryptedText, default="")
    contact: Mapped[str] = mapped_column(EncryptedText, default="")
    # The criteria that are met; what is missing for the others is said in words.
    ticks: Mapped[list[str]] = mapped_column(default=list)
    unticked_why: Mapped[str] = mapped_column(EncryptedText, default="")
    agreed_how: Mapped[AgreedHow | None] = mapped_column(word(AgreedHow))
    agreed_with: Mapped[str] = mapped_column(EncryptedText, default="")
    agreed_on: Mapped[date | None]
    agreed_by: Mapped[str] = mapped_column(String(120), default="")
    next_review: Mapped[date | None] = mapped_column(index=True)
    # Whom the person can turn to about it: never empty once agreed.
    coordinator_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    coordinator: Mapped[str] = mapped_column(String(120), default="")
    begun_by: Mapped[str] = mapped_column(String(120))
    begun_at: Mapped[datetime] = mapped_column(default=now)
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    ended_why: Mapped[str] = mapped_column(EncryptedText, default="")
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    patient: Mapped[Patient] = relationship()
    goals: Mapped[list["PlannedGoal"]] = relationship(order_by="PlannedGoal.place")

    @property
    def agreed_how_said(self) -> str:
        """Say how it was agreed, within a sentence."""
        return self.agreed_how.label[0].lower() + self.agreed_how.label[1:] if self.agreed_how else ""


class PlannedGoal(NetworkScoped, Model):
    """A goal that an agreed version holds, as it was worded on that day."""

    __tablename__ = "care_plan_goal"
    __table_args__ = (UniqueConstraint("plan_id", "place"),)

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("care_plan.id"), index=True)
    wording_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal_wording.id"), index=True)
    place: Mapped[int]

    wording: Mapped[GoalWording] = relationship()

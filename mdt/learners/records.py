"""Visits of learners: which case somebody may see to learn from it, and how the person was told."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.cases.records import Case
from mdt.learners.rules import stands
from network.plumbing.database import ENGLAND, Model, NetworkScoped, now, today
from network.plumbing.encryption import EncryptedText


class LearnerVisit(NetworkScoped, Model):
    """One learner sees one case, from one day to another; ended early where somebody has second thoughts."""

    __tablename__ = "learner_visit"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(160))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    how: Mapped[str] = mapped_column(EncryptedText)
    informed_by: Mapped[str] = mapped_column(String(120))
    informed_on: Mapped[date]
    let_in_by: Mapped[str] = mapped_column(String(120))
    let_in_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")

    case: Mapped[Case] = relationship()

    @property
    def last_day(self) -> date:
        """The last day on which they saw the case; before the first where it ended before it began."""
        if self.ended_at is None:
            return self.ends_on
        return min(self.ends_on, self.ended_at.astimezone(ENGLAND).date())

    @property
    def stands(self) -> bool:
        return stands(self.starts_on, self.ends_on, self.ended_at is not None, today())

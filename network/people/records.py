"""The people who work and train here, and their posts."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Organisation
from network.plumbing.database import Identified, Model, word
from network.vocabulary import ContractType, JobRole


class Person(Identified, Model):
    """Someone who works or trains in one or more organisations (never a patient)."""

    __tablename__ = "person"

    title: Mapped[str] = mapped_column(String(20), default="")
    given_name: Mapped[str] = mapped_column(String(60))
    family_name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(30), default="")
    born_on: Mapped[date | None]

    engagements: Mapped[list["Engagement"]] = relationship(
        back_populates="person", order_by="Engagement.starts_on"
    )

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


class Engagement(Identified, Model):
    """A person's post with one employer. Lengths are minutes: a session is not one length everywhere."""

    __tablename__ = "engagement"
    __table_args__ = (
        CheckConstraint("weekly_minutes >= 0", name="weekly_minutes"),
        CheckConstraint("session_minutes between 30 and 720", name="session_minutes"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    employer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[JobRole] = mapped_column(word(JobRole))
    contract: Mapped[ContractType] = mapped_column(word(ContractType))
    weekly_minutes: Mapped[int]
    session_minutes: Mapped[int]
    full_time_minutes: Mapped[int] = mapped_column(default=2250)
    annualised: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="engagements")
    employer: Mapped[Organisation] = relationship()

    @property
    def wte(self) -> int:
        """Whole-time equivalent in hundredths."""
        return round(100 * self.weekly_minutes / self.full_time_minutes)

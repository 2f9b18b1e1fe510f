"""Schemes that pay for time given to the team, who claims under which, and the preparation people told of."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.meetings.records import Meeting
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import Discipline

DAYS = "ends_on is null or ends_on >= starts_on"


class EffortScheme(NetworkScoped, Model):
    """A contract or fund under which time for meetings can be claimed, by the code that the payer knows."""

    __tablename__ = "effort_scheme"
    __table_args__ = (UniqueConstraint("network_id", "code"), CheckConstraint(DAYS, name="days"))

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    payer: Mapped[str] = mapped_column(String(120))
    pays_preparation: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    claimants: Mapped[list["SchemeClaimant"]] = relationship(
        back_populates="scheme", order_by="SchemeClaimant.starts_on"
    )


class SchemeClaimant(NetworkScoped, Model):
    """An organisation whose time is claimed under a scheme, all of it or that of one discipline."""

    __tablename__ = "scheme_claimant"
    __table_args__ = (CheckConstraint(DAYS, name="days"),)

    scheme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("effort_scheme.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    discipline: Mapped[Discipline | None] = mapped_column(word(Discipline))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    scheme: Mapped[EffortScheme] = relationship(back_populates="claimants")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])


class Preparation(NetworkScoped, Model):
    """How long somebody prepared for a meeting, as they told it themselves."""

    __tablename__ = "preparation"
    __table_args__ = (
        UniqueConstraint("meeting_id", "account_id"),
        CheckConstraint("minutes between 0 and 600", name="minutes"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"))
    account_id: Mapped[uuid.UUID]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    minutes: Mapped[int]
    told_at: Mapped[datetime] = mapped_column(default=now)

    meeting: Mapped[Meeting] = relationship()

"""Clinics on the calendar: a series with its pattern, and each dated session, which may differ from it."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import SessionKind
from rota.bundles.records import Bundle
from rota.clinic_series.rules import LONGEST_REASON, LONGEST_SAID, Pattern
from rota.clinics.records import ClinicType
from rota.neighbourhoods.records import Neighbourhood


class ClinicSeries(NetworkScoped, Model):
    """A clinic that comes back: one type, one neighbourhood, one site and session of the week."""

    __tablename__ = "clinic_series"
    __table_args__ = (
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("every_weeks > 0", name="often"),
        CheckConstraint("starts_on <= ends_on", name="order"),
    )

    clinic_type_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic_type.id"), index=True)
    neighbourhood_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    weekday: Mapped[int]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    every_weeks: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)

    clinic_type: Mapped[ClinicType] = relationship()
    neighbourhood: Mapped[Neighbourhood] = relationship()
    site: Mapped[Site] = relationship()
    sessions: Mapped[list["ClinicSession"]] = relationship(
        back_populates="series", order_by="ClinicSession.day"
    )

    @property
    def pattern(self) -> Pattern:
        return Pattern(self.weekday, self.kind, self.every_weeks, self.starts_on, self.ends_on)


class ClinicSession(NetworkScoped, Model):
    """A clinic on one day. How it stands follows from its people; only that it is closed is kept."""

    __tablename__ = "clinic_session"
    __table_args__ = (
        # The same clinic twice in one place at one time is one clinic.
        Index(
            "uq_clinic_session_open",
            "clinic_type_id",
            "site_id",
            "day",
            "kind",
            unique=True,
            postgresql_where=text("closed_at is null"),
        ),
        Index("ix_clinic_session_day", "network_id", "day"),
    )

    clinic_type_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic_type.id"), index=True)
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("clinic_series.id"), index=True)
    neighbourhood_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    # When it was to be before somebody moved it, and why it was moved.
    moved_from: Mapped[str] = mapped_column(String(LONGEST_SAID), default="")
    moved_why: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(120), default="")
    closed_why: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    clinic_type: Mapped[ClinicType] = relationship()
    neighbourhood: Mapped[Neighbourhood] = relationship()
    site: Mapped[Site] = relationship()
    series: Mapped[ClinicSeries | None] = relationship(back_populates="sessions")
    served: Mapped[list["ClinicServing"]] = relationship(
        back_populates="session", cascade="all, delete-orphan", order_by="ClinicServing.id"
    )

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class ClinicServing(NetworkScoped, Model):
    """How many people of a bundle a session is planned to see: a count, never who."""

    __tablename__ = "clinic_serving"
    __table_args__ = (
        UniqueConstraint("session_id", "bundle_id"),
        CheckConstraint("count > 0", name="count"),
    )

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic_session.id"))
    bundle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bundle.id"), index=True)
    count: Mapped[int]

    session: Mapped[ClinicSession] = relationship(back_populates="served")
    bundle: Mapped[Bundle] = relationship()

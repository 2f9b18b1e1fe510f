"""Rotas: a period with its dated demand, its versions, and who works where in each."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import Activity, FundingStream, RoleGroup, RoomKind, SessionKind
from rota.clinic_series.records import ClinicSession
from rota.jobs.records import SolveJob
from rota.rotas.rules import AssignmentSource, PeriodState, VersionState
from rota.staff.records import RotaMember


class RotaPeriod(NetworkScoped, Model):
    """The weeks planned together, from a Monday to a Sunday."""

    __tablename__ = "rota_period"
    __table_args__ = (
        UniqueConstraint("network_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="order"),
    )

    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[PeriodState] = mapped_column(word(PeriodState), default=PeriodState.DRAFTING)
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    requests_until: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(120), default="")
    reopened_why: Mapped[str] = mapped_column(Text, default="")

    lines: Mapped[list["DemandLine"]] = relationship(back_populates="period", cascade="all, delete-orphan")
    versions: Mapped[list["RotaVersion"]] = relationship(
        back_populates="period", cascade="all, delete-orphan", order_by="RotaVersion.number"
    )


class DemandLine(NetworkScoped, Model):
    """A dated line of demand, copied from the template when the period was made, then free to differ."""

    __tablename__ = "demand_line"
    __table_args__ = (
        Index("ix_demand_line_cell", "period_id", "day", "kind"),
        CheckConstraint("minimum <= desired and desired <= maximum and minimum >= 0", name="cover"),
    )

    period_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_period.id"), index=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    role_group: Mapped[RoleGroup] = mapped_column(word(RoleGroup))
    activity: Mapped[Activity] = mapped_column(word(Activity))
    minimum: Mapped[int]
    desired: Mapped[int]
    maximum: Mapped[int]
    competencies: Mapped[list[str]] = mapped_column(default=list)
    room: Mapped[RoomKind | None] = mapped_column(word(RoomKind))
    funding: Mapped[FundingStream] = mapped_column(word(FundingStream))
    # A seat of a clinic: wanted because the clinic is held, and not because the week usually wants it.
    clinic_session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("clinic_session.id"), index=True)

    period: Mapped[RotaPeriod] = relationship(back_populates="lines")
    site: Mapped[Site] = relationship()
    clinic_session: Mapped[ClinicSession | None] = relationship()


class RotaVersion(NetworkScoped, Model):
    """One version of a period's rota. `input_hash` says on what facts it was filled."""

    __tablename__ = "rota_version"
    __table_args__ = (
        UniqueConstraint("period_id", "number"),
        # People are told of one version only.
        Index(
            "uq_rota_version_chosen",
            "period_id",
            unique=True,
            postgresql_where=text(f"state = '{VersionState.CHOSEN.value}'"),
        ),
    )

    period_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_period.id"), index=True)
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[VersionState] = mapped_column(word(VersionState), default=VersionState.DRAFT)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rota_version.id"))
    job_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("solve_job.id"))
    input_hash: Mapped[str] = mapped_column(String(64), default="")
    # What it was filled on, in brief, so that what changed since can be named.
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    proposed_at: Mapped[datetime | None]
    proposed_by: Mapped[str] = mapped_column(String(120), default="")
    published_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(String(120), default="")

    period: Mapped[RotaPeriod] = relationship(back_populates="versions")
    job: Mapped[SolveJob | None] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="version", cascade="all, delete-orphan"
    )


class Assignment(NetworkScoped, Model):
    """One person on one duty in one session. Minutes are stored, never assumed."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("version_id", "member_id", "day", "kind"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    line_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("demand_line.id"))
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    role_group: Mapped[RoleGroup] = mapped_column(word(RoleGroup))
    activity: Mapped[Activity] = mapped_column(word(Activity))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    minutes: Mapped[int]
    funding: Mapped[FundingStream] = mapped_column(word(FundingStream))
    source: Mapped[AssignmentSource] = mapped_column(word(AssignmentSource))
    is_pinned: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    version: Mapped[RotaVersion] = relationship(back_populates="assignments")
    member: Mapped[RotaMember] = relationship()
    site: Mapped[Site | None] = relationship()


class VersionApproval(NetworkScoped, Model):
    """An organisation looked over its part of a proposed version and agrees."""

    __tablename__ = "version_approval"
    __table_args__ = (UniqueConstraint("version_id", "organisation_id"),)

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)


class Visit(NetworkScoped, Model):
    """Who has a version open in the grid, and where: overwritten with every beat of the page."""

    __tablename__ = "version_visit"
    __table_args__ = (UniqueConstraint("version_id", "account_id"),)

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id"))
    account_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(String(120))
    cell: Mapped[str] = mapped_column(String(60), default="")
    seen_at: Mapped[datetime] = mapped_column(default=now)

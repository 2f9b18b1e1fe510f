"""Rotation plans: the weeks planned together, the versions of a plan, and who is placed where in each."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText
from rota.hosts.records import PlacementOffer
from rota.jobs.records import SolveJob
from rota.learners.records import Learner
from rota.programmes.rules import SupervisorKind
from rota.rotations.rules import Calendar, Held, PlacementSource, PlacementState, PlanVersionState, Stretch
from rota.staff.records import RotaMember


class RotationPlan(NetworkScoped, Model):
    """The weeks planned together, usually a year, from a Monday."""

    __tablename__ = "rotation_plan"
    __table_args__ = (
        UniqueConstraint("network_id", "name"),
        CheckConstraint("weeks between 1 and 208 and block_weeks between 1 and weeks", name="weeks"),
    )

    name: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    weeks: Mapped[int]
    block_weeks: Mapped[int]
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)

    versions: Mapped[list["RotationVersion"]] = relationship(
        back_populates="plan", cascade="all, delete-orphan", order_by="RotationVersion.number"
    )

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.starts_on, self.weeks, self.block_weeks)


class RotationVersion(NetworkScoped, Model):
    """One version of a plan; a label makes it a what-if copy. `input_hash` says on what facts it stands."""

    __tablename__ = "rotation_version"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        # Learners are told of one version only.
        Index(
            "uq_rotation_version_chosen",
            "plan_id",
            unique=True,
            postgresql_where=text(f"state = '{PlanVersionState.CHOSEN.value}'"),
        ),
    )

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rotation_plan.id"), index=True)
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[PlanVersionState] = mapped_column(word(PlanVersionState), default=PlanVersionState.DRAFT)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rotation_version.id"))
    job_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("solve_job.id"))
    input_hash: Mapped[str] = mapped_column(String(64), default="")
    # Learners and the offers whose hosts declined them, as "learner offer": the search asks them no more.
    declined: Mapped[list[str]] = mapped_column(default=list)
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(String(120), default="")

    plan: Mapped[RotationPlan] = relationship(back_populates="versions")
    job: Mapped[SolveJob | None] = relationship()
    placements: Mapped[list["Placement"]] = relationship(
        back_populates="version", cascade="all, delete-orphan", order_by="Placement.starts_on"
    )


class Placement(NetworkScoped, Model):
    """One learner at one host for whole weeks. Copies of it in other versions share its `stay_id`.

    `reason` is why it was put there against a rule or inside the notice period: for the lead alone.
    """

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="order"),
        Index("ix_placement_weeks", "network_id", "starts_on", "ends_on"),
        UniqueConstraint("version_id", "stay_id"),
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rotation_version.id"), index=True)
    stay_id: Mapped[uuid.UUID] = mapped_column(index=True, default=uuid.uuid4)
    learner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learner.id"), index=True)
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_offer.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[PlacementState] = mapped_column(word(PlacementState), default=PlacementState.PROPOSED)
    source: Mapped[PlacementSource] = mapped_column(word(PlacementSource))
    is_pinned: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    reason_by: Mapped[str] = mapped_column(String(120), default="")
    told_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    version: Mapped[RotationVersion] = relationship(back_populates="placements")
    learner: Mapped[Learner] = relationship()
    offer: Mapped[PlacementOffer] = relationship()
    supervisors: Mapped[list["PlacementSupervisor"]] = relationship(
        back_populates="placement", cascade="all, delete-orphan"
    )

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.starts_on, self.ends_on)

    @property
    def held(self) -> Held:
        """The placement as a value."""
        return Held(
            self.stay_id,
            self.learner_id,
            self.offer_id,
            self.stretch,
            self.source,
            self.state,
            self.is_pinned,
            self.reason,
            self.reason_by,
            self.told_at,
            tuple(sorted((each.member_id, each.kind) for each in self.supervisors)),
        )


class PlacementSupervisor(NetworkScoped, Model):
    """Who supervises a learner while placed, and as what."""

    __tablename__ = "placement_supervisor"
    __table_args__ = (UniqueConstraint("placement_id", "member_id", "kind"),)

    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement.id"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    kind: Mapped[SupervisorKind] = mapped_column(word(SupervisorKind))

    placement: Mapped[Placement] = relationship(back_populates="supervisors")
    member: Mapped[RotaMember] = relationship()


class RotationEdit(NetworkScoped, Model):
    """A change of a draft: placements as they were and as they became, sealed as they hold reasons."""

    __tablename__ = "rotation_edit"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rotation_version.id"))
    number: Mapped[int]
    said: Mapped[str] = mapped_column(String(200))
    contents: Mapped[str] = mapped_column(EncryptedText)
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]

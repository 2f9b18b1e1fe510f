"""Kinds of one-stop clinic, and the seats of each."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import Discipline, FundingStream, RoleGroup, RoomKind


class ClinicType(NetworkScoped, Model):
    """A kind of one-stop clinic; `rooms` are wanted beside those its seats use, minutes are of one person."""

    __tablename__ = "clinic_type"
    __table_args__ = (
        UniqueConstraint("network_id", "name"),
        CheckConstraint("weeks_between > 0", name="weeks_between"),
        CheckConstraint("longest_wait >= 0 and longest_stay > 0", name="stay"),
    )

    name: Mapped[str] = mapped_column(String(80))
    notes: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    weeks_between: Mapped[int] = mapped_column(default=4)
    fewest_days_apart: Mapped[int] = mapped_column(default=14)
    setup_minutes: Mapped[int] = mapped_column(default=0)
    longest_wait: Mapped[int] = mapped_column(default=20)
    longest_stay: Mapped[int] = mapped_column(default=120)
    has_huddle: Mapped[bool] = mapped_column(default=False)
    learner_places: Mapped[int] = mapped_column(default=0)
    rooms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    equipment: Mapped[dict[str, Any]] = mapped_column(default=dict)
    together: Mapped[list[str]] = mapped_column(default=list)
    retired_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(default=1)

    seats: Mapped[list["ClinicSeat"]] = relationship(
        back_populates="clinic_type", cascade="all, delete-orphan", order_by="ClinicSeat.position"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class ClinicSeat(NetworkScoped, Model):
    """A place in a clinic's team: how many people of one group, what each sees, where, and who pays."""

    __tablename__ = "clinic_seat"
    __table_args__ = (
        UniqueConstraint("clinic_type_id", "role_group"),
        CheckConstraint(
            "0 <= degraded and degraded <= safe and safe <= needed and needed <= most and most > 0",
            name="numbers",
        ),
        CheckConstraint("throughput > 0 and slot_minutes > 0", name="throughput"),
    )

    clinic_type_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic_type.id"), index=True)
    position: Mapped[int]
    role_group: Mapped[RoleGroup] = mapped_column(word(RoleGroup))
    needed: Mapped[int]
    safe: Mapped[int]
    degraded: Mapped[int]
    most: Mapped[int]
    throughput: Mapped[int]
    slot_minutes: Mapped[int]
    visit_order: Mapped[int | None]
    room: Mapped[RoomKind | None] = mapped_column(word(RoomKind))
    competencies: Mapped[list[str]] = mapped_column(default=list)
    funding: Mapped[FundingStream] = mapped_column(word(FundingStream), default=FundingStream.CORE)

    clinic_type: Mapped[ClinicType] = relationship(back_populates="seats")

    @property
    def discipline(self) -> Discipline:
        """What the people of this seat give to those who come."""
        return self.role_group.discipline

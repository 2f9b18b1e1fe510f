"""Training programmes as a network keeps them, and what each requires of its learners."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import JobRole


class Programme(NetworkScoped, Model):
    """A programme of training; its weeks are those of somebody who trains full time.

    `pack_key` and `pack_version` say which example it was made from; a later one is offered, never taken.
    Intake months are numbers from 1; protected sessions are written "1 PM" (weekday from 0, kind).
    `supervisors` are the kinds that must be different people. Exposure is counted in half-days; windows give
    by name the first and the last week that they take.
    """

    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("network_id", "name"),
        CheckConstraint("weeks between 1 and 312", name="weeks"),
        CheckConstraint("block_weeks between 1 and 52", name="block_weeks"),
        CheckConstraint(
            "0 <= duty_notice_weeks and duty_notice_weeks <= rota_notice_weeks"
            " and rota_notice_weeks <= notice_weeks",
            name="notice_weeks",
        ),
    )

    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[JobRole] = mapped_column(word(JobRole))
    pack_key: Mapped[str] = mapped_column(String(40), default="")
    pack_version: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(300), default="")
    effective_from: Mapped[date]
    notes: Mapped[str] = mapped_column(String(1000), default="")
    weeks: Mapped[int]
    block_weeks: Mapped[int] = mapped_column(default=1)
    intake_months: Mapped[list[str]] = mapped_column(default=list)
    notice_weeks: Mapped[int] = mapped_column(default=12)
    rota_notice_weeks: Mapped[int] = mapped_column(default=8)
    duty_notice_weeks: Mapped[int] = mapped_column(default=6)
    has_fixed_base: Mapped[bool] = mapped_column(default=False)
    needs_approval: Mapped[bool] = mapped_column(default=True)
    wants_peers: Mapped[bool] = mapped_column(default=False)
    supervisors: Mapped[list[str]] = mapped_column(default=list)
    least_percent: Mapped[int] = mapped_column(default=50)
    breadth: Mapped[int] = mapped_column(default=0)
    disciplines: Mapped[list[str]] = mapped_column(default=list)
    exposure_weekly: Mapped[int] = mapped_column(default=0)
    exposure_total: Mapped[int] = mapped_column(default=0)
    protected: Mapped[list[str]] = mapped_column(default=list)
    windows: Mapped[dict[str, Any]] = mapped_column(default=dict)
    local_settings: Mapped[list[str]] = mapped_column(default=list)
    retired_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(default=1)

    requirements: Mapped[list["Requirement"]] = relationship(
        back_populates="programme", cascade="all, delete-orphan", order_by="Requirement.position"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class Requirement(NetworkScoped, Model):
    """Weeks of a programme to be spent in hosts of some settings; `key` is how others of it name it.

    `after` says by key how many weeks of others come first. `is_hard` False: wished, not required.
    """

    __tablename__ = "programme_requirement"
    __table_args__ = (
        UniqueConstraint("programme_id", "key"),
        CheckConstraint("0 <= least_weeks and least_weeks <= most_weeks", name="weeks"),
        CheckConstraint("1 <= shortest_run and shortest_run <= longest_run", name="runs"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    settings: Mapped[list[str]] = mapped_column(default=list)
    least_weeks: Mapped[int]
    most_weeks: Mapped[int]
    shortest_run: Mapped[int] = mapped_column(default=1)
    longest_run: Mapped[int]
    once_per_host: Mapped[bool] = mapped_column(default=False)
    is_hard: Mapped[bool] = mapped_column(default=True)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    not_after: Mapped[list[str]] = mapped_column(default=list)
    next_must_be: Mapped[str] = mapped_column(String(40), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    is_local: Mapped[bool] = mapped_column(default=False)

    programme: Mapped[Programme] = relationship(back_populates="requirements")

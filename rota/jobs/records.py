"""Solve jobs: what was asked, how far it is, and what came out."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from rota.jobs.rules import ENDED, JobState, SolveKind


class SolveJob(NetworkScoped, Model):
    """One solve in the background. The problem is stored with it: any worker can pick it up again.

    `places` says what the numbers of the problem's duties stand for, to whoever takes the result.
    """

    __tablename__ = "solve_job"
    __table_args__ = (
        # Two solves of one rota would overwrite each other's result.
        Index(
            "uq_solve_job_running",
            "about_id",
            unique=True,
            postgresql_where=text(
                f"state not in ({', '.join(repr(state.value) for state in sorted(ENDED))})"
            ),
        ),
    )

    kind: Mapped[SolveKind] = mapped_column(word(SolveKind))
    about_id: Mapped[uuid.UUID]
    state: Mapped[JobState] = mapped_column(word(JobState), default=JobState.QUEUED)
    problem: Mapped[dict[str, Any]]
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    input_hash: Mapped[str] = mapped_column(String(64))
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    best: Mapped[dict[str, Any] | None]
    result: Mapped[dict[str, Any] | None]
    said: Mapped[str] = mapped_column(Text, default="")
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    stop_asked_at: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    engine: Mapped[str] = mapped_column(String(40), default="")

    progress: Mapped[list["SolveProgress"]] = relationship(
        cascade="all, delete-orphan", order_by="SolveProgress.seconds"
    )


class SolveProgress(NetworkScoped, Model):
    """A better rota seen on the way: seconds since the start, tier at work, cost and bound of cover."""

    __tablename__ = "solve_progress"

    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("solve_job.id"), index=True)
    seconds: Mapped[float]
    tier: Mapped[str] = mapped_column(String(8))
    cost: Mapped[int]
    bound: Mapped[int | None]
    said: Mapped[str] = mapped_column(Text)

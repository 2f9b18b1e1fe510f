"""Looking at solves."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import defer

from network.access.rules import Actor
from network.plumbing.database import db, now
from network.plumbing.refusals import NotFound
from rota.jobs.records import SolveJob, SolveProgress
from rota.jobs.rules import ASKERS, ENDED, JobState, Step, is_silent


@dataclass(frozen=True)
class JobView:
    """A solve as its page shows it."""

    id: uuid.UUID
    about_id: uuid.UUID
    state: JobState
    said: str
    asked_by: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    limit: float
    steps: tuple[Step, ...]
    attempts: int
    is_silent: bool
    is_stopping: bool
    may_end: bool
    what: str

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def seconds(self) -> int:
        """How long it has been looking."""
        if self.started_at is None:
            return 0
        return round(((self.ended_at or now()) - self.started_at).total_seconds())


def get_job_for(viewer: Actor, job_id: uuid.UUID) -> SolveJob:
    """Return a solve of the viewer's network."""
    job = db.session.get(SolveJob, job_id)
    if job is None or not viewer.may_somewhere(ASKERS[job.kind]):
        raise NotFound
    return job


def is_own(viewer: Actor, job: SolveJob) -> bool:
    """Say whether the viewer asked for a solve."""
    return viewer.account_id is not None and job.places.get("asked_by") == str(viewer.account_id)


def view_of(viewer: Actor, job_id: uuid.UUID) -> JobView:
    """Return a solve as its page shows it."""
    # The problem is megabytes that a page polled each second has no use for.
    light = (defer(SolveJob.problem), defer(SolveJob.best), defer(SolveJob.result), defer(SolveJob.places))
    places = SolveJob.places["what"].as_string(), SolveJob.places["asked_by"].as_string()
    row = db.session.execute(
        select(SolveJob, *places).where(SolveJob.id == job_id).options(*light)
    ).one_or_none()
    if row is None or not viewer.may_somewhere(ASKERS[row.SolveJob.kind]):
        raise NotFound
    job, what, asked_by = row
    running = job.state not in ENDED
    return JobView(
        id=job.id,
        about_id=job.about_id,
        state=job.state,
        said=job.said,
        asked_by=job.asked_by,
        asked_at=job.asked_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        limit=job.limits.get("seconds", 0),
        steps=steps_of(job_id),
        attempts=job.attempts,
        is_silent=running and is_silent(job.heartbeat_at, now()),
        is_stopping=running and bool(job.stop_asked_at or job.cancel_asked_at),
        may_end=viewer.may(ASKERS[job.kind]) or asked_by == str(viewer.account_id),
        what=what or "",
    )


def steps_of(job_id: uuid.UUID) -> tuple[Step, ...]:
    """Return the better rotas seen on the way, in order of time."""
    rows = db.session.scalars(
        select(SolveProgress).where(SolveProgress.job_id == job_id).order_by(SolveProgress.seconds)
    )
    return tuple(Step(row.seconds, row.tier, row.cost, row.bound, row.said) for row in rows)


def find_running_job(about_id: uuid.UUID) -> uuid.UUID | None:
    """Return the solve that is at work on this, or waits to be."""
    return db.session.scalar(
        select(SolveJob.id).where(SolveJob.about_id == about_id, SolveJob.state.not_in(ENDED))
    )


def find_last_job(about_id: uuid.UUID) -> tuple[uuid.UUID, JobState] | None:
    """Return the solve of this that was asked for last, and how it stands."""
    row = db.session.execute(
        select(SolveJob.id, SolveJob.state)
        .where(SolveJob.about_id == about_id)
        .order_by(SolveJob.asked_at.desc())
        .limit(1)
    ).one_or_none()
    return (row.id, row.state) if row else None

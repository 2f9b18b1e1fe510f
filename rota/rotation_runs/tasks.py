"""Planning rotations in a worker: watched, told of, stopped on demand, picked up again where one died."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from network.access.rules import SYSTEM
from network.plumbing.database import db
from network.plumbing.queue import Queue, given_up, task
from rota.jobs.commands import give_up_job, take_result
from rota.jobs.records import SolveJob, SolveProgress
from rota.jobs.rules import COVER, JobState, Step, cover_in, seconds_left
from rota.jobs.tasks import Looker, attend, has_ended, watchdog
from rota.rotation_runs.wording import DIED, doing_said, summary_of
from rota.solver.limits import Limits
from rota.solver.result import Result, Snapshot, Status
from rota.solver.rotation_plan import Plan, Problem, fill
from rota.solver.rotation_plan.archive import plain, plan_from, problem_from


@task("rota.plan_rotations", Queue.SOLVES)
def plan_rotations(network_id: uuid.UUID | None, job_id: str | uuid.UUID) -> None:
    """Fill one plan; does nothing where the job has ended, and waits where somebody else is at it."""
    job_id = uuid.UUID(str(job_id))
    attend(job_id, lambda own: _plan(Work.of(own)))


@given_up(plan_rotations)
def tell_asker(network_id: uuid.UUID | None, job_id: str | uuid.UUID) -> None:
    """End a job whose workers died again and again, so that its plan can be filled anew."""
    job_id = uuid.UUID(str(job_id))
    if not has_ended(job_id):
        give_up_job(SYSTEM, job_id, JobState.FAILED, DIED)


@dataclass(frozen=True)
class Work:
    """A job read from its row: what to plan, how long still, and what is there already."""

    job_id: uuid.UUID
    problem: Problem
    limits: Limits
    spent: float
    start: Plan | None

    @classmethod
    def of(cls, job_id: uuid.UUID) -> "Work":
        job = db.session.get_one(SolveJob, job_id, populate_existing=True)
        spent = db.session.scalar(
            select(func.coalesce(func.max(SolveProgress.seconds), 0)).where(SolveProgress.job_id == job_id)
        )
        limits = Limits(**job.limits)
        work = cls(
            job_id,
            problem_from(job.problem),
            replace(limits, seconds=seconds_left(limits.seconds, spent or 0)),
            spent or 0,
            plan_from(job.best) if job.best else None,
        )
        # The search may take minutes; no transaction stays open behind it.
        db.session.commit()
        return work

    def told(self, better: Snapshot[Plan]) -> tuple[Step, dict[str, Any]]:
        """Put a better plan into words and figures, and into data."""
        said = f"{summary_of(self.problem, better.plan).said}. {doing_said(better.phase, better.doing)}"
        cost, bound = cover_in(better.cost_by_tier), better.bound_by_tier.get(COVER)
        return Step(self.spent + better.seconds, better.phase, cost, bound, said), plain(better.plan)


def _plan(work: Work) -> bool:
    """Plan to the end, or until this worker shuts down and hands the job back."""
    looker: Looker[Plan] = Looker()
    with watchdog(work, looker):
        result = fill(work.problem, work.limits, looker, work.start)
    if not looker.is_handed_back:
        _finish(work, result)
    return not looker.is_handed_back


def _finish(work: Work, result: Result[Plan]) -> None:
    if result.status is Status.CANCELLED:
        give_up_job(SYSTEM, work.job_id, JobState.CANCELLED, "")
        return
    state = JobState.STOPPED if result.status is Status.STOPPED else JobState.DONE
    said = summary_of(work.problem, result.plan).said
    cost, bound = cover_in(result.cost_by_tier), result.bound_by_tier.get(COVER)
    step = Step(work.spent + result.seconds, "end", cost, bound, said)
    db.session.add(SolveProgress(job_id=work.job_id, **vars(step)))
    db.session.flush()
    take_result(SYSTEM, work.job_id, state, plain(result.plan), said)

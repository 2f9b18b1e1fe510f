"""Solving in a worker: watched, told of, stopped on demand, and picked up again where a worker died."""

import json
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from typing import Any, Generic, Protocol

from flask import Flask, current_app
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import OperationalError

from network.access.rules import SYSTEM
from network.plumbing import queue
from network.plumbing.database import db, now
from network.plumbing.queue import Queue, task
from network.plumbing.refusals import Refusal
from rota.jobs.commands import begin_job, give_up_job, take_result
from rota.jobs.records import SolveJob, SolveProgress
from rota.jobs.rules import COVER, ENDED, JobState, Step, cover_in, seconds_left
from rota.jobs.wording import BROKE, DIED, doing_said, summary_of
from rota.solver.limits import Limits
from rota.solver.result import Order, PlanT, Result, Snapshot, Status
from rota.solver.staff_rota import Plan, Problem, fill
from rota.solver.staff_rota.archive import plan_from_json, plan_to_json, problem_from_json

TICK_SECONDS = 0.5
ENGINE = f"ortools {version('ortools')}"

log = logging.getLogger(__name__)


@task("rota.solve", Queue.SOLVES)
def solve(network_id: uuid.UUID | None, job_id: str | uuid.UUID) -> None:
    """Fill one rota; does nothing where the job has ended, and waits where somebody else is at it."""
    attend(uuid.UUID(str(job_id)), lambda own: _solve(Work.of(own)))


def attend(job_id: uuid.UUID, work_on: Callable[[uuid.UUID], bool]) -> None:
    """Work on a job alone, and end it whatever happens; `work_on` says whether it came to its end."""
    with alone_with(job_id) as is_alone:
        if has_ended(job_id):
            return
        if not is_alone:
            # They may be about to die: without another look the job would be lost with them.
            raise queue.NotYet
        begin_job(SYSTEM, job_id, ENGINE)
        try:
            is_ended = work_on(job_id)
        except OperationalError:
            # The queue tries again once the database is back, and the search goes on from its best.
            raise
        except Exception as error:
            db.session.rollback()
            if has_ended(job_id):
                # Called off by somebody who saw no sign of life of this worker.
                return
            log.exception("solve failed", extra={"job": str(job_id)})
            said = error.sentence if isinstance(error, Refusal) else BROKE
            give_up_job(SYSTEM, job_id, JobState.FAILED, said)
            return
    if not is_ended:
        queue.stop()


@queue.given_up(solve)
def tell_asker(network_id: uuid.UUID | None, job_id: str | uuid.UUID) -> None:
    """End a job whose workers died again and again, so that its rota can be filled anew."""
    job_id = uuid.UUID(str(job_id))
    if not has_ended(job_id):
        give_up_job(SYSTEM, job_id, JobState.FAILED, DIED)


def has_ended(job_id: uuid.UUID) -> bool:
    return db.session.scalar(select(SolveJob.state).where(SolveJob.id == job_id)) in ENDED


@dataclass(frozen=True)
class Work:
    """A job read from its row: what to solve, how long still, and what is there already."""

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
            problem_from_json(json.dumps(job.problem)),
            replace(limits, seconds=seconds_left(limits.seconds, spent or 0)),
            spent or 0,
            plan_from_json(json.dumps(job.best)) if job.best else None,
        )
        # The search may take minutes; no transaction stays open behind it.
        db.session.commit()
        return work

    def told(self, better: Snapshot[Plan]) -> tuple[Step, dict[str, Any]]:
        """Put a better plan into words and figures, and into data."""
        return step_of(self, better), json.loads(plan_to_json(better.plan))


class Watched(Protocol[PlanT]):
    """What is watched: a job, and how its plans are told."""

    @property
    def job_id(self) -> uuid.UUID: ...

    def told(self, better: Snapshot[PlanT]) -> tuple[Step, dict[str, Any]]: ...


class Looker(Generic[PlanT]):
    """Looks on for the solver: keeps the latest plan, and passes on what was asked."""

    def __init__(self) -> None:
        self.latest: Snapshot[PlanT] | None = None
        self.order: Order | None = None
        self.is_handed_back = False

    def on_better(self, snapshot: Snapshot[PlanT]) -> None:
        self.latest = snapshot

    def should_stop(self) -> str | None:
        return self.order


def _solve(work: Work) -> bool:
    """Solve to the end, or until this worker shuts down and hands the job back."""
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
    _keep_last_step(work, result)
    plan = json.loads(plan_to_json(result.plan))
    take_result(SYSTEM, work.job_id, state, plan, summary_of(work.problem, result.plan).said)


def _keep_last_step(work: Work, result: Result[Plan]) -> None:
    said = summary_of(work.problem, result.plan).said
    cost, bound = cover_in(result.cost_by_tier), result.bound_by_tier.get(COVER)
    step = Step(work.spent + result.seconds, "end", cost, bound, said)
    db.session.add(SolveProgress(job_id=work.job_id, **vars(step)))
    db.session.flush()


@contextmanager
def watchdog(work: Watched[PlanT], looker: Looker[PlanT]) -> Iterator[None]:
    """Every half second, tell the job's row how things are and hear whether to stop."""
    over = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    # The copied context carries the network to work for, and the queue's own word on stopping.
    run = partial(copy_context().run, _watch, app, work, looker, over)
    thread = threading.Thread(target=run, name="watchdog", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(app: Flask, work: Watched[PlanT], looker: Looker[PlanT], over: threading.Event) -> None:
    told: Snapshot[PlanT] | None = None
    with app.app_context():
        while not over.wait(TICK_SECONDS):
            latest = looker.latest
            try:
                looker.order = _tell(work, latest if latest is not told else None) or looker.order
                told = latest
            except OperationalError:
                # The search goes on without a database; whether the job can end is seen at its end.
                log.warning("watchdog lost the database", extra={"job": str(work.job_id)})
            finally:
                db.session.remove()
            if looker.order is None and queue.should_stop():
                looker.is_handed_back, looker.order = True, Order.STOP


def _tell(work: Watched[PlanT], better: Snapshot[PlanT] | None) -> Order | None:
    # Whoever was thought dead must not bring a job back to life that somebody has ended since.
    row = update(SolveJob).where(SolveJob.id == work.job_id, SolveJob.state.not_in(ENDED))
    change: dict[str, object] = {"heartbeat_at": now()}
    if better is not None:
        step, best = work.told(better)
        db.session.add(SolveProgress(job_id=work.job_id, **vars(step)))
        change |= {"best": best, "state": JobState.IMPROVING, "said": step.said}
    db.session.execute(row.values(change).execution_options(synchronize_session=False))
    stop, cancel = db.session.execute(
        select(SolveJob.stop_asked_at, SolveJob.cancel_asked_at).where(SolveJob.id == work.job_id)
    ).one()
    db.session.commit()
    if cancel:
        return Order.CANCEL
    return Order.STOP if stop else None


def step_of(work: Work, better: Snapshot[Plan]) -> Step:
    """Put a better plan into words and figures."""
    said = f"{summary_of(work.problem, better.plan).said}. {doing_said(better.phase, better.doing)}"
    bound = better.bound_by_tier.get(COVER)
    return Step(work.spent + better.seconds, better.phase, cover_in(better.cost_by_tier), bound, said)


@contextmanager
def alone_with(job_id: uuid.UUID) -> Iterator[bool]:
    """Hold the job on a connection of its own, so that the hold dies with the process."""
    key = {"key": job_id.int % 2**63}
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_alone = bool(connection.scalar(text("select pg_try_advisory_lock(:key)"), key))
        try:
            yield is_alone
        finally:
            if is_alone:
                connection.execute(text("select pg_advisory_unlock(:key)"), key)

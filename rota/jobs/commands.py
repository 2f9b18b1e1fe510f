"""Asking for a solve, stopping it, and what a worker reports of it."""

import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import NotAllowed, Refusal
from rota.jobs.queries import get_job_for, is_own
from rota.jobs.records import SolveJob
from rota.jobs.rules import ASKERS, ENDED, JobState, SolveKind, is_silent, may_move
from rota.jobs.wording import RUNNING
from rota.solver.limits import Limits


class AlreadyRunning(Refusal):
    """This rota is being filled at the moment."""


@dataclass(frozen=True)
class Question:
    """What is to be solved, ready to be stored: the problem as JSON and what its numbers stand for.

    `best` is a plan to go on from, where there is one.
    """

    kind: SolveKind
    about_id: uuid.UUID
    problem: dict[str, Any]
    input_hash: str
    places: dict[str, Any] = field(default_factory=dict)
    best: dict[str, Any] | None = None


Receiver = Callable[[Actor, SolveJob, dict[str, Any]], None]

RECEIVERS: dict[SolveKind, Receiver] = {}


def receives(kind: SolveKind) -> Callable[[Receiver], Receiver]:
    """Name the function that takes the plans of this kind of solve, in the transaction that ends the job."""

    def register(receiver: Receiver) -> Receiver:
        RECEIVERS[kind] = receiver
        return receiver

    return register


Hearer = Callable[[SolveJob], None]

HEARERS: dict[SolveKind, Hearer] = {}


def hears_of_end(kind: SolveKind) -> Callable[[Hearer], Hearer]:
    """Name the function that is told, in the same transaction, when a solve ends without a plan."""

    def register(hearer: Hearer) -> Hearer:
        HEARERS[kind] = hearer
        return hearer

    return register


def keep_question(actor: Actor, question: Question, limits: Limits) -> uuid.UUID:
    """Store a solve, as part of the command that asks for it; refuse a second one about the same thing."""
    job = SolveJob(**vars(question), limits=asdict(limits), asked_by=actor.name)
    db.session.add(job)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AlreadyRunning(RUNNING[question.kind]) from error
    record(actor, "ask_to_fill", "solve_job", job.id, about=str(question.about_id), seconds=limits.seconds)
    return job.id


@command
def stop_job(actor: Actor, job_id: uuid.UUID) -> None:
    """Ask a running solve to end now with the best it has."""
    job = _job_to_end(actor, job_id)
    if job.state is JobState.QUEUED:
        # There is no best yet to be kept.
        _end_without_plan(job, JobState.CANCELLED, "")
    job.stop_asked_at = now()
    record(actor, "stop_job", "solve_job", job.id)


@command
def cancel_job(actor: Actor, job_id: uuid.UUID) -> None:
    """Ask a solve to end and to leave everything as it was."""
    job = _job_to_end(actor, job_id)
    # A worker that fell silent may never read the wish, and a solve without an end keeps its draft shut.
    if job.state is JobState.QUEUED or is_silent(job.heartbeat_at, now()):
        _end_without_plan(job, JobState.CANCELLED, "")
    job.cancel_asked_at = now()
    record(actor, "cancel_job", "solve_job", job.id)


@command
def begin_job(actor: Actor, job_id: uuid.UUID, engine: str) -> None:
    """Note that a worker has taken the job up, for the first time or again."""
    _require_worker(actor)
    job = _locked(job_id)
    if job.state is JobState.QUEUED:
        job.state = JobState.SOLVING
    job.started_at = job.started_at or now()
    job.heartbeat_at = now()
    job.attempts += 1
    job.engine = engine
    record(actor, "begin_job", "solve_job", job.id, attempt=job.attempts)


@command
def take_result(actor: Actor, job_id: uuid.UUID, state: JobState, plan: dict[str, Any], said: str) -> None:
    """End a job with a plan, and hand the plan to whoever asked, all in one transaction."""
    _require_worker(actor)
    job = _locked(job_id)
    _end(job, state, said)
    job.result = plan
    RECEIVERS[job.kind](actor, job, plan)
    record(actor, "end_job", "solve_job", job.id, state=state)


@command
def give_up_job(actor: Actor, job_id: uuid.UUID, state: JobState, said: str) -> None:
    """End a job without a plan: it was cancelled, or it failed."""
    _require_worker(actor)
    job = _locked(job_id)
    _end_without_plan(job, state, said)
    record(actor, "end_job", "solve_job", job.id, state=state, said=said)


def _require_worker(actor: Actor) -> None:
    if not actor.is_system:
        raise NotAllowed


def _job_to_end(actor: Actor, job_id: uuid.UUID) -> SolveJob:
    job = get_job_for(actor, job_id)
    if not (actor.may(ASKERS[job.kind]) or is_own(actor, job)):
        raise NotAllowed
    job = _locked(job.id)
    if job.state in ENDED:
        raise Refusal("This has ended already.")
    return job


def _locked(job_id: uuid.UUID) -> SolveJob:
    return db.session.scalars(
        select(SolveJob)
        .where(SolveJob.id == job_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _end_without_plan(job: SolveJob, state: JobState, said: str) -> None:
    _end(job, state, said)
    HEARERS[job.kind](job)


def _end(job: SolveJob, state: JobState, said: str) -> None:
    # From the first look to the best plan in one step: a solve can end before its first progress is told.
    if not may_move(job.state, state):
        raise Refusal(f"{job.state.label}: it cannot become {state.label.lower()}.")
    job.state, job.ended_at = state, now()
    job.said = said or job.said

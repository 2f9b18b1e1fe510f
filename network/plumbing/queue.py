"""Background work: asked for in our own transaction, done by any worker, taken over when one dies."""

import asyncio
import logging
import signal
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from flask import Flask
from procrastinate import (
    App,
    BaseRetryStrategy,
    JobContext,
    PsycopgConnector,
    RetryDecision,
    SyncPsycopgConnector,
    exceptions,
)
from procrastinate.job_context import AbortReason
from procrastinate.jobs import Job, Status
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from network.plumbing.database import ENGLAND, db, enter_network

SCHEMA = "jobs"
HEARTBEAT_SECONDS = 3.0
STALLED_SECONDS = 15.0
RECOVERY_CRON = "* * * * * */5"
HOURLY_CRON = "7 * * * *"
NIGHT_HOUR = 3
# Three o'clock in England is one of these in UTC, which the queue's clock keeps.
NIGHTLY_CRON = f"0 {NIGHT_HOUR - 1},{NIGHT_HOUR} * * *"
MOST_ATTEMPTS = 5
LISTEN_SECONDS = 2.0

Id = uuid.UUID | str | int
log = logging.getLogger(__name__)
running: ContextVar[JobContext | None] = ContextVar("running", default=None)


class Queue(StrEnum):
    """Solves take minutes and a whole core each, so they never stand in the way of a letter or a reminder."""

    ERRANDS = "errands"
    SOLVES = "solves"


AT_ONCE = {Queue.ERRANDS: 4, Queue.SOLVES: 1}


@dataclass(frozen=True)
class Task:
    """A function of some `tasks.py` that workers know by name."""

    name: str
    queue: Queue
    function: Callable[..., None]

    def __call__(self, network_id: uuid.UUID | None, **ids: Any) -> None:
        self.function(network_id, **ids)


TASKS: dict[str, Task] = {}
HOURLY: dict[str, Task] = {}
NIGHTLY: dict[str, Task] = {}
TOLD: dict[str, Callable[..., None]] = {}


class HandedBack(Exception):
    """The worker is shutting down and the task stopped half-way: another worker starts it again."""


class NotYet(Exception):
    """Another worker seems to be at the same task: look again after a while."""


def task(name: str, queue: Queue = Queue.ERRANDS) -> Callable[[Callable[..., None]], Task]:
    """Make `def f(network_id, **ids)` a task; ids arrive as text, and it must be safe to run twice."""

    def register(function: Callable[..., None]) -> Task:
        if name in TASKS and TASKS[name].function.__module__ != function.__module__:
            raise ValueError(f"Two tasks are called {name}.")
        TASKS[name] = Task(name, queue, function)
        return TASKS[name]

    return register


def hourly(task: Task) -> Task:
    """Ask for a task every hour, for no network: it goes through them by itself."""
    HOURLY[task.name] = task
    return task


def nightly(task: Task) -> Task:
    """Ask for a task at three every night in England, for no network: it goes through them by itself."""
    NIGHTLY[task.name] = task
    return task


def given_up(task: Task) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Name the function that is told, with the same ids, when a task has failed and is tried no more."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        TOLD[task.name] = function
        return function

    return register


def enqueue(task: Task, *, network_id: uuid.UUID | None, **ids: Id) -> int:
    """Ask for the task in the transaction that is open: rolled back, it was never asked for."""
    arguments = {name: value if isinstance(value, int) else str(value) for name, value in ids.items()}
    with _queue_tables() as connection:
        raw = connection.connection.driver_connection
        deferrer = _asking.configure_task(task.name, queue=task.queue.value, connection=raw)
        return deferrer.defer(network_id=str(network_id) if network_id else None, **arguments)


def abort(job_id: int) -> bool:
    """Call the job off in the transaction that is open: a waiting one never starts, a running one is told."""
    with _queue_tables() as connection:
        raw = connection.connection.driver_connection
        return _asking.job_manager.cancel_job_by_id(job_id, abort=True, connection=raw)


def should_stop() -> bool:
    """Say, inside a task, whether it was called off or its worker is shutting down; then call `stop()`."""
    context = running.get()
    return context is not None and context.should_abort()


def stop() -> None:
    """Leave a task that `should_stop`: a called-off job ends here, that of a stopping worker starts again."""
    context = running.get()
    if context is not None and context.abort_reason() is AbortReason.SHUTDOWN:
        raise HandedBack
    raise exceptions.JobAborted


def worker_is_alive() -> bool:
    """Say whether any worker gave a sign of life lately."""
    latest = text(
        "select max(last_heartbeat) > now() - make_interval(secs => :late) from procrastinate_workers"
    )
    with _queue_tables() as connection:
        return bool(connection.scalar(latest, {"late": STALLED_SECONDS}))


def queue_schema_sql() -> str:
    """Give the statements that make the queue's own schema, for a migration to run in its transaction."""
    there, back = f"set local search_path to {SCHEMA}", "set local search_path to default"
    return f"create schema {SCHEMA}; {there}; {SchemaManager.get_schema()}; {back};"


def run_worker(flask_app: Flask, url: str, grace_seconds: float) -> None:
    """Work until SIGTERM or SIGINT; running tasks then have the grace to end before they are handed back."""
    asyncio.run(_work(flask_app, url, grace_seconds))


# It only ever writes through the connection of our own transaction, so it is never opened.
_asking = App(connector=SyncPsycopgConnector())


@contextmanager
def _queue_tables() -> Iterator[Connection]:
    """Let the library's functions find their tables, which they name without a schema."""
    connection = db.session.connection()
    connection.execute(text(f"set local search_path to {SCHEMA}, public"))
    yield connection
    connection.execute(text("set local search_path to default"))


class _Again(BaseRetryStrategy):
    """Try again what was handed back or met a server that went away; everything else has failed."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, HandedBack):
            return RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, NotYet):
            return RetryDecision(retry_in={"seconds": round(STALLED_SECONDS)})
        # Connections that fail are OSErrors, those of mail servers among them.
        if isinstance(exception, OperationalError | OSError) and job.attempts < MOST_ATTEMPTS:
            return RetryDecision(retry_in={"seconds": 2 ** (job.attempts + 1)})
        return None


async def _work(flask_app: Flask, url: str, grace_seconds: float) -> None:
    connector = PsycopgConnector(
        conninfo=url, kwargs={"options": f"-c search_path={SCHEMA}"}, min_size=1, max_size=4
    )
    jobs = App(connector=connector)
    for task in TASKS.values():
        jobs.task(name=task.name, queue=task.queue.value, pass_context=True, retry=_Again())(
            partial(_run, flask_app, task)
        )
    _recover_periodically(jobs, flask_app)
    for task in HOURLY.values():
        _ask_hourly(jobs, task)
    for task in NIGHTLY.values():
        _ask_nightly(jobs, task)
    async with jobs.open_async():
        lanes = [
            asyncio.create_task(
                jobs.run_worker_async(
                    queues=[queue.value],
                    name=queue.value,
                    concurrency=AT_ONCE[queue],
                    install_signal_handlers=False,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS,
                    fetch_job_polling_interval=LISTEN_SECONDS,
                    abort_job_polling_interval=LISTEN_SECONDS,
                    shutdown_graceful_timeout=grace_seconds,
                    delete_jobs="successful",
                )
            )
            for queue in Queue
        ]
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, _cancel, lanes)
        # One lane that fails takes the other along: a half-dead worker would look alive.
        done, _ = await asyncio.wait(lanes, return_when=asyncio.FIRST_COMPLETED)
        _cancel(lanes)
        await asyncio.wait(lanes)
    for lane in done:
        if not lane.cancelled():
            lane.result()


def _cancel(lanes: list[asyncio.Task[None]]) -> None:
    for lane in lanes:
        # A second cancel would break off the draining that the first began.
        if not lane.cancelling():
            lane.cancel()


def _run(flask_app: Flask, task: Task, context: JobContext, network_id: str | None, **ids: Any) -> None:
    # Each job runs in a copy of the context, so nothing that is set here reaches the next one.
    running.set(context)
    network = uuid.UUID(network_id) if network_id else None
    with flask_app.app_context():
        enter_network(network)
        try:
            task(network, **ids)
        except Exception as error:
            if not isinstance(error, exceptions.JobAborted) and _is_last(error, context):
                _tell_given_up(flask_app, task.name, network_id, ids)
            raise


def _is_last(error: Exception, context: JobContext) -> bool:
    return _Again().get_retry_decision(exception=error, job=context.job) is None


def _tell_given_up(flask_app: Flask, name: str, network_id: str | None, ids: dict[str, Any]) -> None:
    if name not in TOLD:
        return
    network = uuid.UUID(network_id) if network_id else None
    with flask_app.app_context():
        enter_network(network)
        try:
            TOLD[name](network, **ids)
        except Exception:
            # What the task was about may have gone, or the database: the queue goes on with the others.
            log.exception("job given up and nobody told", extra={"task": name})


def _recover_periodically(jobs: App, flask_app: Flask) -> None:
    @jobs.periodic(cron=RECOVERY_CRON, periodic_id="recovery")
    @jobs.task(name="queue.recover", queue=Queue.ERRANDS.value, queueing_lock="queue.recover")
    async def recover(timestamp: int) -> None:
        await recover_stalled(jobs, flask_app)


def _ask_hourly(jobs: App, task: Task) -> None:
    name = f"hourly.{task.name}"

    @jobs.periodic(cron=HOURLY_CRON, periodic_id=name)
    @jobs.task(name=name, queue=task.queue.value, queueing_lock=name)
    async def ask(timestamp: int) -> None:
        await jobs.configure_task(task.name, queue=task.queue.value).defer_async(network_id=None)


def _ask_nightly(jobs: App, task: Task) -> None:
    name = f"nightly.{task.name}"

    @jobs.periodic(cron=NIGHTLY_CRON, periodic_id=name)
    @jobs.task(name=name, queue=task.queue.value, queueing_lock=name)
    async def ask(timestamp: int) -> None:
        if datetime.fromtimestamp(timestamp, ENGLAND).hour == NIGHT_HOUR:
            await jobs.configure_task(task.name, queue=task.queue.value).defer_async(network_id=None)


async def recover_stalled(jobs: App, flask_app: Flask) -> None:
    """Hand on the jobs of workers that died; one that killed its workers again and again has failed."""
    manager = jobs.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        if job.attempts + 1 >= MOST_ATTEMPTS:
            log.error("job given up", extra={"job": job.id, "task": job.task_name})
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            ids: dict[str, Any] = dict(job.task_kwargs)
            network_id = ids.pop("network_id", None)
            # In a thread of its own, and so in a context of its own: the queue works for no network.
            await asyncio.to_thread(_tell_given_up, flask_app, job.task_name, network_id, ids)
        else:
            log.warning("job picked up again", extra={"job": job.id, "task": job.task_name})
            await manager.retry_job(job, retry_at=datetime.now(UTC) - timedelta(seconds=1))

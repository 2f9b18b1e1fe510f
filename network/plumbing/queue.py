"""Background work: what is known of tasks, and how one is asked for, in our own transaction."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from procrastinate import App, JobContext, SyncPsycopgConnector, exceptions
from procrastinate.job_context import AbortReason
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from network.plumbing.database import db

SCHEMA = "jobs"
STALLED_SECONDS = 15.0

Id = uuid.UUID | str | int
running: ContextVar[JobContext | None] = ContextVar("running", default=None)


class Queue(StrEnum):
    """Solves take minutes and a whole core each, so they never stand in the way of a letter or a reminder."""

    ERRANDS = "errands"
    SOLVES = "solves"


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


# It only ever writes through the connection of our own transaction, so it is never opened.
_asking = App(connector=SyncPsycopgConnector())


@contextmanager
def _queue_tables() -> Iterator[Connection]:
    """Let the library's functions find their tables, which they name without a schema."""
    connection = db.session.connection()
    connection.execute(text(f"set local search_path to {SCHEMA}, public"))
    yield connection
    connection.execute(text("set local search_path to default"))

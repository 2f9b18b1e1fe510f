"""The worker: does what was asked for, as many at once as there is room for; taken over when it dies."""

import asyncio
import logging
import signal
import uuid
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from flask import Flask
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision, exceptions
from procrastinate.jobs import Job, Status
from sqlalchemy.exc import OperationalError

from network.plumbing.database import ENGLAND, enter_network
from network.plumbing.queue import (
    HOURLY,
    NIGHTLY,
    SCHEMA,
    STALLED_SECONDS,
    TASKS,
    TOLD,
    HandedBack,
    NotYet,
    Queue,
    Task,
    running,
)

HEARTBEAT_SECONDS = 3.0
RECOVERY_CRON = "* * * * * */5"
HOURLY_CRON = "7 * * * *"
NIGHT_HOUR = 3
# Three o'clock in England is one of these in UTC, which the queue's clock keeps.
NIGHTLY_CRON = f"0 {NIGHT_HOUR - 1},{NIGHT_HOUR} * * *"
MOST_ATTEMPTS = 5
LISTEN_SECONDS = 2.0
AT_ONCE = {Queue.ERRANDS: 4, Queue.SOLVES: 1}
log = logging.getLogger(__name__)


def run_worker(flask_app: Flask, url: str, grace_seconds: float) -> None:
    """Work until SIGTERM or SIGINT; running tasks then have the grace to end before they are handed back."""
    asyncio.run(_work(flask_app, url, grace_seconds))


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

import asyncio
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime

import pytest
from procrastinate import App, PsycopgConnector
from procrastinate.testing import InMemoryConnector
from sqlalchemy import text

from network.plumbing.database import db
from network.plumbing.queue import Queue, abort, enqueue, task
from network.plumbing.settings import ROOT
from network.plumbing.worker import (
    HOURLY_CRON,
    MOST_ATTEMPTS,
    NIGHTLY_CRON,
    _ask_hourly,
    _ask_nightly,
    recover_stalled,
)
from tests.network.plumbing.a_worker import hold, note

NETWORK = uuid.UUID(int=7)


@pytest.fixture
def diary(tmp_path):
    return tmp_path / "diary.txt"


@pytest.fixture
def start_worker(addresses):
    workers = []

    def start(grace=1.0):
        environ = os.environ | {"QUORATE_ENV": "test", "DATABASE_URL": addresses.app_url}
        command = [sys.executable, "-m", "tests.network.plumbing.a_worker", str(grace)]
        workers.append(subprocess.Popen(command, cwd=ROOT, env=environ))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


def test_a_job_of_a_transaction_that_was_rolled_back_was_never_asked_for(database, diary):
    enqueue(note, network_id=NETWORK, diary=str(diary))
    db.session.rollback()
    assert jobs() == []


def test_a_job_asked_for_leaves_the_transaction_as_it_was(database, diary):
    before = db.session.scalar(text("show search_path"))
    enqueue(note, network_id=NETWORK, diary=str(diary))
    assert db.session.scalar(text("show search_path")) == before


def test_a_job_works_for_the_network_that_asked_for_it(database, diary, start_worker):
    enqueue(note, network_id=NETWORK, diary=str(diary))
    db.session.commit()
    start_worker()
    wait_for(diary, f"noted {NETWORK} {NETWORK}")


def test_a_job_of_a_killed_worker_is_picked_up_by_another_within_30_seconds(database, diary, start_worker):
    enqueue(hold, network_id=NETWORK, diary=str(diary))
    db.session.commit()
    worker = start_worker()
    wait_for(diary, "began")
    before = latest_lane()
    start_worker()
    wait_until(lambda: latest_lane() >= before + len(Queue))
    worker.kill()
    wait_for(diary, "began\nbegan", seconds=30)


def test_a_running_job_that_is_called_off_stops_within_seconds(database, diary, start_worker):
    job_id = enqueue(hold, network_id=NETWORK, diary=str(diary))
    db.session.commit()
    start_worker()
    wait_for(diary, "began")
    assert abort(job_id)
    db.session.commit()
    wait_for(diary, "stopped", seconds=5)
    wait_until(lambda: jobs() == [("tests.hold", "aborted", 1)])


def test_a_waiting_job_that_is_called_off_never_starts(database, diary):
    job_id = enqueue(hold, network_id=NETWORK, diary=str(diary))
    db.session.commit()
    assert abort(job_id)
    db.session.commit()
    assert jobs() == [("tests.hold", "cancelled", 0)]


def test_a_stopping_worker_hands_its_job_back(database, diary, start_worker):
    enqueue(hold, network_id=NETWORK, diary=str(diary))
    db.session.commit()
    worker = start_worker(grace=0.5)
    wait_for(diary, "began")
    worker.terminate()
    assert worker.wait(10) == 0
    assert jobs() == [("tests.hold", "todo", 1)]


@pytest.mark.parametrize(
    ("attempts", "outcome"), [(0, "todo"), (MOST_ATTEMPTS - 2, "todo"), (MOST_ATTEMPTS - 1, "failed")]
)
def test_a_job_that_kills_worker_after_worker_is_given_up_and_its_subject_told(
    app, database, addresses, diary, attempts, outcome
):
    enqueue(hold, network_id=NETWORK, diary=str(diary))
    # A job that is being done by no worker is what the death of its worker leaves.
    db.session.execute(text("set local search_path to jobs"))
    db.session.execute(
        text("update procrastinate_jobs set status = 'doing', attempts = :attempts"), {"attempts": attempts}
    )
    db.session.commit()
    run_apart(recover(addresses.app_url, app))
    assert [status for _, status, _ in jobs()] == [outcome]
    said = diary.read_text() if diary.exists() else ""
    assert said == (f"given up {NETWORK}\n" if outcome == "failed" else "")


def test_two_tasks_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two tasks"):
        task("tests.note")(lambda network_id: None)


def test_a_task_is_asked_for_every_hour():
    queue = App(connector=InMemoryConnector())
    _ask_hourly(queue, note)
    ((name, _),) = queue.periodic_registry.periodic_tasks
    assert name == "hourly.tests.note"
    assert [each.cron for each in queue.periodic_registry.periodic_tasks.values()] == [HOURLY_CRON]
    run_apart(queue.tasks[name].func(0))
    asked = [(job["task_name"], job["args"]) for job in queue.connector.jobs.values()]
    assert asked == [("tests.note", {"network_id": None})]


@pytest.mark.parametrize(
    ("moment", "asked"),
    [
        (datetime(2026, 12, 7, 3, tzinfo=UTC), 1),
        (datetime(2026, 12, 7, 2, tzinfo=UTC), 0),
        (datetime(2026, 7, 7, 2, tzinfo=UTC), 1),
        (datetime(2026, 7, 7, 3, tzinfo=UTC), 0),
    ],
)
def test_a_task_is_asked_for_at_three_in_england_in_winter_and_in_summer(moment, asked):
    queue = App(connector=InMemoryConnector())
    _ask_nightly(queue, note)
    ((name, _),) = queue.periodic_registry.periodic_tasks
    assert [each.cron for each in queue.periodic_registry.periodic_tasks.values()] == [NIGHTLY_CRON]
    run_apart(queue.tasks[name].func(int(moment.timestamp())))
    assert len(queue.connector.jobs) == asked


def run_apart(work: Coroutine) -> None:
    """Run a coroutine in a thread of its own: in this one the loop of a browser may be running."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(copy_context().run, asyncio.run, work).result()


async def recover(url, app):
    connector = PsycopgConnector(conninfo=url, kwargs={"options": "-c search_path=jobs"})
    async with App(connector=connector).open_async() as queue:
        await recover_stalled(queue, app)


def jobs():
    rows = db.session.execute(
        text("select task_name, status::text, attempts from jobs.procrastinate_jobs")
    ).all()
    db.session.commit()
    return [tuple(row) for row in rows if row.task_name.startswith("tests.")]


def latest_lane():
    """Give the number of the lane that a worker opened last."""
    number = db.session.scalar(text("select max(id) from jobs.procrastinate_workers"))
    db.session.commit()
    return number


def wait_for(diary, line, seconds=60):
    wait_until(lambda: diary.exists() and line in diary.read_text(), seconds)


def wait_until(holds, seconds=60):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)

"""A worker for the tests of the queue, with tasks: `python -m tests.network.plumbing.a_worker GRACE`."""

import sys
import time
import uuid
from pathlib import Path

from sqlalchemy import text

from app import create_app
from network.plumbing.database import db
from network.plumbing.queue import Queue, given_up, should_stop, stop, task
from network.plumbing.settings import Settings
from network.plumbing.worker import run_worker


@task("tests.note")
def note(network_id: uuid.UUID, *, diary: str) -> None:
    """Write down for which network the transaction works."""
    setting = db.session.scalar(text("select current_setting('quorate.network_id')"))
    write(diary, f"noted {network_id} {setting}")


@task("tests.hold", queue=Queue.SOLVES)
def hold(network_id: uuid.UUID, *, diary: str) -> None:
    """Work until told to stop."""
    write(diary, "began")
    while not should_stop():
        time.sleep(0.05)
    write(diary, "stopped")
    stop()


@given_up(hold)
def give_up(network_id: uuid.UUID, *, diary: str) -> None:
    """Write down that the task is tried no more."""
    setting = db.session.scalar(text("select current_setting('quorate.network_id')"))
    write(diary, f"given up {setting}")


def write(diary: str, line: str) -> None:
    with Path(diary).open("a") as file:
        file.write(f"{line}\n")


if __name__ == "__main__":
    settings = Settings.from_environment()
    run_worker(create_app(settings), settings.database_url, float(sys.argv[1]))

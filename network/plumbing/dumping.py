"""pg_dump and pg_restore: found, run, and their complaints told as sentences."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from click import ClickException
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from network.plumbing.embedded import tools
from network.plumbing.roles import connect

SYSTEM_FOLDERS = Path("/usr/lib/postgresql")
# What cannot be a name of ours: without it Debian's wrapper speaks the language of whoever runs it.
SPEAKS = {"LC_ALL": "C"}
# A server says 15.4 as 150004.
PLACES = 10_000


class NoBackup(ClickException):
    """A sentence for whoever backs up or restores: why it was not done, and what to do."""


def server_version(url: str) -> int:
    """Return the major version of the server behind an address."""
    with connect(url) as connection:
        return connection.info.server_version // PLACES


def find_tool(name: str, least: int) -> Path:
    """Find a PostgreSQL tool that is as new as the server, and no newer than need be."""
    found = [(version, path) for path in _candidates(name) if (version := version_of(path)) >= least]
    if not found:
        raise NoBackup(
            f"No {name} of version {least} or newer was found: install PostgreSQL's client tools of that"
            f" version (on Debian: postgresql-client-{least}), or put them on PATH."
        )
    return min(found, key=lambda each: each[0])[1]


def version_of(tool: Path) -> int:
    """Return the major version of a tool, 0 where it does not run."""
    try:
        said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0


@contextmanager
def dumped(url: str, tool: Path, *arguments: str) -> Iterator[IO[bytes]]:
    """Run pg_dump; what is read inside the block is a dump only where the block ends without a refusal."""
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [tool, f"--dbname={_address(url)}", *arguments],
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=_environment(url),
        )
        assert process.stdout is not None
        try:
            with process.stdout as dump:
                yield dump
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait():
            raise NoBackup(f"{tool.name} failed: {_last_word(complaints)}")


def put_back(url: str, tool: Path, dump: Iterable[bytes]) -> None:
    """Run pg_restore on a dump: all of it is put into the database, or nothing."""
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [
                tool,
                f"--dbname={_address(url)}",
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            env=_environment(url),
        )
        assert process.stdin is not None
        try:
            with process.stdin as waiting:
                for chunk in dump:
                    waiting.write(chunk)
        except BrokenPipeError:
            # It has given up; why stands in its complaints.
            pass
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait():
            raise NoBackup(f"{tool.name} failed: {_last_word(complaints)}")


def _candidates(name: str) -> Iterator[Path]:
    found = shutil.which(name)
    if found:
        yield Path(found)
    yield from sorted(SYSTEM_FOLDERS.glob(f"*/bin/{name}"))
    yield from tools(name)


def _address(url: str) -> str:
    return make_conninfo("", **(conninfo_to_dict(url) | {"password": None}))


def _environment(url: str) -> dict[str, str]:
    # Arguments can be read by everybody on the machine.
    password = conninfo_to_dict(url).get("password")
    return dict(os.environ) | SPEAKS | ({"PGPASSWORD": str(password)} if password else {})


def _last_word(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    errors = [line for line in lines if "error:" in line] or lines or ["it did not say why"]
    return errors[0].partition("error: ")[2] or errors[0]

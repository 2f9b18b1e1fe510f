"""`quorate demo`: database, worker and web started together, watched, and stopped together."""

import atexit
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Self

import click
from flask import Flask
from psycopg import sql
from waitress.server import create_server

from network.plumbing.embedded import embedded_server, forget_server, stop_leftover
from network.plumbing.logging import configure_logging
from network.plumbing.migrating import migrate_for
from network.plumbing.roles import Addresses, connect, prepare_database
from network.plumbing.settings import CannotStart, Environment, Settings, data_folder, kept_secrets, plain_url

ADDRESS = "127.0.0.1"
DATABASE = "quorate"
ROOM_NEEDED = 300 * 2**20
WORKER_GRACE_SECONDS = 2
PATIENCE_SECONDS = 8
WEB_THREADS = 8
ROOT = Path(__file__).parents[2]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Wishes:
    """What the newcomer asked for on the command line."""

    port: int
    size: str
    fresh: bool


@dataclass(frozen=True)
class DemoNetwork:
    """How an application makes its demo network; it puts one of these into `app.extensions["demo"]`."""

    exists: Callable[[], bool]
    make: Callable[[str], None]
    sign_ins: Callable[[], Sequence[str]]


class Interruptions:
    """The signals that end us: remembered, and breaking into a step only where that leaves nothing behind."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._may_break_in = False

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        self._hook, sys.unraisablehook = sys.unraisablehook, self._on_unraisable
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        sys.unraisablehook = self._hook

    @contextmanager
    def breaking_in(self) -> Iterator[None]:
        """Let a signal end this step at once."""
        self.check()
        self._may_break_in = True
        try:
            yield
        finally:
            self._may_break_in = False
        # A library's callback may have swallowed the exception: the wish to stop is not lost with it.
        self.check()

    def check(self) -> None:
        """Stop here if that was asked for."""
        if self._asked.is_set():
            raise KeyboardInterrupt

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until we are asked to stop."""
        self._asked.wait(seconds)
        self.check()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._asked.set()
        if self._may_break_in:
            self._may_break_in = False
            raise KeyboardInterrupt

    def _on_unraisable(self, lost: "sys.UnraisableHookArgs") -> None:
        # Where it broke into a destructor it is lost, but remembered: there is nothing to tell of.
        if not (self._asked.is_set() and lost.exc_type is KeyboardInterrupt):
            self._hook(lost)


def run_demo(create_app: Callable[[Settings], Flask], wishes: Wishes) -> None:
    """Run the demo until it is interrupted; no process of it is left afterwards."""
    with Interruptions() as interruptions, ExitStack() as running:
        try:
            _run(create_app, wishes, interruptions, running)
        except KeyboardInterrupt:
            click.echo("\nStopping web, worker and database.")


def demo_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Complete the environment of a command in demo mode by secrets and database, started if need be."""
    if environ.get("QUORATE_ENV") != Environment.DEMO:
        return {}
    if environ.get("DATABASE_URL") and environ.get("DATABASE_OWNER_URL"):
        return _secrets(environ)
    sleeping = ExitStack()
    atexit.register(sleeping.close)
    return _secrets(environ) | _addresses(environ, sleeping, fresh=False)


def _run(
    create_app: Callable[[Settings], Flask], wishes: Wishes, interruptions: Interruptions, running: ExitStack
) -> None:
    listener = running.enter_context(_listener(wishes.port))
    data = data_folder()
    running.enter_context(_only_demo_of(data))
    environ = dict(os.environ) | {"QUORATE_ENV": Environment.DEMO.value, "QUORATE_DATA": str(data)}
    stop_leftover(data / "postgres")
    environ |= _secrets(environ) | _addresses(environ, running, fresh=wishes.fresh)
    settings = Settings.from_environment(environ)
    configure_logging(settings.environment)
    with interruptions.breaking_in():
        migrate_for(settings)
        app = create_app(settings)
    running.enter_context(_web(app, listener))
    worker = running.enter_context(_Worker(environ))
    with interruptions.breaking_in():
        sign_ins = _make_network(app, wishes.size)
    click.echo(f"Quorate answers on http://{ADDRESS}:{wishes.port} (Ctrl+C stops it)")
    click.echo(f"Its data lies in {data}")
    for line in sign_ins:
        click.echo(line)
    sys.stdout.flush()
    while True:
        worker.mend()
        interruptions.wait(1)


@contextmanager
def _listener(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, port))
        except PermissionError:
            raise CannotStart(
                f"Port {port} needs more rights than you have: choose one above 1023 with --port."
            ) from None
        except OSError:
            raise CannotStart(
                f"Port {port} is taken: choose another with --port {port + 1}, or stop what uses it."
            ) from None
        yield listener


@contextmanager
def _only_demo_of(data: Path) -> Iterator[None]:
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "demo.lock").open("w")
    except OSError as error:
        raise CannotStart(
            f"{data} cannot be written ({error.strerror}): set QUORATE_DATA to another folder."
        ) from None
    with lock:
        if shutil.disk_usage(data).free < ROOM_NEEDED:
            raise CannotStart(
                f"Under {data} less than 300 MB are free: free some, or set QUORATE_DATA elsewhere."
            )
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStart(
                f"A demo already runs on {data}: stop it, or set QUORATE_DATA to another folder."
            ) from None
        yield


def _secrets(environ: Mapping[str, str]) -> dict[str, str]:
    kept = kept_secrets(data_folder(environ))
    return {name: environ.get(name) or secret for name, secret in kept.items()}


def _addresses(environ: Mapping[str, str], running: ExitStack, *, fresh: bool) -> dict[str, str]:
    """Find the demo's database, or start one, and say where owner and app reach it."""
    given = environ.get("DATABASE_URL")
    if given and environ.get("DATABASE_OWNER_URL"):
        addresses = Addresses(plain_url(environ["DATABASE_OWNER_URL"]), plain_url(given))
    elif given:
        addresses = prepare_database(plain_url(given))
    else:
        addresses = prepare_database(_embedded(data_folder(environ), running, fresh=fresh), DATABASE)
    if fresh:
        _empty(addresses.owner_url)
    return {"DATABASE_URL": addresses.app_url, "DATABASE_OWNER_URL": addresses.owner_url}


def _embedded(data: Path, running: ExitStack, *, fresh: bool) -> str:
    if fresh:
        # Also the way out of a database that is broken beyond starting.
        forget_server(data / "postgres")
    return running.enter_context(embedded_server(data / "postgres"))


def _empty(owner_url: str) -> None:
    with connect(owner_url) as owner:
        owner.execute("set lock_timeout = '10s'")
        for schema in ("jobs", "public"):
            owner.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(schema)))
        owner.execute("create schema public")
        # As a new database has it: without this the app's role would find no table in it.
        owner.execute("grant usage on schema public to public")


@contextmanager
def _web(app: Flask, listener: socket.socket) -> Iterator[None]:
    server = create_server(app, sockets=[listener], threads=WEB_THREADS, ident="Quorate")
    threading.Thread(target=server.run, name="web", daemon=True).start()
    try:
        yield
    finally:
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=PATIENCE_SECONDS)


class _Worker:
    """The demo's worker process, started again whenever it dies."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(WORKER_GRACE_SECONDS + PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def mend(self) -> None:
        """Start the worker again where it died."""
        if self._process.poll() is not None:
            click.echo(f"The worker ended ({self._process.returncode}); starting it again.", err=True)
            self._start()

    def _start(self) -> None:
        command = [
            sys.executable,
            "-c",
            "from app import cli; cli()",
            "worker",
            "--grace",
            str(WORKER_GRACE_SECONDS),
        ]
        # In a group of its own: Ctrl+C is for us, and we stop the worker when its turn has come.
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=dict(self._environ), stdin=subprocess.DEVNULL, process_group=0
        )


def _make_network(app: Flask, size: str) -> Sequence[str]:
    demo: DemoNetwork | None = app.extensions.get("demo")
    if demo is None:
        return []
    with app.app_context():
        if not demo.exists():
            click.echo("Making the demo network; this takes a moment.")
            demo.make(size)
        return demo.sign_ins()

"""One migrated template database a run, one clone of it for each worker, emptied after every test."""

import gc
import os
from collections.abc import Iterator
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from psycopg import sql
from werkzeug.test import TestResponse

from app import create_app
from network.plumbing.database import db, enter_network
from network.plumbing.embedded import embedded_server
from network.plumbing.migrating import migrate
from network.plumbing.roles import APP, Addresses, prepare_database
from network.plumbing.settings import Environment, Settings, new_secrets
from tests.mould import empty

pytest_plugins = ["tests.cast", "tests.keys"]
# A machine that is busy with something else is no fault of what is tried.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """Look for rubbish more seldom, and only among what tests make: what was collected stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Give the address of a server on which databases and roles may be made."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # Not in pytest's own folder: as root the server is another user, whom the next pytest shuts out there.
    with TemporaryDirectory(prefix="quorate-") as folder, embedded_server(Path(folder) / "server") as url:
        yield url


@pytest.fixture(scope="session")
def addresses(server: str) -> Iterator[Addresses]:
    """Make and migrate a database of this process's own."""
    name = f"quorate_test_{os.getpid()}"
    addresses = prepare_database(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        # Nothing here has to outlive a power cut, so no commit waits for the disk.
        alter = sql.SQL("alter database {} set synchronous_commit = off")
        connection.execute(alter.format(sql.Identifier(name)))
    migrate(addresses.owner_url, APP)
    yield addresses
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


class Browser(FlaskClient):
    """A client whose requests share only the database with the test, like those of a real browser."""

    def open(self, *args, **kwargs) -> TestResponse:
        # What the test has made is there for the request, and what it looks at afterwards is read afresh.
        db.session.commit()
        return copy_context().run(self._open_apart, *args, **kwargs)

    def _open_apart(self, *args, **kwargs) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def app(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    secrets = new_secrets()
    application = create_app(
        Settings(
            environment=Environment.TEST,
            database_url=addresses.app_url,
            owner_url=addresses.owner_url,
            secret_key=secrets["SECRET_KEY"],
            keys=(secrets["QUORATE_KEYS"],),
            index_key=secrets["QUORATE_INDEX_KEY"],
            data=tmp_path_factory.mktemp("data"),
        )
    )
    application.config["TESTING"] = True
    application.test_client_class = Browser
    # A password hash that is slow on purpose proves nothing a hundred times over.
    application.extensions["security"].pwd_context.update(argon2__rounds=1, argon2__memory_cost=64)
    application.config["WTF_CSRF_ENABLED"] = False
    # One place asks for everything, faster than any practice; a test of the pace sets its own.
    application.config.update(MOST_BY_ACCOUNT=10**9, MOST_BY_PLACE=10**9)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def sweeper(server: str, addresses: Addresses) -> Iterator[psycopg.Connection]:
    """Open a connection for what is laid before a test and swept away after it."""
    name = psycopg.conninfo.conninfo_to_dict(addresses.owner_url)["dbname"]
    with psycopg.connect(server, dbname=name, autocommit=True) as connection:
        # Past all triggers: those that guard a trail, and those that look for every row in all other tables.
        with suppress(psycopg.errors.InsufficientPrivilege):
            connection.execute("set session_replication_role = replica")
        yield connection


@pytest.fixture
def database(app: Flask, sweeper: psycopg.Connection) -> Iterator[None]:
    """Open the application's context on a database that is empty again afterwards."""
    with app.app_context():
        yield
        db.session.remove()
        enter_network(None)
    empty(sweeper)


@pytest.fixture
def client(app: Flask, database: None) -> FlaskClient:
    return app.test_client()

"""The grid bench: serve a network with a filled draft, open its grid and edit it over HTTP as a browser does.

Prints one JSON line: the median milliseconds of the page and of an edit with its breach sentence, by the
clock and of the processor; how many statements the page sends at size s and at size m, a network three times
as large; and how large the page is.
"""

import json
import re
import socket
import sys
import time
import uuid
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select
from waitress.server import create_server

import network.demo
import rota.demo
from app import create_app
from bench.statements import counted
from network import invented
from network.access.rules import SYSTEM, Role
from network.accounts.records import Account, RoleGrant, SignIn
from network.demo import Engaged, Made
from network.people.commands import add_person
from network.people.rules import Details, Terms
from network.plumbing.commands import command
from network.plumbing.database import db, enter_network, today
from network.plumbing.embedded import embedded_server
from network.plumbing.logging import configure_logging
from network.plumbing.migrating import migrate
from network.plumbing.roles import APP, prepare_database
from network.plumbing.settings import Environment, Settings, new_secrets
from network.vocabulary import OrganisationKind
from rota.jobs.tasks import solve
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import open_period
from rota.solver.limits import Limits

# How many invented networks make up one of each size.
SIZES = {"s": 1, "m": 3}
FILLING_SECONDS = 8.0
NOTHING: Mapping[str, str] = {}
ROW = re.compile(r'<tr [^>]*data-member="([^"]+)".*?</tr>', re.S)
CELL = re.compile(r'<td id="c-[0-9a-f]+-(\d{4})(\d\d)(\d\d)-(\w+)"[^>]*? data-seen="([^"]+)"')
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass(frozen=True)
class Draft:
    """A filled draft, and who edits it under which sign-in."""

    version_id: uuid.UUID
    account: str
    sign_in: uuid.UUID

    @property
    def path(self) -> str:
        return f"/rota/versions/{self.version_id}/"


def main(arguments: list[str]) -> None:
    """Measure as the arguments say."""
    parser = ArgumentParser(prog="bench grid", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="s")
    parser.add_argument(
        "--times", type=int, default=20, help="how often the page is opened, and a cell edited"
    )
    options = parser.parse_args(arguments)
    configure_logging(Environment.TEST)
    with ExitStack() as running:
        app = running.enter_context(an_app())
        drafts = {size: copy_context().run(make, app, size) for size in SIZES}
        port = running.enter_context(served(app))
        browsers = {size: Browser(app, port, draft) for size, draft in drafts.items()}
        line = measure(browsers[options.size], options.times)
        line |= {f"queries_{size}": browser.queries() for size, browser in browsers.items()}
    sys.stdout.write(json.dumps(line) + "\n")


@contextmanager
def an_app() -> Iterator[Flask]:
    """Make the application on an empty database of its own."""
    with (
        TemporaryDirectory(prefix="quorate-bench-") as folder,
        embedded_server(Path(folder) / "server") as url,
    ):
        addresses = prepare_database(url, "quorate_bench")
        migrate(addresses.owner_url, APP)
        secrets = new_secrets()
        app = create_app(
            Settings(
                environment=Environment.TEST,
                database_url=addresses.app_url,
                owner_url=addresses.owner_url,
                secret_key=secrets["SECRET_KEY"],
                keys=(secrets["QUORATE_KEYS"],),
                index_key=secrets["QUORATE_INDEX_KEY"],
                data=Path(folder) / "data",
            )
        )
        yield app
        with app.app_context():
            db.engine.dispose()


# What is measured: a filled draft


def make(app: Flask, size: str) -> Draft:
    """Make a network of a size with a draft that is filled."""
    with app.app_context():
        made = make_network(SYSTEM, size)
        version_id = open_period(SYSTEM, rota.demo.monday(), rota.demo.WEEKS)
        job_id = ask_to_fill(SYSTEM, version_id, Limits(seconds=FILLING_SECONDS * SIZES[size]))
        solve(made.network_id, job_id=job_id)
        enter_network(made.network_id)
        account = db.session.scalars(
            select(Account)
            .join(Account.grants)
            .where(RoleGrant.network_id == made.network_id, RoleGrant.role == Role.WORKFORCE_MANAGER)
        ).one()
        signed_in = SignIn(account_id=account.id)
        db.session.add(signed_in)
        db.session.commit()
        return Draft(version_id, account.fs_uniquifier, signed_in.id)


@command
def make_network(actor: Any, size: str) -> Made:
    """Make one network out of as many invented ones as the size asks for."""
    plans = invented.networks("m")[: SIZES[size]]
    practices = tuple(practice for plan in plans for practice in plan.practices)
    made = network.demo.make(replace(plans[-1], practices=practices), number=0)
    more = [
        engage(made, person, number) for number in range(1, len(plans)) for person in invented.people(number)
    ]
    made = replace(made, people=(*made.people, *more))
    rota.demo.make(made)
    return made


def engage(made: Made, person: invented.Invented, number: int) -> Engaged:
    """Give somebody of another invented network a post in this one."""
    post = person.post
    if post.practice is not None:
        post = replace(post, practice=post.practice + number * len(invented.LISTS))
    employers = {**made.partners, OrganisationKind.NETWORK: made.network_id}
    employer_id = employers[post.employer] if post.practice is None else made.practices[post.practice]
    length = network.demo.session_minutes(post)
    terms = Terms(
        weekly_minutes=post.sessions * length,
        session_minutes=length,
        employer_id=employer_id,
        role=post.role,
        contract=post.contract,
        starts_on=today() - timedelta(weeks=40),
    )
    added = add_person(SYSTEM, Details(person.given_name, person.family_name, person.title), terms)
    return Engaged(replace(person, post=post), added.person_id, added.engagement_id, employer_id)


# How it is measured


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """Serve the application on a port of its own, as the demo does."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, sockets=[listener], threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.close()
        thread.join(5)


class Browser:
    """Somebody signed in who opens a draft's grid and edits it."""

    def __init__(self, app: Flask, port: int, draft: Draft) -> None:
        self.draft, self.server = draft, HTTPConnection("127.0.0.1", port)
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(
                _user_id=draft.account, _fresh=True, fs_paa=time.time(), sign_in=str(draft.sign_in)
            )
        cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        self.headers = {"Cookie": f"{cookie.key}={cookie.value}"}

    def page(self) -> str:
        """Open the grid."""
        return self._ask("GET", self.draft.path)

    def edit(self, change: dict[str, str], token: str) -> str:
        """Change a cell."""
        headers = {"X-CSRFToken": token, "HX-Request": "true"}
        return self._ask(
            "POST", f"{self.draft.path}edit", urlencode({"changes": json.dumps([change])}), headers
        )

    def queries(self) -> int:
        """Count the statements of the page, once what it remembers is remembered."""
        self.page()
        # Now and then a page also notes that somebody is still there: the least is what the grid itself asks.
        return min(self._sent() for _ in range(4))

    def _sent(self) -> int:
        with counted() as sent:
            self.page()
        return len(sent)

    def _ask(self, method: str, path: str, body: str = "", headers: Mapping[str, str] = NOTHING) -> str:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.server.request(method, path, body or None, {**self.headers, **form, **headers})
        answer = self.server.getresponse()
        text = answer.read().decode()
        if cookie := answer.getheader("Set-Cookie"):
            self.headers["Cookie"] = cookie.split(";")[0]
        if answer.status != 200:
            sys.exit(f"{method} {path} answered {answer.status}: {text[:200]}")
        return text


def measure(browser: Browser, times: int) -> dict[str, object]:
    """Time the page, and edits of as many cells one after the other."""
    html = browser.page()
    token = TOKEN.search(html)
    assert token is not None
    pages = [milliseconds(browser.page) for _ in range(times)]
    texts = ("REM", "", "HUB")
    changes = [
        {**cell, "to": texts[number % 3]} for number, cell in enumerate(cells_in(html)[::7][: times + 2])
    ]
    edits = [milliseconds(browser.edit, change, token.group(1)) for change in changes]
    return {
        "page_ms_p50": middle(pages, 0),
        # The first edits pay for what is remembered afterwards.
        "edit_ms_p50": middle(edits[2:], 0),
        "page_cpu_ms_p50": middle(pages, 1),
        "edit_cpu_ms_p50": middle(edits[2:], 1),
        "html_kib": round(len(html.encode()) / 1024, 1),
    }


def cells_in(html: str) -> list[dict[str, str]]:
    """Find the cells in which somebody works, with the marks by which later changes are noticed."""
    return [
        {"member": row.group(1), "day": f"{year}-{month}-{day}", "kind": kind, "seen": seen}
        for row in ROW.finditer(html)
        for year, month, day, kind, seen in CELL.findall(row.group())
    ]


def milliseconds(deed: Callable[..., object], *about: object) -> tuple[float, float]:
    """Time a deed by the clock, and by what it took of the processor: on a busy machine that says more."""
    start, worked = time.perf_counter(), time.process_time()
    deed(*about)
    return 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - worked)


def middle(times: Sequence[tuple[float, float]], which: int) -> float:
    return round(median(each[which] for each in times), 1)

"""Nothing of a patient stands where others look: addresses, titles, logs, letters, jobs, the trail."""

import logging
import re
import sys
from collections.abc import Callable, Iterator

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from mdt.patients.records import Patient
from network.access.rules import Role
from network.plumbing.database import db, in_network
from network.plumbing.logging import configure_logging
from network.plumbing.mail import Letter, post
from network.plumbing.rate_limits import limiter
from network.plumbing.roles import Addresses
from network.plumbing.settings import Environment, Settings
from tests.cast import Cast, client_for
from tests.mdt.everything import SECRETS, make_everything
from tests.security.asked import Form, Page
from tests.security.furnished import Furnished, Target, furnish
from tests.security.rewinding import rewinding
from tests.workers import a_worker, wait_for

NAME = "Quincunx"
# What is typed into every question, so that it can be found wherever it turns up.
TYPED = "Zyzzogeton"
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
KEPT = {
    "a job": "select args::text from jobs.procrastinate_jobs",
    "the trail": "select details::text || about_kind || verb from audit_entry",
    "the tries": "select key from tries",
}


@pytest.fixture
def log() -> Iterator[Callable[[], None]]:
    """Log as in production, with everything that any library says, from when it is asked for."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def begin() -> None:
        structlog.reset_defaults()
        configure_logging(Environment.PRODUCTION)
        root.setLevel(logging.DEBUG)

    yield begin
    logging.raiseExceptions = True
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def secrets_of(cast: Cast) -> set[str]:
    """Give what stands nowhere but with patients: their names, numbers, and what was said of one of them."""
    with in_network(cast.network.id):
        people = db.session.scalars(select(Patient)).all()
    numbers = {each.nhs_number for each in people if each.nhs_number}
    spaced = {f"{each[:3]} {each[3:6]} {each[6:]}" for each in numbers}
    return {*SECRETS, *numbers, *spaced, *(each.family_name for each in people), TYPED}


def told_by(answer, secrets: set[str]) -> Iterator[tuple[str, str]]:
    """Give what an answer says where others keep it: headers, title, addresses; all of an error page."""
    told = {"a header": str(answer.headers)}
    if answer.mimetype == "text/html":
        told["a title"] = " ".join(TITLE.findall(answer.text))
        told["an address"] = " ".join(Page(answer.text, "").addresses)
        if answer.status_code >= 400 and answer.status_code != 422:
            told["an error page"] = answer.text
    yield from found_in(told, secrets)


def found_in(told: dict[str, str], secrets: set[str]) -> Iterator[tuple[str, str]]:
    for where, said in told.items():
        lower = said.lower()
        yield from ((where, secret) for secret in secrets if secret.lower() in lower)


def kept_now(network_id) -> dict[str, str]:
    """Give what waits or stays in the database for others than those who look after somebody."""
    with in_network(network_id):
        letters = db.session.scalars(select(Letter)).all()
        kept = {where: " ".join(db.session.scalars(text(query))) for where, query in KEPT.items()}
    return kept | {"a letter": " ".join(f"{each.subject} {each.body}" for each in letters)}


def typed_into(form: Form) -> dict[str, list[str]]:
    """Answer a form, with a word of its own wherever text is asked for."""
    answers = {name: values for name, values in form.answers.items() if name != "csrf_token"}
    words = [each.name for each in form.fields.values() if each.kind in {"text", "textarea", "search"}]
    return answers | {name: [TYPED] for name in words}


def sent(here: Furnished, target: Target):
    if target.endpoint.startswith("run."):
        document = dict.fromkeys(("words", "reason", "text", "name", "deputy"), TYPED)
        return here.clients[target.viewer].post(target.form.action, json=document)
    return here.clients[target.viewer].post(target.form.action, data=typed_into(target.form))


def test_no_page_address_log_letter_job_or_trail_tells_of_anybody(
    app: Flask, cast: Cast, addresses: Addresses, monkeypatch, log, capsys: pytest.CaptureFixture[str]
) -> None:
    log()
    make_everything(cast)
    here = furnish(app, cast)
    secrets, leaks, letters = secrets_of(cast), set(), 0
    monkeypatch.setattr(limiter, "enabled", False)
    with rewinding(addresses.app_url, monkeypatch) as back:
        for rule in here.rules("GET"):
            answer = here.clients[here.viewer(rule)].get(here.address(rule))
            leaks |= {(rule.rule, *leak) for leak in told_by(answer, secrets)}
        targets = [
            each for each in here.targets() if app.view_functions[each.endpoint].__module__[:3] == "mdt"
        ]
        back.wind_back()
        for target in targets:
            answer = sent(here, target)
            kept = kept_now(cast.network.id)
            letters += len(kept["a letter"]) > 0
            told = [*told_by(answer, secrets), *found_in(kept, secrets)]
            leaks |= {(target.endpoint, *leak) for leak in told}
            db.session.remove()
            back.wind_back()
    logged = capsys.readouterr().err
    leaks |= {("the log", *leak) for leak in found_in({"": logged}, secrets)}
    assert not leaks
    assert len(targets) > 80
    assert letters > 5
    assert logged.count("answered") > 200


def failing(error: Exception):
    def view(*_: object, **__: object) -> str:
        raise error

    return view


def asking_the_database(*_: object, **__: object) -> str:
    db.session.execute(text("select cast(:name as integer)"), {"name": NAME})
    return ""


@pytest.mark.parametrize("view", [failing(LookupError(f"no patient {NAME}")), asking_the_database])
def test_a_page_that_fails_tells_nobody_about_whom(
    app: Flask, cast: Cast, monkeypatch, log, capsys: pytest.CaptureFixture[str], view
) -> None:
    client: FlaskClient = client_for(cast, Role.STAFF)
    log()
    monkeypatch.setitem(app.view_functions, "today.show", view)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    for headers in ({}, {"HX-Request": "true"}, {"Accept": "application/json"}):
        answer = client.get("/", headers=headers)
        assert answer.status_code == 500
        assert "Your last step may not have been saved" in answer.text
        assert NAME not in answer.text + str(answer.headers)
    logged = capsys.readouterr().err
    assert NAME not in logged
    assert logged.count("LookupError at") + logged.count("DataError at") == 3


def test_an_error_of_the_database_says_what_was_asked_and_never_with_what(app: Flask, database: None) -> None:
    with pytest.raises(DBAPIError) as error:
        db.session.execute(text("select * from nothing_here where name = :name"), {"name": NAME})
    assert NAME not in str(error.value)
    assert NAME not in repr(error.value)


def test_a_task_that_fails_tells_nobody_about_whom(
    app: Flask, cast: Cast, monkeypatch, capfd: pytest.CaptureFixture[str]
) -> None:
    settings: Settings = app.extensions["settings"]
    monkeypatch.setenv("QUORATE_KEYS", ",".join(settings.keys))
    monkeypatch.setenv("QUORATE_INDEX_KEY", settings.index_key)
    # No header may hold a line break: the error that says so quotes what it found.
    post("somebody@example.org", f"About\n{NAME}", f"Dear {NAME}")
    db.session.commit()
    failed = text("select count(*) from jobs.procrastinate_jobs where status = 'failed'")

    def has_failed() -> bool:
        db.session.rollback()
        return db.session.scalar(failed) == 1

    with a_worker(app):
        wait_for(has_failed)
    sys.stderr.flush()
    logged = capfd.readouterr().err
    assert NAME not in logged
    assert "ValueError at" in logged

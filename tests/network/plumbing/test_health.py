import dataclasses

import pytest
from sqlalchemy import text

from app import create_app
from network.plumbing.database import db


@pytest.fixture
def no_worker(database):
    yield
    db.session.rollback()
    db.session.execute(text("delete from jobs.procrastinate_workers"))
    db.session.commit()


def test_pages_that_answer_say_so(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_without_a_worker_we_are_not_ready(client, no_worker):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["missing"]) == (503, ["worker"])


def test_a_worker_that_fell_silent_does_not_count(client, no_worker):
    register_worker("now() - interval '1 minute'")
    assert client.get("/readyz").status_code == 503


def test_with_database_and_worker_we_are_ready(client, no_worker):
    register_worker("now()")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "missing": []})


def test_without_a_database_pages_answer_but_we_are_not_ready(app):
    unreachable = "postgresql://nobody@127.0.0.1:1/nothing"
    settings = dataclasses.replace(app.extensions["settings"], database_url=unreachable)
    client = create_app(settings).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json["missing"] == ["database", "worker"]


def register_worker(heartbeat):
    db.session.execute(text(f"insert into jobs.procrastinate_workers (last_heartbeat) values ({heartbeat})"))
    db.session.commit()

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.records import Account
from network.plumbing.database import db
from network.plumbing.rate_limits import Tries, place
from tests.cast import Cast, client_for
from tests.network.signin.conftest import PASSWORD, enter, verbs
from tests.network.signin.test_door import told_by

MOST = 10


@pytest.mark.parametrize("exists", [True, False])
def test_a_name_is_locked_after_ten_tries_whether_anybody_has_it_or_not(
    client: FlaskClient, manager: Account, exists: bool
) -> None:
    email = manager.email if exists else "nobody@example.org"
    answers = [enter(client, email, "wrong password here").status_code for _ in range(MOST + 1)]
    assert answers == [422] * MOST + [429]
    locked = enter(client, email)
    assert (locked.status_code, "Too many tries" in locked.text, email in locked.text) == (429, True, False)
    assert enter(client, f" {email.upper()}").status_code == 429


def test_nobody_is_locked_out_from_afar(client: FlaskClient, manager: Account) -> None:
    for _ in range(MOST + 1):
        enter(client, manager.email, "wrong password here")
    assert enter_from(client, "192.0.2.7", manager.email).status_code == 302


def test_many_places_together_may_try_a_name_fifty_times(client: FlaskClient, manager: Account) -> None:
    for number in range(50):
        enter_from(client, f"192.0.2.{number // 10}", manager.email, "wrong password here")
    assert enter_from(client, "192.0.2.77", manager.email).status_code == 429


def enter_from(client: FlaskClient, place: str, email: str, password: str = PASSWORD):
    data = {"email": email, "password": password}
    return client.post("/sign-in", data=data, environ_base={"REMOTE_ADDR": place})


@pytest.mark.parametrize(
    ("given", "place_told"),
    [
        ("192.0.2.7", "192.0.2.7"),
        # A port is another for every try, and some proxies tell it.
        ("192.0.2.7:50123", "192.0.2.7"),
        ("[2001:db8::7]:50123", "2001:db8::/64"),
        ("2001:db8::7", "2001:db8::/64"),
        # All the old addresses lie in one street of the new ones.
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("somewhere", "somewhere"),
    ],
)
def test_a_place_is_an_address_or_a_street_however_it_is_told(
    app: Flask, given: str, place_told: str
) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": given}):
        assert place() == place_told


def test_whoever_tries_numbers_in_the_trail_is_counted(cast: Cast) -> None:
    lead = client_for(cast, Role.GOVERNANCE_LEAD)
    assert lead.post("/audit/about", data={"words": "999 000 0018"}).status_code == 303
    assert [row.number for row in db.session.scalars(select(Tries))] == [1]


def test_others_still_get_in(client: FlaskClient, manager: Account) -> None:
    for _ in range(MOST + 1):
        enter(client, "nobody@example.org", "wrong password here")
    assert enter(client, manager.email).status_code == 302


def test_the_count_is_in_the_database_and_names_nobody(client: FlaskClient, manager: Account) -> None:
    enter(client, manager.email, "wrong password here")
    tries = list(db.session.scalars(select(Tries)))
    assert [row.number for row in tries] == [1, 1, 1]
    assert not [row.key for row in tries if manager.email in row.key or "127.0.0.1" in row.key]


def test_a_place_may_fail_sixty_times(client: FlaskClient, manager: Account) -> None:
    for number in range(60):
        enter(client, f"somebody{number}@example.org", "wrong")
    assert enter(client, manager.email).status_code == 429
    assert enter_from(client, "192.0.2.7", manager.email).status_code == 302


def test_success_does_not_count_against_a_place(client: FlaskClient, manager: Account) -> None:
    enter(client, manager.email)
    assert len(list(db.session.scalars(select(Tries)))) == 2


def test_the_count_is_forgotten_in_time(client: FlaskClient, manager: Account) -> None:
    for _ in range(MOST + 1):
        enter(client, manager.email, "wrong password here")
    for row in db.session.scalars(select(Tries)):
        row.expires_at -= 901
    assert enter(client, manager.email).status_code == 302


def test_looking_at_the_door_does_not_count(client: FlaskClient, database: None) -> None:
    for _ in range(70):
        assert client.get("/sign-in").status_code == 200


@pytest.fixture
def slow_hashes(app: Flask) -> Iterator[None]:
    """Let a hash cost what it costs in earnest, so that one left out would show."""
    context = app.extensions["security"].pwd_context
    before = context.to_dict()
    context.update(argon2__rounds=6, argon2__memory_cost=16 * 1024)
    yield
    context.load(before)


def test_a_refusal_costs_the_same_and_says_the_same_whoever_is_refused(
    client: FlaskClient, cast: Cast, manager: Account, slow_hashes: None
) -> None:
    manager.password = hash_password(PASSWORD)
    shut, bare = cast.accounts[Role.CHAIR], cast.accounts[Role.STAFF]
    shut.password, shut.active = hash_password(PASSWORD), False
    db.session.commit()
    refused = {
        "wrong": manager.email,
        "unknown": "nobody@example.org",
        "shut": shut.email,
        "bare": bare.email,
    }
    costs, pages = {}, set()
    # The first of all makes the page itself ready.
    enter(client, "first@example.org", "wrong password here")
    for kind, email in refused.items():
        password = PASSWORD if kind == "shut" else "wrong password here"
        begun = time.process_time()
        answer = enter(client, email, password)
        costs[kind] = time.process_time() - begun
        pages.add((answer.status_code, told_by(answer).replace(email, "the address")))
    assert len(pages) == 1
    assert max(costs.values()) < 2 * min(costs.values()), costs
    kept = [*verbs(), *verbs(cast.network.id)]
    assert kept == ["refuse_sign_in"] * (len(refused) + 1)

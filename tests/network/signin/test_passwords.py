from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from flask_security.utils import hash_password

from network.access.rules import Role
from network.accounts.commands import open_account
from network.accounts.records import Account
from network.plumbing.database import now
from network.plumbing.refusals import Invalid
from tests.cast import Cast, client_for, sign_in
from tests.markup import faults_of
from tests.network.signin.conftest import PASSWORD, enter, letters, link_in, verbs

NEW = "four quite different words"


def ask_for_link(client: FlaskClient, email: str):
    return client.post("/forgotten-password", data={"email": email}, follow_redirects=True)


def test_a_link_in_a_letter_sets_a_new_password(client: FlaskClient, cast: Cast, manager: Account) -> None:
    before = sign_in(client.application.test_client(), manager)
    ask_for_link(client, manager.email)
    [letter] = letters()
    assert letter.recipient == manager.email
    page = client.get(link_in(letter))
    assert "Set a new password" in page.text
    assert not faults_of(page.text.replace("<form", "<form data-tried"))[1:]
    answer = client.post(link_in(letter), data={"password": NEW, "password_confirm": NEW})
    assert answer.location == "/sign-in"
    assert enter(client, manager.email).status_code == 422
    assert enter(client, manager.email, NEW).status_code == 302
    assert before.get("/account").status_code == 303
    assert verbs(cast.network.id)[:2] == ["ask_for_new_password", "reset_password"]
    assert letters()[-1].subject == "Your Quorate password was reset"


def test_the_link_works_once(client: FlaskClient, manager: Account) -> None:
    ask_for_link(client, manager.email)
    link = link_in(letters()[0])
    client.post(link, data={"password": NEW, "password_confirm": NEW})
    assert client.get(link).location == "/forgotten-password"
    assert (
        client.post(link, data={"password": PASSWORD, "password_confirm": PASSWORD}).location
        == "/forgotten-password"
    )
    assert enter(client, manager.email, NEW).status_code == 302


def test_the_link_gets_too_old(client: FlaskClient, manager: Account) -> None:
    ask_for_link(client, manager.email)
    link = link_in(letters()[0])
    with time_machine.travel(now() + timedelta(hours=2, minutes=1)):
        assert client.get(link).location == "/forgotten-password"


def test_the_answer_does_not_tell_whether_there_is_an_account(client: FlaskClient, manager: Account) -> None:
    known, unknown = ask_for_link(client, manager.email), ask_for_link(client, "nobody@example.org")
    assert known.status_code == unknown.status_code == 200
    for page in (known, unknown):
        assert "a link is on its way to it" in page.text
    assert len(letters()) == 1


def test_links_cannot_be_asked_for_without_end(client: FlaskClient, manager: Account) -> None:
    answers = [
        client.post("/forgotten-password", data={"email": manager.email}).status_code for _ in range(6)
    ]
    assert answers[-1] == 429
    assert len(letters()) == 5


def test_the_host_of_a_request_is_not_what_links_begin_with(
    app, client: FlaskClient, manager: Account, monkeypatch
) -> None:
    settings = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", replaced(settings, address="https://quorate.example.org"))
    client.post("/forgotten-password", data={"email": manager.email}, headers={"Host": "evil.example"})
    assert "https://quorate.example.org/forgotten-password/" in letters()[0].body
    assert "evil" not in letters()[0].body


def replaced(settings, **changes):
    from dataclasses import replace

    return replace(settings, **changes)


@pytest.mark.parametrize("password", ["short", "elevenchars", ""])
def test_a_short_password_is_refused(cast: Cast, password: str) -> None:
    with pytest.raises(Invalid, match="12 characters"):
        open_account(cast[Role.ADMINISTRATOR], "new@example.org", password)
    with pytest.raises(Invalid, match="at most 4,000 characters"):
        open_account(cast[Role.ADMINISTRATOR], "new@example.org", password + "x" * 5000)


def test_passwords_are_hashed_with_argon2(cast: Cast) -> None:
    assert hash_password(NEW).startswith("$argon2id$")


def test_changing_a_password_signs_others_out_and_oneself_not(
    client: FlaskClient, cast: Cast, manager: Account
) -> None:
    enter(client, manager.email)
    other = sign_in(client.application.test_client(), manager)
    answer = client.post(
        "/account/password", data={"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    )
    assert answer.location == "/account"
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert "change_password" in verbs(cast.network.id)


@pytest.mark.parametrize(
    ("password", "new", "again"),
    [
        ("wrong words in here", NEW, NEW),
        (PASSWORD, NEW, "another one altogether"),
        (PASSWORD, "short", "short"),
        (PASSWORD, PASSWORD, PASSWORD),
        ("x" * 12_000, NEW, NEW),
        (PASSWORD, "x" * 12_000, "x" * 12_000),
    ],
)
def test_a_password_that_cannot_be_is_not_changed(
    client: FlaskClient, manager: Account, password: str, new: str, again: str
) -> None:
    enter(client, manager.email)
    answer = client.post(
        "/account/password", data={"password": password, "new_password": new, "new_password_confirm": again}
    )
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_an_account_without_a_password_cannot_be_entered_by_one(client: FlaskClient, cast: Cast) -> None:
    assert cast.accounts[Role.STAFF].password is None
    for password in ("", "None", "null"):
        assert enter(client, cast.accounts[Role.STAFF].email, password).status_code == 422


def test_ones_own_page_shows_how_one_signs_in(cast: Cast) -> None:
    page = client_for(cast, Role.CLINICIAN).get("/account").text
    assert "Authenticator app" in page
    assert cast.accounts[Role.CLINICIAN].email in page

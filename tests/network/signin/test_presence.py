"""Being there: what counts as it, where one is signed in, and what a sign-in takes over from before."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.records import Account, SignIn
from network.plumbing.database import db, now
from network.signin.rules import browser_of
from tests.cast import Cast, client_for
from tests.network.signin.conftest import PASSWORD, enter
from tests.statements import counted

TEMPLATES = Path(__file__).parents[3] / "templates"
POLLED = re.compile(r"""hx-get="{{ url_for\('([\w.]+)'[^>]*hx-trigger="every""")
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def long_ago() -> None:
    for row in db.session.scalars(select(SignIn)):
        row.last_seen_at = now() - timedelta(minutes=20)


def seen() -> timedelta:
    return now() - db.session.scalars(select(SignIn)).one().last_seen_at


def test_asking_how_much_is_left_is_not_being_there_and_saying_so_is(cast: Cast) -> None:
    client = client_for(cast, Role.STAFF)
    long_ago()
    left = client.get("/account/left").json
    assert 9 * 60 < left["seconds"] <= 10 * 60
    assert left["may_stay"] is True
    assert left["keeper"] in client.get("/sign-in/help").text
    long_ago()
    client.get("/account/left")
    assert seen() > timedelta(minutes=19)
    assert client.post("/account/stay").status_code == 204
    assert seen() < timedelta(minutes=1)


def test_what_a_browser_asks_by_itself_is_not_being_there(app: Flask, cast: Cast) -> None:
    polled = {name for file in TEMPLATES.rglob("*.html") for name in POLLED.findall(file.read_text())}
    pulses = {name for name in app.view_functions if name.endswith(".pulse")}
    assert len(polled) > 1
    assert len(pulses) > 1
    assert not [
        name for name in polled | pulses if not getattr(app.view_functions[name], "is_unattended", False)
    ]
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    long_ago()
    client.get("/rota/jobs/00000000-0000-0000-0000-000000000000/progress")
    assert seen() > timedelta(minutes=19)


def test_ones_own_sign_ins_are_listed_and_ended_one_by_one(
    client: FlaskClient, cast: Cast, manager: Account
) -> None:
    enter(client, manager.email)
    other = client.application.test_client()
    other.post(
        "/sign-in", data={"email": manager.email, "password": PASSWORD}, headers={"User-Agent": CHROME}
    )
    page = client.get("/account").text
    assert "Chrome on Windows" in page
    assert page.count("Sign it out") == 1
    theirs = re.search(r"/account/sign-ins/([0-9a-f-]+)/end", page).group(1)
    assert client_for(cast, Role.STAFF).post(f"/account/sign-ins/{theirs}/end").status_code == 404
    assert other.get("/account").status_code == 200
    assert client.post(f"/account/sign-ins/{theirs}/end").location == "/account"
    assert "signed out from another browser" in other.get("/account", follow_redirects=True).text
    assert other.get("/account").status_code == 303
    assert "Chrome on Windows" not in client.get("/account").text


def test_a_new_password_ends_all_other_sign_ins_and_their_rows(client: FlaskClient, manager: Account) -> None:
    enter(client, manager.email)
    other = client.application.test_client()
    enter(other, manager.email)
    new = "four quite different words"
    client.post(
        "/account/password", data={"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    )
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert len([row for row in db.session.scalars(select(SignIn)) if row.ended_at is None]) == 1


def test_a_sign_in_takes_nothing_over_from_whoever_prepared_the_browser(
    client: FlaskClient, manager: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf-token" content="([^"]+)"', page).group(1)
    before = client.get_cookie("quorate").value
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    enter(client, manager.email)
    with client.session_transaction() as session:
        assert "planted" not in session
        ids = session["sign_in"]
    monkeypatch.setitem(client.application.config, "WTF_CSRF_ENABLED", True)
    # The form token of before the sign-in is known to whoever saw the page then.
    assert client.post("/account/stay", data={"csrf_token": token}).status_code == 400
    copy = client.application.test_client()
    copy.set_cookie("quorate", before)
    assert copy.get("/account").status_code == 303
    monkeypatch.setitem(client.application.config, "WTF_CSRF_ENABLED", False)
    enter(copy, manager.email)
    with copy.session_transaction() as session:
        assert session["sign_in"] != ids


def test_after_the_end_a_form_leads_back_to_the_page_it_was_on_and_never_elsewhere(cast: Cast) -> None:
    client = client_for(cast, Role.STAFF)
    for before, led_to in (
        ("http://localhost/account/email?x=1", "/sign-in?next=/account/email?x%3D1"),
        ("https://evil.example/account", "/sign-in"),
        ("http://localhost.evil.example/account", "/sign-in"),
        ("", "/sign-in"),
    ):
        client.delete_cookie("quorate")
        assert client.post("/account/stay", headers={"Referer": before}).location == led_to


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8", "A browser"),
        ("", "A browser"),
        ("<script>" * 40, "A browser"),
    ],
)
def test_a_browser_is_known_by_its_name_and_system(said: str, name: str) -> None:
    assert browser_of(said) == name


def test_what_somebody_may_do_is_looked_up_once_a_page(cast: Cast) -> None:
    client = client_for(cast, Role.STAFF)
    with counted() as sent:
        # This page asks too whether a second factor is needed.
        assert client.get("/account").status_code == 200
    assert sum("FROM role_grant" in statement for statement in sent) == 1

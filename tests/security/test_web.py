"""What every answer carries, and what is refused before anything reads it: size, depth, pace, other hosts."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app import create_app
from network.access.rules import Role
from network.plumbing.arriving import LARGEST_BODY, LARGEST_TEXT, LARGEST_UPLOAD, MOST_FIELDS
from network.plumbing.database import db
from network.plumbing.pace import Pace
from network.plumbing.rate_limits import Tries
from network.plumbing.settings import Environment
from tests.cast import Cast, client_for
from tests.network.signin.conftest import enter, hashed, manager  # noqa: F401
from tests.security.fuzzing import has_sentence, leads_away
from tests.security.nasty import ELSEWHERE
from tests.test_every_page import rules, somewhere

OURS = "https://quorate.example.org"
# What a browser keeps of us, and for which pages: the sign-in, and the pass to a person's own page.
COOKIES = {"quorate": "/", "own_page": "/own"}
TOO_MUCH = "Shorten the text or choose a smaller file"


@pytest.fixture
def production(app: Flask, cast: Cast) -> Iterator[Flask]:
    settings = replace(app.extensions["settings"], environment=Environment.PRODUCTION, address=OURS)
    made = create_app(settings)
    yield made
    with made.app_context():
        db.engine.dispose()


def test_a_form_is_as_large_as_its_page_takes_and_no_larger(app: Flask, cast: Cast) -> None:
    client = client_for(cast, Role.WORKFORCE_MANAGER)

    def sent(address: str, size: int, browser: FlaskClient = client, **more: str) -> tuple[int, bool]:
        answer = browser.post(address, data={"words": "x" * size} | more)
        return answer.status_code, TOO_MUCH in answer.text

    assert sent("/sign-in", LARGEST_BODY, app.test_client()) == (413, True)
    assert sent("/staff/add", LARGEST_BODY // 2) == (422, False)
    assert sent("/staff/add", LARGEST_BODY) == (413, True)
    referring = client_for(cast, Role.CLINICIAN)
    assert sent("/referrals/new", LARGEST_BODY, referring) == (200, False)
    assert sent("/referrals/new", LARGEST_TEXT, referring) == (413, True)
    for size, status in ((LARGEST_UPLOAD // 2, 422), (LARGEST_UPLOAD, 413)):
        workbook = (io.BytesIO(b"x" * size), "staff.xlsx")
        answer = client.post("/import", data={"workbook": workbook})
        assert (answer.status_code, has_sentence(answer)) == (status, True)
    # Who does not say how much is coming is read no further than that either.
    endless = client.post(
        "/staff/add",
        input_stream=io.BytesIO(b"words=" + b"x" * LARGEST_BODY),
        environ_base={"wsgi.input_terminated": True},
        content_type="application/x-www-form-urlencoded",
    )
    assert endless.status_code == 413


def test_a_form_has_no_more_fields_than_any_page_asks(app: Flask, cast: Cast) -> None:
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    for many in ({f"f{number}": "x" for number in range(MOST_FIELDS + 1)}, {"f": ["x"] * (MOST_FIELDS + 1)}):
        assert client.post("/staff/add", data=many).status_code == 413
        assert client.post("/staff/add", data=many, content_type="multipart/form-data").status_code == 413


def test_json_that_no_page_sends_is_answered_with_a_sentence(cast: Cast) -> None:
    client = client_for(cast, Role.CARE_COORDINATOR)
    room = "/meetings/00000000-0000-0000-0000-000000000007/run/attendances"
    for text in ("[" * 60_000, '{"name": NaN}', "{", json.dumps({"name": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]})):
        answer = client.post(room, data=text, content_type="application/json")
        assert answer.status_code in {404, 422}
        assert has_sentence(answer)


def test_an_account_and_a_place_are_held_to_a_pace(app: Flask, cast: Cast, monkeypatch) -> None:
    client, other = client_for(cast, Role.STAFF), client_for(cast, Role.TRAINEE)
    monkeypatch.setitem(app.extensions, "pace", Pace())
    monkeypatch.setitem(app.config, "MOST_BY_ACCOUNT", 3)
    answers = [client.get("/account") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 61
    assert "Wait a minute, then try again." in answers[3].text
    assert other.get("/account").status_code == 200
    monkeypatch.setitem(app.config, "MOST_BY_PLACE", 6)
    assert [other.get("/account").status_code for _ in range(2)] == [200, 429]
    elsewhere = {"REMOTE_ADDR": "192.0.2.9"}
    assert app.test_client().get("/sign-in", environ_base=elsewhere).status_code == 200
    assert app.test_client().get("/healthz").status_code == 200


def test_a_pace_counts_a_minute_and_begins_anew() -> None:
    pace = Pace()
    assert [pace.wait_after("one", 2, 60.0) for _ in range(3)] == [0, 0, 61]
    assert pace.wait_after("other", 2, 90.0) == 0
    assert pace.wait_after("one", 2, 110.5) == 10
    assert pace.wait_after("one", 2, 120.0) == 0


def test_a_street_of_the_new_addresses_is_one_place(app: Flask, client: FlaskClient, monkeypatch) -> None:
    monkeypatch.setitem(app.extensions, "pace", Pace())
    monkeypatch.setitem(app.config, "MOST_BY_PLACE", 2)
    statuses = [
        client.get("/sign-in", environ_base={"REMOTE_ADDR": place}).status_code
        for place in ("2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:9:9:9:9", "2001:db8:0:2::1")
    ]
    assert statuses == [200, 200, 429, 200]


@pytest.mark.parametrize(
    ("role", "method", "address", "most"),
    [
        (Role.CARE_COORDINATOR, "POST", "/cases/find", 120),
        (Role.CLINICIAN, "POST", "/referrals/who", 300),
        (Role.CARE_COORDINATOR, "POST", "/patients/new/who", 300),
        (Role.WORKFORCE_MANAGER, "GET", "/import/content.xlsx", 60),
        (Role.PRACTICE_MANAGER, "POST", "/funding/workbook", 60),
    ],
)
def test_searches_and_exports_are_counted_for_all_processes(
    cast: Cast, role: Role, method: str, address: str, most: int
) -> None:
    client = client_for(cast, role)
    assert client.open(address, method=method).status_code < 400
    db.session.execute(update(Tries).values(number=most))
    answer = client.open(address, method=method)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 60
    assert re.search(r"Wait \d+ minutes, then try again\.", answer.text)


def test_in_production_only_our_own_name_is_answered(production: Flask) -> None:
    client = production.test_client()
    assert client.get("/sign-in", base_url=OURS).status_code == 200
    assert client.get("/sign-in", base_url=f"{OURS}:443").status_code == 200
    for host in ("evil.example", "quorate.example.org.evil.example", "127.0.0.1", "quorate.example.org@evil"):
        answer = client.get("/sign-in", base_url="https://evil.example", headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.text
    # Whoever looks whether we are well asks by number.
    assert client.get("/healthz", base_url="http://10.0.0.7").status_code == 200


def test_every_answer_is_kept_by_nobody_and_trusts_only_us(app: Flask, cast: Cast, monkeypatch) -> None:
    client = client_for(cast, Role.ADMINISTRATOR)
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    lacking = []
    for rule in rules(app, "GET"):
        answer = client.get(somewhere(app, rule), base_url="https://localhost")
        policy = answer.headers["Content-Security-Policy"]
        if "unsafe" in policy or "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy:
            lacking.append((rule.rule, "policy"))
        if (
            answer.headers["Cache-Control"] != "no-store"
            or answer.headers["X-Content-Type-Options"] != "nosniff"
        ):
            lacking.append((rule.rule, "headers"))
        cookies = [SimpleCookie(each) for each in answer.headers.getlist("Set-Cookie")]
        for cookie in (morsel for each in cookies for morsel in each.values()):
            if not cookie["httponly"] or cookie["samesite"] != "Lax" or not cookie["secure"]:
                lacking.append((rule.rule, "cookie"))
            if COOKIES.get(cookie.key) != cookie["path"] or not rule.rule.startswith(cookie["path"]):
                lacking.append((rule.rule, cookie.key))
    assert not lacking


def test_pages_are_asked_for_and_sent_to_in_no_other_way(app: Flask, client: FlaskClient) -> None:
    ways = {way for rule in app.url_map.iter_rules() for way in rule.methods or ()}
    assert ways == {"GET", "HEAD", "OPTIONS", "POST"}
    for way in ("PUT", "DELETE", "PATCH", "TRACE"):
        answer = client.open("/sign-in", method=way)
        assert (answer.status_code, has_sentence(answer)) == (405, True)


@pytest.mark.parametrize(
    "there", [*ELSEWHERE, "/\\evil.example", "///evil.example", "/\t/evil.example", "http:evil.example"]
)
def test_nobody_is_led_away_from_the_door(client: FlaskClient, manager, there: str) -> None:  # noqa: F811
    first = client.get("/sign-in", query_string={"next": there})
    assert "evil" not in (first.location or "")
    answer = enter(client, manager.email, next=there)
    by_address = client.post(
        "/sign-in", query_string={"next": there}, data={"email": manager.email, "password": "no"}
    )
    for each in (answer, by_address):
        assert not leads_away(each.location or "")
    assert leads_away("//evil.example")
    assert leads_away("/\\evil.example")
    assert not leads_away("/account?next=//evil.example")


def test_an_error_leads_back_to_pages_of_ours_only(cast: Cast) -> None:
    client = client_for(cast, Role.STAFF)
    for before in ("https://evil.example/", "http://localhost.evil.example/", "javascript:alert(1)"):
        answer = client.get("/nothing-here", headers={"Referer": before})
        assert answer.status_code == 404
        assert "evil" not in answer.text
        assert "javascript:" not in answer.text

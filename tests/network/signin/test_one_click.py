import sys
from dataclasses import replace

import pytest
from flask import Flask

from app import create_app
from network.access.rules import PATIENT_FACING, Role
from network.accounts.commands import set_sign_in_rules
from network.plumbing.settings import Environment
from tests.cast import Cast
from tests.conftest import Browser
from tests.network.signin.conftest import verbs

MODULE = "network.signin.one_click"


def app_for(app: Flask, environment: Environment) -> Flask:
    other = create_app(replace(app.extensions["settings"], environment=environment))
    other.test_client_class = Browser
    other.config["WTF_CSRF_ENABLED"] = False
    return other


@pytest.mark.parametrize("environment", [Environment.PRODUCTION, Environment.TEST])
def test_outside_the_demo_there_is_no_such_code(
    app: Flask, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    other = app_for(app, environment)
    assert MODULE not in sys.modules
    assert "one_click" not in other.blueprints
    assert not [rule for rule in other.url_map.iter_rules() if "demo" in rule.rule]
    client = other.test_client()
    with other.app_context():
        assert client.post("/demo/sign-in/administrator").status_code in {400, 404}
        assert "look around" not in client.get("/sign-in", base_url="https://localhost").text


def test_in_the_demo_one_click_signs_in_as_each_kind(app: Flask, cast: Cast) -> None:
    set_sign_in_rules(cast[Role.ADMINISTRATOR], second_factor_for_patient_roles=False)
    demo = app_for(app, Environment.DEMO)
    for role in Role:
        client = demo.test_client()
        assert role.label in client.get("/sign-in").text
        answer = client.post(f"/demo/sign-in/{role}")
        assert (answer.status_code, answer.location) == (303, "/")
        page = client.get("/").text
        assert "Demo network. Everyone here is invented." in page
        assert "Sign out" in page
    assert "sign_in" in verbs(cast.network.id)
    assert PATIENT_FACING


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("/account?show=all", "/account?show=all"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_one_click_leads_on_to_the_page_that_was_asked_for_and_nowhere_else(
    app: Flask, cast: Cast, wanted: str, there: str
) -> None:
    client = app_for(app, Environment.DEMO).test_client()
    page = client.get("/sign-in", query_string={"next": wanted}).text
    assert page.count(f'name="next" value="{wanted}"') >= len(Role)
    assert client.post("/demo/sign-in/staff", data={"next": wanted}).location == there


@pytest.mark.parametrize("role", ["nobody", "", "staff/../administrator"])
def test_there_is_no_other_kind(app: Flask, cast: Cast, role: str) -> None:
    assert app_for(app, Environment.DEMO).test_client().post(f"/demo/sign-in/{role}").status_code == 404


def test_in_production_cookies_are_kept_to_the_host_and_to_tls(app: Flask, cast: Cast) -> None:
    production = app_for(app, Environment.PRODUCTION)
    answer = production.test_client().get("/sign-in", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-quorate=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Cache-Control"] == "no-store"

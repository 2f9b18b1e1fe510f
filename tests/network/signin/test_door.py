import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.commands import deactivate_account, set_sign_in_rules
from network.accounts.records import Account, RoleGrant, SignIn
from network.audit.records import AuditEntry
from network.plumbing.database import db, in_network, now, today
from tests import makers
from tests.cast import Cast, client_for, make_account, sign_in
from tests.network.signin.conftest import enter, verbs

WRONG = "not the password at all"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
]


def test_the_first_page_leads_a_stranger_to_the_door(client: FlaskClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_a_password_opens_the_door_however_the_address_is_written(
    client: FlaskClient, cast: Cast, manager: Account
) -> None:
    answer = enter(client, f" {manager.email.upper()} ")
    assert (answer.status_code, answer.location) == (302, "/")
    page = client.get("/")
    assert page.status_code == 200
    assert manager.name in page.text
    assert cast.network.short_name in page.text
    assert verbs(cast.network.id) == ["sign_in"]


def test_every_member_of_the_cast_can_open_the_first_page(cast: Cast) -> None:
    for role in Role:
        assert client_for(cast, role).get("/").status_code == 200, role


def test_the_door_leads_back_to_where_one_came_from(client: FlaskClient, manager: Account) -> None:
    location = client.get("/account?x=1").location
    assert location == "/sign-in?next=/account?x%3D1"
    page = client.get(location).text
    assert 'value="/account?x=1"' in page
    assert enter(client, manager.email, next="/account?x=1").location == "/account?x=1"


@pytest.mark.parametrize("next_page", ELSEWHERE)
def test_the_door_never_leads_out_of_the_house(client: FlaskClient, manager: Account, next_page: str) -> None:
    for way in ({"query_string": {"next": next_page}}, {"data": {"next": next_page}}):
        data = {"email": manager.email, "password": "three random words here", **way.get("data", {})}
        answer = client.post("/sign-in", data=data, query_string=way.get("query_string"))
        led_to = urlsplit((answer.location or "").replace("\\", "/"))
        assert (led_to.scheme, led_to.netloc) == ("", "")
        client.post("/sign-out")


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: FlaskClient, manager: Account) -> None:
    for password in (WRONG, "x" * 12_000):
        wrong, unknown = (enter(client, email, password) for email in (manager.email, "nobody@example.org"))
        assert wrong.status_code == unknown.status_code == 422
        assert "do not go together" in wrong.text
        assert told_by(wrong).replace(manager.email, "nobody@example.org") == told_by(unknown)


def told_by(answer) -> str:
    """Leave out what is different on every page."""
    return re.sub(r'(nonce|content|name="csrf_token"[^>]*value)="[^"]*"', "", answer.text)


def test_a_shut_account_looks_like_an_unknown_one(client: FlaskClient, cast: Cast, manager: Account) -> None:
    deactivate_account(cast[Role.ADMINISTRATOR], manager.id)
    answer = enter(client, manager.email)
    assert answer.status_code == 422
    assert "do not go together" in answer.text


def test_whoever_is_turned_away_leaves_an_entry_without_a_name(
    client: FlaskClient, cast: Cast, manager: Account
) -> None:
    enter(client, manager.email, WRONG)
    enter(client, "my secret pass@example.org", WRONG)
    enter(client, "nobody@example.org", WRONG)
    with in_network(cast.network.id):
        entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.verb, entry.actor, entry.about_id) == (
        "refuse_sign_in",
        "Someone not signed in",
        manager.id,
    )
    assert verbs() == ["refuse_sign_in", "refuse_sign_in"]


def test_signing_out_holds_for_a_copied_cookie_too(client: FlaskClient, cast: Cast, manager: Account) -> None:
    enter(client, manager.email)
    cookie = client.get_cookie("quorate").value
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    client.set_cookie("quorate", cookie)
    assert client.get("/account").status_code == 303
    assert verbs(cast.network.id) == ["sign_in", "sign_out"]


def test_an_idle_browser_is_signed_out(cast: Cast) -> None:
    client = client_for(cast, Role.STAFF)
    row = db.session.scalars(select(SignIn)).one()
    row.last_seen_at = now() - timedelta(minutes=31)
    answer = client.get("/account", follow_redirects=True)
    assert "nothing happened for a while" in answer.text
    assert "Sign in</h1>" in answer.text


def test_the_network_says_how_long_idle_is(cast: Cast) -> None:
    set_sign_in_rules(cast[Role.ADMINISTRATOR], idle_minutes=60)
    client = client_for(cast, Role.STAFF)
    row = db.session.scalars(select(SignIn)).one()
    row.last_seen_at = now() - timedelta(minutes=31)
    page = client.get("/account")
    assert page.status_code == 200
    assert 'data-idle-minutes="60"' in page.text
    assert now() - row.last_seen_at < timedelta(minutes=1)


def test_no_sign_in_lasts_longer_than_a_working_day(cast: Cast) -> None:
    client = client_for(cast, Role.STAFF)
    db.session.scalars(select(SignIn)).one().started_at = now() - timedelta(hours=13)
    assert client.get("/account").status_code == 303


def test_signing_out_everywhere_ends_every_browser(cast: Cast) -> None:
    first, second = client_for(cast, Role.STAFF), client_for(cast, Role.STAFF)
    assert first.post("/account/sign-out-everywhere").location == "/sign-in"
    assert first.get("/account").status_code == second.get("/account").status_code == 303
    assert verbs(cast.network.id) == ["sign_out_everywhere"]


def test_a_cookie_of_somebody_else_opens_nothing(cast: Cast) -> None:
    client = client_for(cast, Role.STAFF)
    client_for(cast, Role.ADMINISTRATOR)
    others = db.session.scalars(
        select(SignIn).where(SignIn.account_id == cast.accounts[Role.ADMINISTRATOR].id)
    ).one()
    with client.session_transaction() as session:
        session["sign_in"] = str(others.id)
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("sign_in_id", ["", "nonsense", None])
def test_a_broken_cookie_opens_nothing(cast: Cast, sign_in_id: str | None) -> None:
    client = client_for(cast, Role.STAFF)
    with client.session_transaction() as session:
        session["sign_in"] = sign_in_id
    assert client.get("/account").status_code == 303


def test_a_role_ends_while_somebody_is_signed_in(cast: Cast) -> None:
    client = client_for(cast, Role.ADMINISTRATOR)
    assert client.get("/accounts").status_code == 200
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.ADMINISTRATOR)).one()
    grant.ends_on = today() - timedelta(days=1)
    assert client.get("/accounts").status_code == 403
    assert "You have no role in any network today" in client.get("/account").text


def test_a_role_of_tomorrow_opens_nothing_yet(cast: Cast) -> None:
    account = make_account(Role.ADMINISTRATOR, cast.network, cast.network.id)
    account.grants[0].starts_on = today() + timedelta(days=1)
    assert sign_in(client_for(cast, Role.STAFF), account).get("/accounts").status_code == 403


def test_somebody_in_two_networks_goes_from_one_to_the_other(cast: Cast) -> None:
    other = makers.make_network("Zeta")
    account = cast.accounts[Role.STAFF]
    makers.keep(
        RoleGrant(
            account_id=account.id, network_id=other.id, organisation_id=other.id, role=Role.ADMINISTRATOR
        )
    )
    client = sign_in(client_for(cast, Role.STAFF), account)
    assert client.get("/accounts").status_code == 403
    assert "Go to Zeta network" in client.get("/account").text
    assert client.post("/account/network", data={"network": str(other.id)}).status_code == 303
    assert client.get("/accounts").status_code == 200
    assert verbs(other.id) == []
    assert verbs(cast.network.id) == ["enter_another_network"]


@pytest.mark.parametrize("network", ["", "nonsense", "stranger"])
def test_nobody_goes_to_a_network_in_which_they_have_no_role(cast: Cast, network: str) -> None:
    network = str(cast.stranger.network_id) if network == "stranger" else network
    assert client_for(cast, Role.STAFF).post("/account/network", data={"network": network}).status_code == 404


def test_the_cookie_is_for_this_site_and_no_script(client: FlaskClient, manager: Account) -> None:
    cookie = enter(client, manager.email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "remember" not in cookie


def test_no_token_opens_anything(client: FlaskClient, manager: Account) -> None:
    token = manager.get_auth_token()
    assert client.get("/account", headers={"Authentication-Token": token}).status_code == 303
    assert client.get("/account", query_string={"auth_token": token}).status_code == 303
    answer = client.post(
        "/sign-in?include_auth_token", json={"email": manager.email, "password": "three random words here"}
    )
    assert answer.mimetype == "text/html"


def test_a_fragment_asks_the_whole_page_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/account", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (401, "true")

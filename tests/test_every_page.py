"""Promises of every page: it says whom it is for, keeps all others out, and can be read by everybody."""

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from network.access.rules import TABLE, Permission, Role, Scope
from tests.addresses import ADDRESSES, import_addresses
from tests.cast import Cast, client_for
from tests.inside import ask
from tests.markup import faults_of

import_addresses()

# Those whose roles reach furthest come first, so that pages have something to show.
VIEWERS = sorted(Role, key=lambda role: -sum(scope is Scope.NETWORK for scope in TABLE[role].values()))
ANY = {"uuid": uuid.UUID(int=0), "int": 1, "date": "2026-12-07", "string": "x", "path": "x", "default": "x"}


def rules(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()) and not rule.endpoint.endswith("static"):
            yield rule


def guard_of(app: Flask, rule: Rule) -> object:
    return getattr(app.view_functions[rule.endpoint], "guard", None)


def one_rule_of_each_guard(app: Flask) -> dict[Permission, Rule]:
    found = {guard_of(app, rule): rule for rule in rules(app, "GET")}
    return {guard: rule for guard, rule in found.items() if isinstance(guard, Permission)}


def somewhere(app: Flask, rule: Rule) -> str:
    """Give an address that fits the rule and belongs to nothing."""
    values = {
        name: getattr(converter, "example", None) or ANY.get(kind_of(converter), "x")
        for name, converter in rule._converters.items()
    }
    return app.url_map.bind("localhost").build(rule.endpoint, values, force_external=False)


def kind_of(converter: object) -> str:
    name = type(converter).__name__.removesuffix("Converter").lower()
    return {"unicode": "string", "integer": "int"}.get(name, name)


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    guards = {rule.endpoint: guard_of(app, rule) for method in ("GET", "POST") for rule in rules(app, method)}
    assert len(guards) > 20
    assert not [endpoint for endpoint, guard in guards.items() if guard is None]
    assert set(map(type, guards.values())) <= {str, Permission}


def test_nobody_gets_past_a_guard_without_signing_in(app: Flask, client: FlaskClient) -> None:
    passed = []
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if guard_of(app, rule) == "public":
                continue
            answer = client.open(somewhere(app, rule), method=method)
            if answer.status_code != 303 or not answer.location.startswith("/sign-in"):
                passed.append((method, rule.rule, answer.status_code))
    assert not passed


@pytest.mark.parametrize("role", Role, ids=str)
def test_a_guard_lets_in_those_with_its_permission_only(app: Flask, cast: Cast, role: Role) -> None:
    wrong = []
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            guard = guard_of(app, rule)
            if not isinstance(guard, Permission):
                continue
            may = guard in TABLE[role]
            if may and method == "POST":
                # What they may do is tried with the commands.
                continue
            status = ask(app, cast[role], somewhere(app, rule), method).status
            # A page of which there is one only opens to each of them; what is about nothing may be not found.
            opens = {200, 302, 303, 404} if rule.arguments else {200, 302, 303}
            if status not in (opens if may else {403}):
                wrong.append((method, rule.rule, status))
    assert not wrong


def test_who_signs_in_is_kept_out_and_let_in_as_the_table_says(app: Flask, cast: Cast) -> None:
    wrong = []
    for role in Role:
        client = client_for(cast, role)
        for guard, rule in one_rule_of_each_guard(app).items():
            refused = client.get(somewhere(app, rule)).status_code == 403
            if refused is (guard in TABLE[role]):
                wrong.append((role, rule.rule))
    assert not wrong


def test_what_is_sent_without_a_token_is_refused(app: Flask, cast: Cast, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    client = client_for(cast, Role.ADMINISTRATOR)
    taken = [
        (rule.rule, answer.status_code)
        for rule in rules(app, "POST")
        if (answer := client.post(somewhere(app, rule))).status_code != 400
    ]
    assert not taken


def test_every_page_with_something_in_its_address_has_an_example(app: Flask) -> None:
    needed = {rule.endpoint for rule in rules(app, "GET") if rule.arguments}
    assert not needed - set(ADDRESSES), "say in tests/addresses/ what stands in these addresses"
    assert not set(ADDRESSES) - needed, "these addresses are of no page"


def test_every_page_can_be_read(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    simple = [rule for rule in rules(app, "GET") if not rule.arguments]
    assert len(simple) > 10
    assert not [fault for rule in simple for fault in faults_on(app, cast, rule, {})]


@pytest.mark.parametrize("make", sorted(set(ADDRESSES.values()), key=str), ids=lambda make: make.__name__)
def test_every_page_about_something_can_be_read(app: Flask, cast: Cast, make, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    values = make(cast)
    about = [rule for rule in rules(app, "GET") if ADDRESSES.get(rule.endpoint) is make]
    assert about
    assert not [fault for rule in about for fault in faults_on(app, cast, rule, values)]


def faults_on(app: Flask, cast: Cast, rule: Rule, values: dict[str, object]) -> list[tuple[str, object]]:
    guard, path = guard_of(app, rule), app.url_map.bind("localhost").build(rule.endpoint, values)
    client = app.test_client() if guard == "public" else client_for(cast, viewer_of(guard))
    try:
        answer = client.get(path)
    except Exception as error:
        return [(path, repr(error))]
    if answer.mimetype != "text/html":
        return []
    if answer.status_code not in {200, 302, 303}:
        return [(path, answer.status_code)]
    return [(path, fault) for fault in faults_of(answer.text)] if answer.status_code == 200 else []


def viewer_of(guard: object) -> Role:
    if not isinstance(guard, Permission):
        return Role.ADMINISTRATOR
    holders = [role for role in VIEWERS if guard in TABLE[role]]
    return max(holders, key=lambda role: TABLE[role][guard] is Scope.NETWORK)

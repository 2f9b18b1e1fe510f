"""Every page and every form, with a real example, crossed with the cast, a stranger and nobody.

What each gets is written in circles.py. That commands refuse too, whatever page calls them, is in
tests/test_every_command.py; what a page without an address shows to whom, in tests/test_every_page.py.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.routing import Rule

from network.access.rules import Actor, Permission, Role
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import Refusal
from tests.addresses import ADDRESSES, ALONE, Make, import_addresses
from tests.cast import Cast
from tests.inside import ask
from tests.mdt.test_visibility import same
from tests.security.circles import FINDS, OF_ANY_NETWORK, TOUCHES, expected, stranger_of
from tests.test_every_page import guard_of, rules

import_addresses()

MAKES = sorted(set(ADDRESSES.values()), key=lambda make: (make.__module__, make.__name__))
TOGETHER = [make for make in MAKES if make not in ALONE]
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FOUND = {200, 204, 302, 303}
World = dict[str, dict[str, Any]]


def make_world(cast: Cast, makes: list[Make]) -> World:
    """Make many examples beside each other, and say by endpoint what stands in the addresses."""
    made = {}
    for make in makes:
        try:
            made[make] = make(cast)
        except (Refusal, SQLAlchemyError) as refused:
            raise AssertionError(f"{make.__module__}: say alone=True of {make.__name__}") from refused
        db.session.commit()
        enter_network(cast.network.id)
    return {endpoint: made[make] for endpoint, make in ADDRESSES.items() if make in made}


def path_of(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def examples(app: Flask, world: World, method: str) -> Iterator[tuple[Rule, Permission, str]]:
    """Give each guarded route with its example; a form that is no page takes another's of the same words."""
    for rule in rules(app, method):
        guard, values = guard_of(app, rule), world.get(rule.endpoint)
        if values is None and method == "POST":
            fitting = (each for each in world.values() if rule.arguments <= set(each))
            values = {name: each[name] for each in fitting for name in rule.arguments}
        if rule.arguments and values and isinstance(guard, Permission):
            yield rule, guard, path_of(app, rule, values)


def status_of(app: Flask, actor: Actor, path: str, method: str = "GET") -> int | str:
    try:
        return ask(app, actor, path, method).status
    except Exception as error:
        return f"breaks: {type(error).__name__}"


def is_told(app: Flask, actor: Actor, path: str, method: str) -> bool:
    """Say whether somebody is answered otherwise than a refusal, and otherwise than where nothing is."""
    found = ask(app, actor, path, method)
    if found.status in {403, 404}:
        return False
    # What is sent without what it needs is sent back before anything is looked for.
    nothing = ask(app, actor, ID.sub(str(uuid.UUID(int=7)), path), method)
    return method == "GET" or found.status < 400 or same(found.said) != same(nothing.said)


def wrongs(app: Flask, cast: Cast, world: World) -> list[tuple[object, ...]]:
    """List what differs from the table."""
    wrong: list[tuple[object, ...]] = []
    for rule, guard, path in examples(app, world, "GET"):
        for role, actor in cast.actors.items():
            wanted, status = expected(role, guard, rule.endpoint), status_of(app, actor, path)
            if (200 if status in FOUND else status) != wanted:
                wrong.append((rule.endpoint, role.value, status, f"not {wanted}"))
    return wrong


def test_everybody_gets_what_the_table_says_and_nobody_gets_anything(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    world = make_world(cast, TOGETHER)
    wrong = wrongs(app, cast, world)
    assert not wrong
    found = []
    for method in ("GET", "POST"):
        for rule, _, path in examples(app, world, method):
            if rule.endpoint not in OF_ANY_NETWORK and is_told(app, stranger_of(cast), path, method):
                found.append((method, rule.endpoint, "stranger"))
            answer = client.open(path, method=method)
            if answer.status_code != 303 or not answer.location.startswith("/sign-in"):
                found.append((method, rule.endpoint, "nobody", answer.status_code))
    assert not found


@pytest.mark.parametrize("make", ALONE, ids=lambda make: make.__name__)
def test_everybody_gets_what_the_table_says_of_what_stands_alone(app: Flask, cast: Cast, make: Make) -> None:
    world = make_world(cast, [make])
    wrong = wrongs(app, cast, world)
    assert not wrong


def test_the_table_speaks_of_pages_there_are(app: Flask) -> None:
    endpoints = {rule.endpoint for method in ("GET", "POST") for rule in rules(app, method)}
    assert not (set(FINDS) | set(TOUCHES) | OF_ANY_NETWORK) - endpoints
    assert all(set(roles) <= set(Role) for roles in (FINDS | TOUCHES).values())

"""A network in which every page has something to show, and what each page asks whoever may use it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from network.access.rules import Role
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import Refusal
from tests.addresses import ADDRESSES, import_addresses
from tests.cast import Cast, client_for
from tests.security.asked import Form, Page
from tests.security.noting import read_lately
from tests.test_every_page import guard_of, viewer_of

# What stands in an address and is no id.
WORDS: Mapping[str, Any] = {
    "answer": "decline",
    "code": "night_rest",
    "discipline": "pharmacy",
    "group": "gp",
    "learner": "gp_registrar",
    "secret": "x" * 43,
    "token": "x" * 43,
}


@dataclass
class Target:
    """A page that is sent something: by whom, at which address, and its form as far as a page shows it."""

    endpoint: str
    viewer: str
    form: Form


@dataclass
class Furnished:
    """A furnished network: the examples of each page, and a browser for each kind of viewer."""

    app: Flask
    clients: dict[str, FlaskClient]
    examples: dict[str, dict[str, Any]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    # Which fields of its address each page was read for when its forms were looked for.
    arguments: dict[str, list[str]] = field(default_factory=dict)

    def rules(self, method: str) -> Iterator[Rule]:
        for rule in self.app.url_map.iter_rules():
            if method in (rule.methods or ()) and rule.endpoint != "static":
                yield rule

    def viewer(self, rule: Rule) -> str:
        """Say who looks at a page: whoever may do most there, nobody at the door."""
        guard = guard_of(self.app, rule)
        return "nobody" if guard == "public" else viewer_of(guard).value

    def address(self, rule: Rule, **words: str) -> str:
        """Give an address of a page, of something that is there as far as any example names it."""
        return self.app.url_map.bind("localhost").build(rule.endpoint, self._values_for(rule) | words)

    def _values_for(self, rule: Rule) -> dict[str, Any]:
        if rule.endpoint in self.examples:
            return self.examples[rule.endpoint]
        blueprint = rule.endpoint.split(".")[0]
        near = sorted(self.examples, key=lambda name: not name.startswith(f"{blueprint}."))
        fitting = [self.examples[name] for name in near]
        whole = next((each for each in fitting if each.keys() >= rule.arguments), {})
        parts = {name: value for each in reversed(fitting) for name, value in each.items()}
        unknown = {name: "00000000-0000-0000-0000-000000000007" for name in rule.arguments}
        values = unknown | WORDS | parts | whole
        return {name: values[name] for name in rule.arguments}

    def targets(self) -> list[Target]:
        """List everything that can be sent something, with the form that a page shows for it if one does."""
        found: dict[str, list[Target]] = defaultdict(list)
        for rule in sorted(self.rules("GET"), key=lambda rule: rule.endpoint):
            viewer = self.viewer(rule)
            read_lately()
            forms = self._forms_of(viewer, self.address(rule))
            self.arguments[rule.endpoint] = sorted(read_lately() - {"v"})
            for form in forms:
                endpoint = self._endpoint_of(form)
                fresh = all(each.form.fields.keys() != form.fields.keys() for each in found[endpoint])
                if endpoint and fresh and len(found[endpoint]) < 2:
                    found[endpoint].append(Target(endpoint, viewer, form))
        for rule in self.rules("POST"):
            if rule.endpoint not in found:
                target = Target(rule.endpoint, self.viewer(rule), Form(self.address(rule), "post"))
                found[rule.endpoint].append(target)
        return [target for endpoint in sorted(found) if endpoint for target in found[endpoint]]

    def _forms_of(self, viewer: str, address: str) -> list[Form]:
        try:
            answer = self.clients[viewer].get(address)
        except Exception as error:
            self.broken.append(f"{address}: {error!r}"[:300])
            return []
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return []
        return [form for form in Page(answer.text, address).forms if form.method == "post"]

    def _endpoint_of(self, form: Form) -> str:
        where = self.app.url_map.bind("localhost")
        try:
            return where.match(urlsplit(form.action).path, method="POST")[0]
        except HTTPException:
            return ""


def furnish(app: Flask, cast: Cast) -> Furnished:
    """Make every example there is in the network of the cast; what two of them claim is the first's."""
    import_addresses()
    examples: dict[str, dict[str, Any]] = {}
    made: dict[Any, dict[str, Any]] = {}
    for endpoint, make in ADDRESSES.items():
        if make not in made:
            try:
                made[make] = make(cast)
                db.session.commit()
            except (Refusal, SQLAlchemyError):
                db.session.rollback()
                enter_network(cast.network.id)
                continue
        examples[endpoint] = made[make]
    clients = {role.value: client_for(cast, role) for role in Role}
    db.session.commit()
    return Furnished(app, clients | {"nobody": app.test_client()}, examples)

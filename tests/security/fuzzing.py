"""Sending what nobody should: one field at a time, and what must never come of it."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule, UnicodeConverter
from werkzeug.test import TestResponse

from tests.security.furnished import Furnished, Target
from tests.security.nasty import ANYWHERE, IN_JSON, MARKUP, NO_JSON, answers_to
from tests.security.noting import read_lately
from tests.security.rewinding import Rewinding

# What a refusal may leave behind: that somebody came, and what they tried.
TRACES = {"audit_about", "audit_entry", "audit_head", "tries", "sign_in", "account", "chain_check"}
# A refusal says so in one of these ways; a page of the door says it in a banner.
SENTENCES = ("error-page", "error-summary", "error-message", "note--", "banner", 'role="alert"', "notice")
# Rooms are told in JSON.
IN_JSON_BY = ("run.",)


@dataclass
class Asked:
    """One thing that is tried: what is sent in which field to whose page."""

    endpoint: str
    viewer: str
    address: str
    name: str
    answer: object

    def __str__(self) -> str:
        return f"{self.endpoint} as {self.viewer} {self.name}={str(self.answer)[:60]!r}"


@dataclass
class Findings:
    """What went wrong, how much was to be sent to each field that was found, and how much was."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    planned: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)

    def note(self, asked: Asked, fault: str) -> None:
        self.wrong.append(f"{asked}: {fault}")

    def __str__(self) -> str:
        return "\n".join([f"{self.sent.total()} sent: {dict(self.statuses)}", *self.wrong])


@dataclass
class Fuzzing:
    """One furnished network on a connection that is wound back after each thing that is sent."""

    here: Furnished
    back: Rewinding
    findings: Findings = field(default_factory=Findings)

    def every_field(self, target: Target) -> None:
        """Answer each field of a form with everything nasty there is, the others as people do."""
        if target.endpoint.startswith(IN_JSON_BY):
            self._every_value(target)
            return
        for name, kind in self._fields_of(target):
            for answer in answers_to(name, kind):
                self._send(target, name, answer, data=_with(target, name, kind, answer))
            self._send(target, name, "twice", data=_with(target, name, kind, "twice", "again"))

    def all_fields_at_once(self, target: Target, turn: int) -> None:
        """Answer all fields with something nasty, another in each turn."""
        if target.endpoint.startswith(IN_JSON_BY):
            value = IN_JSON[turn % len(IN_JSON)]
            document = {name: value for name, _ in self._fields_of(target, json={})}
            self._send(target, "*", document, json=document)
            return
        data: MultiDict[str, Any] = MultiDict()
        for number, (name, kind) in enumerate(self._fields_of(target)):
            choices = [*answers_to(name, kind)]
            data.update(_with(target, name, kind, choices[(turn * 7 + number * 3) % len(choices)], only=True))
        self._send(target, "*", turn, data=data)

    def every_argument(self, rule: Rule) -> None:
        """Put everything nasty into each field that the address of a page is read for."""
        for name in self._arguments_of(rule):
            for answer in answers_to(name, "text"):
                self._ask(rule, {name: answer})

    def all_arguments_at_once(self, rule: Rule, turn: int) -> None:
        """Put something nasty into all fields of an address, another in each turn."""
        choices = {name: [*answers_to(name, "text")] for name in self._arguments_of(rule)}
        if choices:
            self._ask(rule, {name: each[turn * 5 % len(each)] for name, each in choices.items()})

    def every_word(self, rule: Rule, method: str) -> None:
        """Put everything nasty into each word that stands in the address of a page itself."""
        for name in self._words_of(rule):
            for word in ANYWHERE:
                self._say(rule, method, name, word)

    def one_word(self, rule: Rule, method: str, turn: int) -> None:
        """Put something nasty into each word of an address, another in each turn."""
        for name in self._words_of(rule):
            self._say(rule, method, name, ANYWHERE[turn % len(ANYWHERE)])

    def _ask(self, rule: Rule, arguments: dict[str, str]) -> None:
        viewer, address = self.here.viewer(rule), self.here.address(rule).partition("?")[0]
        name = "?" + "&".join(arguments)
        self._try("GET", Asked(rule.endpoint, viewer, address, name, arguments), query_string=arguments)

    def _say(self, rule: Rule, method: str, name: str, word: str) -> None:
        asked = Asked(
            rule.endpoint, self.here.viewer(rule), self.here.address(rule, **{name: word}), f"/{name}", word
        )
        self._try(method, asked)

    def _arguments_of(self, rule: Rule) -> list[str]:
        names = self.here.arguments[rule.endpoint]
        planned = {f"{rule.endpoint} ?{name}": len([*answers_to(name, "text")]) for name in names}
        self.findings.planned.update(planned)
        return names

    def _words_of(self, rule: Rule) -> list[str]:
        names = [name for name, each in rule._converters.items() if isinstance(each, UnicodeConverter)]
        self.findings.planned.update({f"{rule.endpoint} /{name}": len(ANYWHERE) for name in names})
        return names

    def _every_value(self, target: Target) -> None:
        for text in NO_JSON:
            self._send(target, "(all)", text, data=text, content_type="application/json")
        for name, _ in self._fields_of(target, json={}):
            for value in IN_JSON:
                document = json.dumps({name: value})
                self._send(target, name, value, data=document, content_type="application/json")

    def _fields_of(self, target: Target, **sent: Any) -> Iterator[tuple[str, str]]:
        """Name the fields that a page shows or reads; more may come to light while they are tried."""
        read_lately()
        self._send(target, "", "nothing", **(sent or {"data": {}}))
        known: dict[str, str] = {each.name: each.kind for each in target.form.fields.values()}
        known |= dict.fromkeys(sorted(read_lately() - known.keys()), "text")
        done: set[str] = set()
        while waiting := [name for name in known if name not in done and name != "csrf_token"]:
            name = waiting[0]
            done.add(name)
            many = len(IN_JSON) if sent else len([*answers_to(name, known[name])]) + 1
            self.findings.planned[f"{target.endpoint} {name}"] += many
            yield name, known[name]
            known |= dict.fromkeys(sorted(read_lately() - known.keys()), "text")

    def _send(self, target: Target, name: str, answer: object, **sent: Any) -> None:
        self._try("POST", Asked(target.endpoint, target.viewer, target.form.action, name, answer), **sent)

    def _try(self, method: str, asked: Asked, **sent: Any) -> None:
        client = self.here.clients[asked.viewer]
        self.findings.sent[f"{asked.endpoint} {asked.name}"] += 1
        cookies = _cookies_of(client)
        try:
            said = client.open(asked.address, method=method, **sent)
        except Exception as error:
            self.findings.note(asked, f"{type(error).__name__}: {str(error)[:200]}")
        else:
            self.findings.statuses[said.status_code] += 1
            for fault in faults_of(said, self.back.kept):
                self.findings.note(asked, fault)
        self.back.wind_back()
        _give_back(client, cookies)


def faults_of(said: TestResponse, kept: set[str]) -> Iterator[str]:
    """Say what must never be answered to anything that is sent."""
    if said.status_code >= 500:
        yield f"answered {said.status_code}"
    if said.status_code >= 400:
        if rest := kept - TRACES:
            yield f"answered {said.status_code} and wrote {sorted(rest)}"
        if not has_sentence(said):
            yield f"answered {said.status_code} without a sentence"
    if leads_away(said.location or ""):
        yield f"leads away to {said.location}"
    if said.mimetype == "text/html" and MARKUP in said.text:
        yield "gives back a script"


def has_sentence(said: TestResponse) -> bool:
    if said.mimetype == "application/json":
        return bool(said.json and said.json.get("sentence"))
    return any(mark in said.text for mark in SENTENCES) or (len(said.text) < 2000 and "." in said.text)


def leads_away(location: str) -> bool:
    """Say whether a browser would leave us there: it takes backslashes for slashes, and looks past blanks."""
    seen = "".join(sign for sign in location.replace("\\", "/") if sign > " ")
    there = urlsplit(seen)
    return bool(there.netloc or there.scheme) and there.netloc != "localhost"


def _with(target: Target, name: str, kind: str, *answers: str, only: bool = False) -> MultiDict[str, Any]:
    data: MultiDict[str, Any] = MultiDict()
    for other, usual in target.form.answers.items() if not only else ():
        if other not in {name, "csrf_token"}:
            data.setlist(other, usual)
    if kind == "file":
        data.setlist(name, [(io.BytesIO(each.encode()), f"{each[:40]}.xlsx") for each in answers])
    else:
        data.setlist(name, [*answers])
    return data


def _cookies_of(client: FlaskClient) -> dict[Any, Any]:
    return dict(client._cookies)


def _give_back(client: FlaskClient, cookies: dict[Any, Any]) -> None:
    client._cookies.clear()
    client._cookies.update(cookies)

"""A crawler that signs in as each role and follows all it is shown, looking for people it may not know of."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from network.access.rules import Role
from network.accounts.queries import workplace_of
from network.accounts.records import Account
from network.plumbing.database import db, in_network
from rota.feeds.commands import make_feed
from tests.cast import Cast, client_for, make_account, sign_in
from tests.makers import make_network, make_organisation
from tests.rota.scene import publish_for
from tests.security.crowd import ABROAD, CROWD, Somebody, Writing, gather, gather_abroad
from tests.security.links import links_in
from tests.security.reading import writing_of

ENDS_IT = {"security.logout", "static"}


@dataclass
class Crawl:
    """What somebody could reach: every answer by address, and the address that led there."""

    app: Flask
    client: FlaskClient
    # A page that leads to the like of itself for ever, such as the next week, is followed this often.
    of_a_kind: int
    answers: dict[str, TestResponse] = field(default_factory=dict)
    led_by: dict[str, str] = field(default_factory=dict)
    broken: list[tuple[str, str]] = field(default_factory=list)
    _kinds: Counter[str] = field(default_factory=Counter)

    def run(self, *starts: str) -> "Crawl":
        waiting = list(starts)
        while waiting:
            address = waiting.pop(0)
            if address not in self.answers and self._is_worth_it(address):
                for link in self._links_of(address):
                    self.led_by.setdefault(link, address)
                    waiting.append(link)
        return self

    def _links_of(self, address: str) -> list[str]:
        try:
            answer = self.answers[address] = self.client.get(address)
        except Exception as error:
            self.broken.append((address, repr(error)))
            return []
        return list(self._leads(address, answer))

    def _is_worth_it(self, address: str) -> bool:
        try:
            endpoint = self.app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")[0]
        except HTTPException:
            # A link that leads nowhere is asked for, so that it is found.
            return True
        self._kinds[endpoint] += 1
        return endpoint not in ENDS_IT and self._kinds[endpoint] <= self.of_a_kind

    def _leads(self, address: str, answer: TestResponse) -> Iterator[str]:
        if answer.location:
            yield answer.location.removeprefix("http://localhost")
        elif answer.mimetype == "text/html":
            yield from links_in(answer.text, address)

    def dead_ends(self) -> list[tuple[str, str, object]]:
        """List the links that were shown and led to a refusal, or to a page that breaks."""
        broken = [(self.led_by.get(address, ""), address, error) for address, error in self.broken]
        return broken + [
            (self.led_by.get(address, ""), address, answer.status_code)
            for address, answer in self.answers.items()
            if answer.status_code >= 400
        ]

    def told_of(self, each: Somebody) -> list[tuple[str, list[str]]]:
        """List where somebody is told of, in a page, a file or an address, and by what."""
        found = {address: each.marks_in(writing) for address, writing in self._writings.items()}
        return [(address, marks) for address, marks in found.items() if marks]

    @cached_property
    def _writings(self) -> dict[str, Writing]:
        return {
            address: Writing(f"{unquote(address)}\n{writing_of(answer)}")
            for address, answer in self.answers.items()
        }


@pytest.fixture
def foreign(cast: Cast) -> Account:
    """The coordinator of another network, who knows of one person there."""
    elsewhere = make_network("Moorland")
    with in_network(elsewhere.id):
        account = make_account(Role.CARE_COORDINATOR, elsewhere, make_organisation(elsewhere, "Near").id)
        actor = workplace_of(account).actor
    gather_abroad(actor)
    return account


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    publish_for(cast, Role.STAFF)
    gather(cast)
    return cast


def crawl_as_each(app: Flask, cast: Cast, foreign: Account, of_a_kind: int) -> dict[str, Crawl]:
    """Let everybody follow what they are shown, and the calendar of a rota its secret."""
    feed = f"/calendar/{make_feed(cast[Role.STAFF])}.ics"
    clients = {role.value: client_for(cast, role) for role in Role}
    clients["foreign"] = sign_in(current_app.test_client(), foreign)
    db.session.commit()
    crawls = {who: Crawl(app, client, of_a_kind) for who, client in clients.items()}
    return {who: crawl.run("/", *([feed] if who == Role.STAFF else [])) for who, crawl in crawls.items()}


@pytest.mark.parametrize("of_a_kind", [2, pytest.param(50, marks=pytest.mark.long)])
def test_nobody_is_shown_anything_of_somebody_they_may_not_know_of(
    app: Flask, crowd: Cast, foreign: Account, of_a_kind: int
) -> None:
    told, unseen, dead = [], [], []
    for who, crawl in crawl_as_each(app, crowd, foreign, of_a_kind).items():
        dead += [(who, *end) for end in crawl.dead_ends()]
        for each in (*CROWD, ABROAD):
            found = crawl.told_of(each)
            may_know = who == "foreign" if each is ABROAD else who in each.known_to
            told += [] if may_know else [(who, *where) for where in found]
            unseen += [(who, each.family_name)] if may_know and not found else []
    assert not told
    assert not dead, "links that are shown must lead somewhere"
    # A crawler that sees nothing proves nothing.
    assert not unseen

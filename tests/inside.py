"""Ask for pages from inside, as somebody: past the sign-in, which costs more than what most pages answer.

That a request without a sign-in comes no further, and that a sign-in makes one the actor one is, have tests
of their own; what a guard, a query and a command then say is the same either way.
"""

from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass

from flask import Flask, Response, g
from werkzeug.exceptions import HTTPException

from network.access.rules import Actor
from network.accounts.queries import Workplace
from network.accounts.rules import SignInRules
from network.organisations.records import Organisation
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import Refusal
from network.vocabulary import OrganisationKind


@dataclass(frozen=True)
class Answer:
    """What came back: a page or a file, or the sentence of a refusal, and where a redirect leads."""

    status: int
    content: bytes
    then: str = ""

    @property
    def said(self) -> str:
        return self.content.decode(errors="replace")


def ask(
    app: Flask,
    actor: Actor,
    path: str,
    method: str = "GET",
    after: Callable[[Response], Response] = lambda answer: answer,
    **sent: object,
) -> Answer:
    """Let somebody ask for a page; what the test has made is there for it, and is read afresh afterwards.

    `after` is what the application does with every answer, where the test is about that.
    """
    db.session.commit()
    return copy_context().run(_ask, app, actor, path, method, after, sent)


def _ask(
    app: Flask,
    actor: Actor,
    path: str,
    method: str,
    after: Callable[[Response], Response],
    sent: Mapping[str, object],
) -> Answer:
    with app.app_context(), app.test_request_context(path, method=method, **sent):
        g.actor, g.workplace = actor, _workplace(actor)
        enter_network(actor.network_id)
        try:
            answer = after(app.make_response(app.dispatch_request()))
        except Refusal as refusal:
            return Answer(refusal.status, refusal.sentence.encode())
        except HTTPException as error:
            return Answer(error.code or 500, (error.description or "").encode())
        finally:
            db.session.rollback()
            enter_network(None)
        return Answer(answer.status_code, answer.get_data(), answer.location or "")


def _workplace(actor: Actor) -> Workplace:
    network = Organisation(kind=OrganisationKind.NETWORK, name="Here", short_name="Here")
    return Workplace(actor, network, (), SignInRules(), {})

"""What a person does at their own page, as tests do it."""

import re

from flask import current_app
from flask.testing import FlaskClient

from network.plumbing.database import db, in_network
from tests.cast import Cast
from tests.mdt.own_door.scene import BORN


def phone() -> FlaskClient:
    """Open a browser in which nobody is signed in."""
    return current_app.test_client()


def come_in(token: str, **born: str) -> FlaskClient:
    visitor = phone()
    answer = visitor.post(f"/own/open/{token}", data=BORN | born)
    assert (answer.status_code, answer.location) == (303, "/own")
    return visitor


def rows(cast: Cast, query):
    db.session.expire_all()
    with in_network(cast.network.id):
        return db.session.scalars(query).all()


def statement_on(page) -> str:
    found = re.search(r"/own/words/([0-9a-f-]{36})", page.text)
    assert found
    return found[1]

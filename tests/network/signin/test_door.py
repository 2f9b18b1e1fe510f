import pytest
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.records import Account
from network.audit.records import AuditEntry
from network.plumbing.database import db, in_network
from tests.cast import Cast, client_for

PASSWORD = "three random words here"


@pytest.fixture
def manager(cast: Cast) -> Account:
    account = cast.accounts[Role.WORKFORCE_MANAGER]
    account.password = hash_password(PASSWORD)
    db.session.commit()
    return account


def enter(client: FlaskClient, email: str, password: str = PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def verbs(cast: Cast) -> list[str]:
    with in_network(cast.network.id):
        return list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)))


def test_the_first_page_leads_a_stranger_to_the_door(client: FlaskClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_a_password_opens_the_door(client: FlaskClient, cast: Cast, manager: Account) -> None:
    answer = enter(client, manager.email.upper())
    assert (answer.status_code, answer.location) == (302, "/")
    page = client.get("/")
    assert page.status_code == 200
    assert manager.name in page.text
    assert verbs(cast) == ["sign_in"]


def test_every_member_of_the_cast_can_open_the_first_page(cast: Cast) -> None:
    for role in Role:
        assert client_for(cast, role).get("/").status_code == 200, role

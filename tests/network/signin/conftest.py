import re

import pytest
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from passlib.totp import TOTP
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.records import Account
from network.audit.records import AuditEntry
from network.audit.rules import PLATFORM
from network.plumbing.database import db, in_network
from network.plumbing.mail import Letter
from tests.cast import Cast

PASSWORD = "three random words here"


@pytest.fixture(scope="session")
def hashed(app) -> str:
    with app.app_context():
        return hash_password(PASSWORD)


@pytest.fixture
def manager(cast: Cast, hashed: str) -> Account:
    """Give the workforce manager, who meets no patients, a password."""
    return with_password(cast.accounts[Role.WORKFORCE_MANAGER], hashed)


@pytest.fixture
def clinician(cast: Cast, hashed: str) -> Account:
    """Give the clinician, who has a second factor, a password."""
    return with_password(cast.accounts[Role.CLINICIAN], hashed)


def with_password(account: Account, hashed: str) -> Account:
    account.password = hashed
    db.session.commit()
    return account


def enter(client: FlaskClient, email: str, password: str = PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def code_of(account: Account) -> str:
    return TOTP.from_source(account.tf_totp_secret).generate().token


def verbs(network_id=PLATFORM) -> list[str]:
    with in_network(network_id):
        return list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)))


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.written_at)))


def link_in(letter: Letter) -> str:
    return re.search(r"http://localhost(/\S+)", letter.body).group(1)

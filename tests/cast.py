"""The fixed cast of every permission test: two networks, and one person of each kind in the first."""

import time
import uuid
from dataclasses import dataclass, replace
from typing import TypeVar

import psycopg
import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy.orm import make_transient_to_detached

from network.access.rules import PATIENT_FACING, Actor, Role
from network.accounts.queries import workplace_of
from network.accounts.records import Account, RoleGrant, SignIn
from network.organisations.records import Organisation, Site
from network.people.records import Person
from network.plumbing.database import Identified, current_network, db, enter_network, in_network
from network.vocabulary import OrganisationKind
from tests import makers
from tests.mould import Ids, Mould, empty, full_tables, mould_of

T = TypeVar("T", bound=Identified)
Row = tuple[type[Identified], uuid.UUID]


@dataclass(frozen=True)
class Cast:
    """Actors by role, the organisations they belong to, and a stranger from another network."""

    network: Organisation
    elm: Organisation
    oak: Organisation
    charity: Organisation
    elm_site: Site
    oak_site: Site
    actors: dict[Role, Actor]
    stranger: Actor
    accounts: dict[Role, Account]
    stranger_account: Account

    def __getitem__(self, role: Role) -> Actor:
        return self.actors[role]


@dataclass(frozen=True)
class Made:
    """The cast as it was made once, and the mould of its rows."""

    mould: Mould
    rows: dict[str, Row]
    accounts: dict[Role, uuid.UUID]
    actors: dict[Role, Actor]
    stranger: Actor

    def lay(self, sweeper: psycopg.Connection) -> Cast:
        """Lay the cast, as it would be after its commit: known by id, and read when it is looked at."""
        ids = self.mould.lay(sweeper)
        return Cast(
            **{name: _row(kind, ids[old]) for name, (kind, old) in self.rows.items()},
            accounts={role: _row(Account, ids[old]) for role, old in self.accounts.items()},
            actors={role: _with_ids(actor, ids) for role, actor in self.actors.items()},
            stranger=_with_ids(self.stranger, ids),
        )


@pytest.fixture(scope="session")
def made(app: Flask, sweeper: psycopg.Connection) -> Made:
    with app.app_context():
        cast = make_cast()
        rows = {name: (type(row), row.id) for name, row in vars(cast).items() if isinstance(row, Identified)}
        found = Made(
            mould=mould_of(sweeper, full_tables(sweeper)),
            rows=rows,
            accounts={role: account.id for role, account in cast.accounts.items()},
            actors=cast.actors,
            stranger=cast.stranger,
        )
        db.session.remove()
        enter_network(None)
    empty(sweeper)
    return found


@pytest.fixture
def cast(database: None, made: Made, sweeper: psycopg.Connection) -> Cast:
    cast = made.lay(sweeper)
    enter_network(cast.network.id)
    return cast


def make_cast() -> Cast:
    """Make everybody, and commit."""
    network, elsewhere = makers.make_network(), makers.make_network("Hillside")
    elm = makers.make_organisation(network, "Elm Surgery")
    oak = makers.make_organisation(network, "Oak Surgery")
    charity = makers.make_organisation(network, "Good Neighbours", OrganisationKind.VOLUNTARY)
    foreign = makers.make_organisation(elsewhere, "Far Surgery")
    elm_site, oak_site = makers.make_site(elm, "ELM"), makers.make_site(oak, "OAK")
    homes = {Role.VOLUNTARY_MEMBER: charity.id, Role.ADMINISTRATOR: network.id}
    accounts = {role: new_account(role, network, homes.get(role, elm.id)) for role in Role}
    stranger_account = new_account(Role.WORKFORCE_MANAGER, elsewhere, foreign.id)
    db.session.add_all([*accounts.values(), stranger_account])
    db.session.commit()
    return Cast(
        network=network,
        elm=elm,
        oak=oak,
        charity=charity,
        elm_site=elm_site,
        oak_site=oak_site,
        actors={role: workplace_of(account).actor for role, account in accounts.items()},
        stranger=workplace_of(stranger_account).actor,
        accounts=accounts,
        stranger_account=stranger_account,
    )


def _row(kind: type[T], row_id: uuid.UUID) -> T:
    row = kind(id=row_id)
    make_transient_to_detached(row)
    db.session.add(row)
    return row


def _with_ids(actor: Actor, ids: Ids) -> Actor:
    assert actor.account_id
    assert actor.person_id
    assert actor.network_id
    return replace(
        actor,
        account_id=ids[actor.account_id],
        person_id=ids[actor.person_id],
        network_id=ids[actor.network_id],
        grants=tuple(replace(grant, organisation_id=ids[grant.organisation_id]) for grant in actor.grants),
    )


def make_account(role: Role, network: Organisation, organisation_id: uuid.UUID) -> Account:
    """Make somebody who holds one role and, where that meets patients, a second factor."""
    return makers.keep(new_account(role, network, organisation_id))


def new_account(role: Role, network: Organisation, organisation_id: uuid.UUID) -> Account:
    """Describe somebody who holds one role, without sending them to the database."""
    account = Account(
        email=f"{uuid.uuid4().hex}@example.org",
        person=Person(given_name="Alex", family_name=role.label.title()),
        grants=[RoleGrant(network_id=network.id, organisation_id=organisation_id, role=role)],
    )
    if role in PATIENT_FACING:
        account.tf_primary_method = "authenticator"
        account.tf_totp_secret = TOTP(new=True).to_json(encrypt=False)
    return account


def client_for(cast: Cast, role: Role) -> FlaskClient:
    """Open a browser in which that member of the cast is signed in."""
    return sign_in(current_app.test_client(), cast.accounts[role])


def sign_in(client: FlaskClient, account: Account) -> FlaskClient:
    """Sign an account in without its password, which would cost a tenth of a second a test."""
    row = makers.keep(SignIn(account_id=account.id))
    # What ends with the cookie's own request is the network, which the test goes on working in.
    with in_network(current_network()), client.session_transaction() as session:
        session.update(_user_id=account.fs_uniquifier, _fresh=True, fs_paa=time.time(), sign_in=str(row.id))
    return client

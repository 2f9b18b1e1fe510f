"""The fixed cast of every permission test: two networks, and one person of each kind in the first."""

import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import current_app
from flask.testing import FlaskClient
from passlib.totp import TOTP

from network.access.rules import PATIENT_FACING, Actor, Role
from network.accounts.queries import workplace_of
from network.accounts.records import Account, RoleGrant, SignIn
from network.organisations.records import Organisation, Site
from network.people.records import Person
from network.plumbing.database import current_network, db, enter_network, in_network
from network.vocabulary import OrganisationKind
from tests import makers


class Actors(Mapping[Role, Actor]):
    """Who acts in each role, worked out when first asked for: most tests ask for few."""

    def __init__(self, accounts: dict[Role, Account]) -> None:
        self._accounts = accounts
        self._found: dict[Role, Actor] = {}

    def __getitem__(self, role: Role) -> Actor:
        if role not in self._found:
            self._found[role] = workplace_of(self._accounts[role]).actor
        return self._found[role]

    def __iter__(self) -> Iterator[Role]:
        return iter(self._accounts)

    def __len__(self) -> int:
        return len(self._accounts)


@dataclass(frozen=True)
class Cast:
    """Actors by role, the organisations they belong to, and a stranger from another network."""

    network: Organisation
    elm: Organisation
    oak: Organisation
    charity: Organisation
    elm_site: Site
    oak_site: Site
    actors: "Actors"
    stranger: Actor
    accounts: dict[Role, Account]
    stranger_account: Account

    def __getitem__(self, role: Role) -> Actor:
        return self.actors[role]


@pytest.fixture
def cast(database: None) -> Cast:
    network, elsewhere = makers.make_network(), makers.make_network("Hillside")
    elm = makers.make_organisation(network, "Elm Surgery")
    oak = makers.make_organisation(network, "Oak Surgery")
    charity = makers.make_organisation(network, "Good Neighbours", OrganisationKind.VOLUNTARY)
    foreign = makers.make_organisation(elsewhere, "Far Surgery")
    elm_site, oak_site = makers.make_site(elm, "ELM"), makers.make_site(oak, "OAK")
    homes = {Role.VOLUNTARY_MEMBER: charity.id, Role.ADMINISTRATOR: network.id}
    accounts = {role: new_account(role, network, homes.get(role, elm.id)) for role in Role}
    stranger_account = new_account(Role.WORKFORCE_MANAGER, elsewhere, foreign.id)
    # All at once, and looked at before the commit forgets them: most tests begin with this.
    db.session.add_all([*accounts.values(), stranger_account])
    db.session.flush()
    stranger = workplace_of(stranger_account).actor
    db.session.commit()
    enter_network(network.id)
    return Cast(
        network=network,
        elm=elm,
        oak=oak,
        charity=charity,
        elm_site=elm_site,
        oak_site=oak_site,
        actors=Actors(accounts),
        stranger=stranger,
        accounts=accounts,
        stranger_account=stranger_account,
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

"""The fixed cast of every permission test: two networks, and one person of each kind in the first."""

import uuid
from dataclasses import dataclass

import pytest

from network.access.rules import Actor, Grant, Role
from network.organisations.records import Organisation, Site
from network.plumbing.database import db, enter_network
from network.vocabulary import OrganisationKind
from tests import makers


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
    homes = {Role.VOLUNTARY_MEMBER: charity.id}
    actors = {role: actor_for(role, network.id, homes.get(role, elm.id)) for role in Role}
    stranger = actor_for(Role.WORKFORCE_MANAGER, elsewhere.id, foreign.id)
    db.session.commit()
    enter_network(network.id)
    return Cast(network, elm, oak, charity, elm_site, oak_site, actors, stranger)


def actor_for(role: Role, network_id: uuid.UUID, organisation_id: uuid.UUID) -> Actor:
    """Make someone who holds one role."""
    person = makers.make_person(role.label.title())
    return Actor(
        name=person.name,
        account_id=uuid.uuid4(),
        person_id=person.id,
        network_id=network_id,
        grants=(Grant(role, organisation_id),),
    )

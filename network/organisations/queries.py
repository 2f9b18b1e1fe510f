"""Reading the registry of organisations: what belongs to the viewer's network."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, CompoundSelect, Select, literal, or_, select, union
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.access.rules import Actor, Permission
from network.organisations.records import Equipment, Membership, Organisation, Room, Site
from network.plumbing.database import current_network, db, today
from network.plumbing.refusals import NotFound


def network_of(viewer: Actor) -> uuid.UUID:
    """Return the network that the viewer works in."""
    network_id = viewer.network_id or current_network()
    if network_id is None:
        raise NotFound
    return network_id


def organisation_ids_in(network_id: uuid.UUID, day: date | None = None) -> CompoundSelect[uuid.UUID]:
    """Select the ids of the network itself and of those who belong to it on a day (None: who ever did)."""
    belongs = [] if day is None else [or_(Membership.left_on.is_(None), Membership.left_on > day)]
    members = select(Membership.organisation_id).where(Membership.network_id == network_id, *belongs)
    return union(members, select(literal(network_id)))


def get_network_for(viewer: Actor) -> Organisation:
    """Return the viewer's network."""
    network = db.session.get(Organisation, network_of(viewer))
    if network is None:
        raise NotFound
    return network


def memberships_for(viewer: Actor) -> Sequence[Membership]:
    """Return who belongs to the network, or will, by name, with their sites."""
    return db.session.scalars(
        _memberships(viewer).where(or_(Membership.left_on.is_(None), Membership.left_on > today()))
    ).all()


def former_memberships_for(viewer: Actor) -> Sequence[Membership]:
    """Return who has left the network, by name."""
    return db.session.scalars(_memberships(viewer).where(Membership.left_on <= today())).all()


def organisations_for(viewer: Actor) -> list[Organisation]:
    """Return the network itself and those who belong to it, by name."""
    return [get_network_for(viewer), *(membership.organisation for membership in memberships_for(viewer))]


def get_organisation_for(viewer: Actor, organisation_id: uuid.UUID) -> Organisation:
    """Return an organisation that belongs, or has belonged, to the viewer's network, with its sites."""
    organisation = db.session.scalars(
        select(Organisation)
        .where(Organisation.id == organisation_id, _is_known_to(viewer))
        .options(
            selectinload(Organisation.sites).selectinload(Site.openings),
            selectinload(Organisation.sites).selectinload(Site.rooms),
        )
    ).one_or_none()
    if organisation is None:
        raise NotFound
    return organisation


def names_known(viewer: Actor, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Name those of some organisations that the viewer may know of."""
    if not viewer.may(Permission.SEE_ORGANISATIONS):
        return {}
    known = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids), _is_known_to(viewer))
    return {row.id: row.name for row in db.session.execute(known)}


def find_membership_for(viewer: Actor, organisation_id: uuid.UUID) -> Membership | None:
    """Return the organisation's last membership of the viewer's network, if it has one."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.network_id == network_of(viewer), Membership.organisation_id == organisation_id)
        .order_by(Membership.joined_on.desc())
    ).first()


def has_left(viewer: Actor, organisation_id: uuid.UUID) -> bool:
    """Say whether an organisation belonged to the viewer's network once and does so no more."""
    membership = find_membership_for(viewer, organisation_id)
    return membership is not None and membership.left_on is not None and membership.left_on <= today()


def find_by_ods_code(code: str) -> Organisation | None:
    """Return the organisation of any network that has this code: the codes are public."""
    return db.session.scalars(select(Organisation).where(Organisation.ods_code == code)).one_or_none()


def equipment_of(organisation: Organisation) -> Sequence[Equipment]:
    """Return an organisation's equipment, the mobile pieces last."""
    return db.session.scalars(
        select(Equipment)
        .outerjoin(Equipment.site)
        .where(Equipment.organisation_id == organisation.id)
        .options(contains_eager(Equipment.site))
        .order_by(Site.name.nulls_last(), Equipment.kind)
    ).all()


def get_equipment_for(viewer: Actor, equipment_id: uuid.UUID) -> Equipment:
    """Return a piece of equipment of the viewer's network."""
    owned = select(Equipment).join(Organisation, Organisation.id == Equipment.organisation_id)
    equipment = db.session.scalars(
        owned.where(Equipment.id == equipment_id, _is_known_to(viewer))
    ).one_or_none()
    if equipment is None:
        raise NotFound
    return equipment


def sites_for(viewer: Actor) -> Sequence[Site]:
    """Return the sites of all who belong to the network, by name, with their organisations."""
    members = organisation_ids_in(network_of(viewer), today())
    return db.session.scalars(
        select(Site)
        .where(Site.organisation_id.in_(members))
        .options(joinedload(Site.organisation))
        .order_by(Site.name)
    ).all()


def get_site_for(viewer: Actor, site_id: uuid.UUID) -> Site:
    """Return a site of the viewer's network."""
    site = db.session.scalars(
        select(Site).join(Site.organisation).where(Site.id == site_id, _is_known_to(viewer))
    ).one_or_none()
    if site is None:
        raise NotFound
    return site


def get_room_for(viewer: Actor, room_id: uuid.UUID) -> Room:
    """Return a room of the viewer's network."""
    room = db.session.scalars(
        select(Room)
        .join(Room.site)
        .join(Site.organisation)
        .where(Room.id == room_id, _is_known_to(viewer))
        .options(contains_eager(Room.site))
    ).one_or_none()
    if room is None:
        raise NotFound
    return room


def find_site_by_code(network_id: uuid.UUID, code: str) -> Site | None:
    """Return the site that has this code, of those who belong to the network or did: old rotas name them."""
    return db.session.scalars(
        select(Site).where(Site.code == code, Site.organisation_id.in_(organisation_ids_in(network_id)))
    ).first()


def network_ids_of(organisation_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return the networks to which an organisation belongs or did."""
    joined = select(Membership.network_id).where(Membership.organisation_id == organisation_id)
    return db.session.scalars(joined.distinct()).all()


def serves_another_network(viewer: Actor, organisation_id: uuid.UUID) -> bool:
    """Say whether an organisation belongs to a network other than the viewer's today."""
    others = select(Membership.id).where(
        Membership.organisation_id == organisation_id,
        Membership.network_id != network_of(viewer),
        (Membership.left_on.is_(None)) | (Membership.left_on > today()),
    )
    return db.session.scalar(others.limit(1)) is not None


def _is_known_to(viewer: Actor) -> ColumnElement[bool]:
    if not viewer.may(Permission.SEE_ORGANISATIONS):
        raise NotFound
    return Organisation.id.in_(organisation_ids_in(network_of(viewer)))


def _memberships(viewer: Actor) -> Select[Membership]:
    return (
        select(Membership)
        .join(Membership.organisation)
        .where(Membership.network_id == network_of(viewer), _is_known_to(viewer))
        .options(contains_eager(Membership.organisation).selectinload(Organisation.sites))
        .order_by(Organisation.name)
    )

"""Changing the registry: organisations, their belonging to a network, sites, rooms and equipment."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import (
    find_by_ods_code,
    find_membership_for,
    find_site_by_code,
    get_equipment_for,
    get_organisation_for,
    get_room_for,
    get_site_for,
    has_left,
    network_ids_of,
    network_of,
    serves_another_network,
)
from network.organisations.records import Equipment, Membership, Organisation, Room, Site, SiteOpening
from network.organisations.rules import (
    KEEPS_A_LIST,
    Hours,
    RoomAttribute,
    tidy_code,
    wrong_with_hours,
    wrong_with_ods_code,
    wrong_with_place,
    wrong_with_site_code,
)
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import EquipmentKind, OrganisationKind, RoomKind

Row = TypeVar("Row")


@command
def found_network(actor: Actor, *, name: str, short_name: str, ods_code: str = "") -> uuid.UUID:
    """Start a network; only the system does."""
    require(actor.is_system, seen=False)
    code = _free_ods_code(OrganisationKind.NETWORK, ods_code)
    network = _added(
        Organisation(kind=OrganisationKind.NETWORK, name=name, short_name=short_name, ods_code=code)
    )
    record(actor, "found_network", "organisation", network.id, name=name)
    return network.id


@command
def add_organisation(
    actor: Actor,
    *,
    kind: OrganisationKind,
    name: str,
    short_name: str = "",
    ods_code: str = "",
    list_size: int | None = None,
    joined_on: date | None = None,
) -> uuid.UUID:
    """Register an organisation that no network knows yet, as a member of the actor's."""
    require(actor.may(Permission.EDIT_ORGANISATIONS))
    if kind is OrganisationKind.NETWORK:
        raise Invalid("Choose another kind: a network cannot be a member of a network.")
    organisation = Organisation(kind=kind, ods_code=_free_ods_code(kind, ods_code))
    _describe(organisation, name, short_name, list_size)
    _added(organisation)
    _join(actor, organisation, joined_on)
    record(actor, "add_organisation", "organisation", organisation.id, name=name, kind=kind)
    return organisation.id


@command
def change_organisation(
    actor: Actor,
    organisation_id: uuid.UUID,
    *,
    name: str,
    short_name: str = "",
    ods_code: str = "",
    list_size: int | None = None,
) -> None:
    """Correct what is said of an organisation."""
    organisation = _organisation_to_edit(actor, organisation_id)
    if tidy_code(ods_code) != (organisation.ods_code or ""):
        organisation.ods_code = _free_ods_code(organisation.kind, ods_code)
    _describe(organisation, name, short_name, list_size)
    record(actor, "change_organisation", "organisation", organisation.id, name=name)


@command
def join_network(actor: Actor, *, ods_code: str, joined_on: date | None = None) -> uuid.UUID:
    """Let an organisation that is in the registry already join the actor's network too.

    A code is public: who serves another network comes in only by the hand of whoever runs Quorate.
    """
    require(actor.may(Permission.EDIT_ORGANISATIONS))
    organisation = find_by_ods_code(tidy_code(ods_code))
    if organisation is None or organisation.kind is OrganisationKind.NETWORK:
        raise Invalid("No organisation here has that ODS code. Check the code, or add the organisation.")
    membership = find_membership_for(actor, organisation.id)
    if membership and (membership.left_on is None or membership.left_on > (joined_on or today())):
        raise Refusal(f"{organisation.name} belongs to your network already.")
    if not actor.is_system and serves_another_network(actor, organisation.id):
        raise Refusal(
            f"{organisation.name} belongs to another network. Agree with it, then ask whoever runs Quorate"
            " to let it serve yours too (`quorate network share`)."
        )
    for site in organisation.sites:
        _refuse_double_code(actor, site)
    _join(actor, organisation, joined_on)
    record(actor, "join_network", "organisation", organisation.id, name=organisation.name)
    return organisation.id


@command
def leave_network(actor: Actor, organisation_id: uuid.UUID, *, left_on: date | None = None) -> None:
    """End an organisation's membership; it is no longer a member on `left_on`."""
    membership = _membership_to_edit(actor, organisation_id)
    left_on = left_on or today()
    if left_on < membership.joined_on:
        raise Invalid("Choose a day on or after the day on which it joined.")
    membership.left_on = left_on
    record(actor, "leave_network", "organisation", organisation_id, left_on=left_on.isoformat())


@command
def stay_in_network(actor: Actor, organisation_id: uuid.UUID) -> None:
    """Take back that an organisation leaves, as if it had never left."""
    membership = _membership_to_edit(actor, organisation_id)
    membership.left_on = None
    record(actor, "stay_in_network", "organisation", organisation_id)


@command
def add_site(
    actor: Actor,
    organisation_id: uuid.UUID,
    *,
    name: str,
    code: str,
    address: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    accessible: bool = True,
) -> uuid.UUID:
    """Add a building of an organisation."""
    organisation = _organisation_to_edit(actor, organisation_id)
    _refuse_place(latitude, longitude)
    site = _added(
        Site(
            organisation_id=organisation.id,
            name=name,
            code=_free_site_code(actor, organisation.id, code),
            address=address,
            latitude=latitude,
            longitude=longitude,
            accessible=accessible,
        )
    )
    record(actor, "add_site", "site", site.id, name=name, organisation=str(organisation.id))
    return site.id


@command
def change_site(
    actor: Actor,
    site_id: uuid.UUID,
    *,
    name: str,
    code: str,
    address: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    accessible: bool = True,
) -> None:
    """Correct what is said of a site."""
    site = _site_to_edit(actor, site_id)
    _refuse_place(latitude, longitude)
    if tidy_code(code) != site.code:
        site.code = _free_site_code(actor, site.organisation_id, code)
    site.name, site.address, site.accessible = name, address, accessible
    site.latitude, site.longitude = latitude, longitude
    record(actor, "change_site", "site", site.id, name=name)


@command
def set_opening_hours(actor: Actor, site_id: uuid.UUID, hours: Hours) -> None:
    """Replace the weekly sessions in which a site is open."""
    site = _site_to_edit(actor, site_id)
    wrong = wrong_with_hours(hours)
    if wrong:
        raise Invalid(" ".join(wrong.values()))
    site.openings.clear()
    # The old sessions must be gone before the same ones may come again.
    db.session.flush()
    site.openings.extend(
        SiteOpening(weekday=session.weekday, kind=session.kind, starts_at=starts, ends_at=ends)
        for session, (starts, ends) in hours.items()
    )
    record(actor, "set_opening_hours", "site", site.id, sessions=len(hours))


@command
def add_room(
    actor: Actor,
    site_id: uuid.UUID,
    *,
    name: str,
    kind: RoomKind,
    attributes: Iterable[RoomAttribute] = (),
    bookable: bool = True,
) -> uuid.UUID:
    """Add a room to a site."""
    site = _site_to_edit(actor, site_id)
    _refuse_room_name(site.id, name)
    offers = {attribute.value: True for attribute in attributes}
    room = _added(Room(site_id=site.id, name=name, kind=kind, attributes=offers, bookable=bookable))
    record(actor, "add_room", "room", room.id, name=name, site=site.code)
    return room.id


@command
def change_room(
    actor: Actor,
    room_id: uuid.UUID,
    *,
    name: str,
    kind: RoomKind,
    attributes: Iterable[RoomAttribute] = (),
    bookable: bool = True,
) -> None:
    """Correct what is said of a room."""
    room = _room_to_edit(actor, room_id)
    if name != room.name:
        _refuse_room_name(room.site_id, name)
    room.name, room.kind, room.bookable = name, kind, bookable
    room.attributes = {attribute.value: True for attribute in attributes}
    record(actor, "change_room", "room", room.id, name=name)


@command
def remove_room(actor: Actor, room_id: uuid.UUID) -> None:
    """Take a room out of use."""
    room = _room_to_edit(actor, room_id)
    db.session.delete(room)
    record(actor, "remove_room", "room", room.id, name=room.name)


@command
def add_equipment(
    actor: Actor,
    organisation_id: uuid.UUID,
    *,
    kind: EquipmentKind,
    number: int = 1,
    site_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Add equipment: fixed at one of the organisation's sites, or mobile where none is named."""
    organisation = _organisation_to_edit(actor, organisation_id)
    if number < 1:
        raise Invalid("Enter how many there are: 1 or more.")
    if site_id and get_site_for(actor, site_id).organisation_id != organisation.id:
        raise Invalid("Choose a site of this organisation.")
    equipment = _added(Equipment(organisation_id=organisation.id, site_id=site_id, kind=kind, number=number))
    record(actor, "add_equipment", "equipment", equipment.id, kind=kind, number=number)
    return equipment.id


@command
def remove_equipment(actor: Actor, equipment_id: uuid.UUID) -> None:
    """Take equipment off the list."""
    equipment = get_equipment_for(actor, equipment_id)
    _organisation_to_edit(actor, equipment.organisation_id)
    db.session.delete(equipment)
    record(actor, "remove_equipment", "equipment", equipment.id, kind=equipment.kind)


def _organisation_to_edit(actor: Actor, organisation_id: uuid.UUID) -> Organisation:
    organisation = get_organisation_for(actor, organisation_id)
    _require_editor(actor, organisation.id)
    return organisation


def _site_to_edit(actor: Actor, site_id: uuid.UUID) -> Site:
    site = get_site_for(actor, site_id)
    _require_editor(actor, site.organisation_id)
    return site


def _room_to_edit(actor: Actor, room_id: uuid.UUID) -> Room:
    room = get_room_for(actor, room_id)
    _require_editor(actor, room.site.organisation_id)
    return room


def _require_editor(actor: Actor, organisation_id: uuid.UUID) -> None:
    require(actor.may(Permission.EDIT_ORGANISATIONS, organisation_id=organisation_id))
    if has_left(actor, organisation_id):
        raise Refusal("This organisation has left your network. What is said of it is not yours to change.")


def _membership_to_edit(actor: Actor, organisation_id: uuid.UUID) -> Membership:
    get_organisation_for(actor, organisation_id)
    require(actor.may(Permission.EDIT_ORGANISATIONS, organisation_id=organisation_id))
    membership = find_membership_for(actor, organisation_id)
    if membership is None:
        raise Refusal("The network itself can neither join nor leave.")
    return membership


def _join(actor: Actor, organisation: Organisation, joined_on: date | None) -> None:
    _added(
        Membership(
            network_id=network_of(actor), organisation_id=organisation.id, joined_on=joined_on or today()
        )
    )


def _describe(organisation: Organisation, name: str, short_name: str, list_size: int | None) -> None:
    if list_size is not None and (organisation.kind not in KEEPS_A_LIST or list_size < 0):
        raise Invalid("Leave the list size empty: only a GP practice has a list, of 0 or more people.")
    organisation.name, organisation.list_size = name, list_size
    organisation.short_name = short_name or name[:40]


def _free_ods_code(kind: OrganisationKind, given: str) -> str | None:
    code = tidy_code(given)
    if not code:
        return None
    wrong = wrong_with_ods_code(kind, code)
    if wrong:
        raise Invalid(wrong)
    holder = find_by_ods_code(code)
    if holder:
        raise Refusal(
            f"{holder.name} is registered with the code {code} already. Let it join your network instead."
        )
    return code


def _free_site_code(actor: Actor, organisation_id: uuid.UUID, given: str) -> str:
    code = tidy_code(given)
    wrong = wrong_with_site_code(code)
    if wrong:
        raise Invalid(wrong)
    # A rota names sites by their codes, also in the other networks that an organisation serves.
    for network_id in {network_of(actor), *network_ids_of(organisation_id)}:
        holder = find_site_by_code(network_id, code)
        if holder:
            raise Refusal(f"{holder.name} has the code {code} already. Choose another for this site.")
    return code


def _refuse_double_code(actor: Actor, site: Site) -> None:
    holder = find_site_by_code(network_of(actor), site.code)
    if holder and holder.id != site.id:
        raise Refusal(
            f"{site.name} and {holder.name} share the code {site.code}. Change that of one of them first."
        )


def _refuse_place(latitude: float | None, longitude: float | None) -> None:
    wrong = wrong_with_place(latitude, longitude)
    if wrong:
        raise Invalid(wrong)


def _refuse_room_name(site_id: uuid.UUID, name: str) -> None:
    taken = db.session.scalar(select(func.count()).where(Room.site_id == site_id, Room.name == name))
    if taken:
        raise Refusal(f"This site has a room called {name} already. Choose another name.")


def _added(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row

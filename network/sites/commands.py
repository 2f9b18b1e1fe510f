"""Changing the registry: sites, their hours and rooms, and equipment."""

import uuid
from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import func, select

from network.access.rules import Actor
from network.audit.commands import record
from network.organisations.commands import organisation_to_edit, require_editor
from network.organisations.queries import (
    find_site_by_code,
    get_equipment_for,
    get_room_for,
    get_site_for,
    network_ids_of,
    network_of,
)
from network.organisations.records import Equipment, Room, Site, SiteOpening
from network.organisations.rules import (
    Hours,
    RoomAttribute,
    tidy_code,
    wrong_with_hours,
    wrong_with_place,
    wrong_with_site_code,
)
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import EquipmentKind, RoomKind

Row = TypeVar("Row")


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
    organisation = organisation_to_edit(actor, organisation_id)
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
    organisation = organisation_to_edit(actor, organisation_id)
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
    organisation_to_edit(actor, equipment.organisation_id)
    db.session.delete(equipment)
    record(actor, "remove_equipment", "equipment", equipment.id, kind=equipment.kind)


def _site_to_edit(actor: Actor, site_id: uuid.UUID) -> Site:
    site = get_site_for(actor, site_id)
    require_editor(actor, site.organisation_id)
    return site


def _room_to_edit(actor: Actor, room_id: uuid.UUID) -> Room:
    room = get_room_for(actor, room_id)
    require_editor(actor, room.site.organisation_id)
    return room


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

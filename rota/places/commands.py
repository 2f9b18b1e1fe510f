"""Places that are asked for and given back, and what befalls the clinics they are in: parts of commands."""

import uuid
from collections.abc import Sequence

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.queries import get_site_for
from network.organisations.records import Site
from network.plumbing.database import db, take_turns, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.clinics.records import ClinicType
from rota.places.queries import (
    can_come,
    find_place_asked_by,
    get_place,
    numbers_taken_in,
    places_in,
    waiting_for,
)
from rota.places.records import AskedPlace
from rota.places.rules import Asked, PlaceState, free_numbers, wrong_with


def note_asked(actor: Actor, asked: Asked) -> AskedPlace:
    """Keep what is asked for and return its place; asked again by the same key, the one of before.

    What is planned already stays planned: what it is to be like holds when its clinic is closed or changed.
    """
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    if wrong := wrong_with(asked):
        raise Invalid(wrong)
    take_turns("places")
    row = find_place_asked_by(asked.from_key)
    kind = db.session.get(ClinicType, asked.clinic_type_id)
    if kind is None or (kind.retired_on is not None and not _waits_for(row, kind)):
        raise NotFound("Choose a clinic that this network still holds.")
    if asked.home_site_id is not None:
        get_site_for(actor, asked.home_site_id)
    if row is not None and row.state is PlaceState.PLANNED and row.clinic_type_id != kind.id:
        raise Refusal("This place is planned already: give it back before you ask for another.")
    row = row or AskedPlace(from_key=asked.from_key, state=PlaceState.WAITING)
    _write(row, asked)
    return row


def take_back(actor: Actor, token: uuid.UUID) -> AskedPlace:
    """Give a place back."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    take_turns("places")
    place = get_place(token, lock=True)
    if place.state is PlaceState.WITHDRAWN:
        raise Refusal("This place was given back already.")
    place.session_id = place.number = None
    place.state = PlaceState.WITHDRAWN
    db.session.flush()
    return place


def put_in(place: AskedPlace, session_id: uuid.UUID, number: int) -> None:
    """Plan a place in a clinic, as one of its numbered places."""
    place.session_id, place.number = session_id, number
    place.state, place.lost_on, place.moved_on = PlaceState.PLANNED, None, None
    db.session.flush()


def fill_places(session_id: uuid.UUID, clinic_type_id: uuid.UUID, site: Site, most: int) -> list[uuid.UUID]:
    """Plan those who wait and can reach a clinic in its free places, the most pressing first.

    `most` is how many places it has; returns the tokens of those who now have one.
    """
    take_turns("places")
    free = free_numbers(most, numbers_taken_in(session_id))
    chosen = [place for place in waiting_for(clinic_type_id) if can_come(place, site)][: len(free)]
    for place, number in zip(chosen, free, strict=False):
        put_in(place, session_id, number)
    return [place.id for place in chosen]


def lose_places(session_id: uuid.UUID) -> list[uuid.UUID]:
    """Let all places of a clinic that is closed wait again, before all others."""
    # Whoever takes a place meanwhile waits here, or is seen.
    take_turns("places")
    return let_wait(_still_to_come(session_id))


def move_places(session_id: uuid.UUID, site: Site) -> list[uuid.UUID]:
    """Note that the clinic of these places is at another time or site now.

    Whoever cannot come to the site waits for another clinic; the tokens of the others are returned.
    """
    take_turns("places")
    rows = _still_to_come(session_id)
    let_wait([place for place in rows if not can_come(place, site)])
    moved = [place for place in rows if place.session_id is not None]
    for place in moved:
        place.moved_on = today()
    return [place.id for place in moved]


def let_wait(rows: Sequence[AskedPlace]) -> list[uuid.UUID]:
    """Let places wait again, before all others, whose clinic is not held."""
    for place in rows:
        place.session_id = place.number = place.moved_on = None
        place.state, place.lost_on = PlaceState.WAITING, today()
    db.session.flush()
    return [place.id for place in rows]


def _still_to_come(session_id: uuid.UUID) -> list[AskedPlace]:
    """Return the places of a clinic of which nobody has said yet what became of them."""
    return [place for place in places_in(session_id) if place.state is PlaceState.PLANNED]


def _waits_for(row: AskedPlace | None, kind: ClinicType) -> bool:
    """Say whether a place was asked for while such a clinic was still held."""
    return row is not None and row.state is not PlaceState.WITHDRAWN and row.clinic_type_id == kind.id


def _write(row: AskedPlace, asked: Asked) -> None:
    row.clinic_type_id, row.home_site_id = asked.clinic_type_id, asked.home_site_id
    row.disciplines = sorted(each.value for each in asked.disciplines)
    row.priority, row.due_on = asked.priority, asked.due
    row.needs_step_free, row.longest_minutes = asked.step_free, asked.longest_minutes
    if row.state is PlaceState.WITHDRAWN:
        row.state = PlaceState.WAITING
    db.session.add(row)
    db.session.flush()

"""Places in clinics, and what the rota makes of them now. Whoever calls has asked for access before."""

import uuid
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mdt.bookings.records import Booking
from mdt.bookings.rules import (
    HELD,
    IN_THE_ROOM,
    PRESSING,
    UNDER_WAY,
    BookingState,
    Place,
    Plan,
    falls_away,
)
from mdt.cases.records import Case
from mdt.patients.records import Patient
from network.organisations.records import Organisation, Site
from network.plumbing.database import db, in_network
from network.vocabulary import OrganisationKind
from rota import diary

B = BookingState


def bookings_of_items(item_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Booking]]:
    """Return the places put down on some items of lists, in order; whoever calls has asked for access."""
    found: dict[uuid.UUID, list[Booking]] = {}
    rows = every_booking().where(Booking.item_id.in_(list(item_ids)), Booking.state != B.DROPPED)
    for row in db.session.scalars(rows.order_by(Booking.made_at)):
        if row.item_id is not None:
            found.setdefault(row.item_id, []).append(row)
    return found


def in_the_room(item_id: uuid.UUID) -> list[Booking]:
    """Return the places put down on an item that nobody has asked for yet; whoever calls asked for access."""
    return [each for each in bookings_of_items([item_id]).get(item_id, []) if each.state in IN_THE_ROOM]


def under_way(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Booking]]:
    """Return the places of some cases that somebody has to see to; whoever calls has asked for access."""
    found: dict[uuid.UUID, list[Booking]] = {}
    for row in db.session.scalars(
        every_booking().where(Booking.case_id.in_(case_ids), Booking.state.in_(UNDER_WAY))
    ):
        found.setdefault(row.case_id, []).append(row)
    return found


def changed_places() -> list[tuple[Booking, Place]]:
    """Return the places of the current network that stand otherwise than was noticed last.

    Whoever has died needs theirs no more.
    """
    rows = held_places()
    now_is = as_the_rota_has_it(rows)
    found = [(row, now_is.get(row.id, row.place)) for row in rows]
    return [
        (row, place)
        for row, place in found
        if place != row.place or falls_away(row.state, row.day, row.case.patient.died_on)
    ]


def clinics_offered() -> tuple[diary.ClinicOffered, ...]:
    """Return the clinics that a meeting of the current network can book into."""
    return diary.clinics_offered()


def networks_with_changes() -> list[uuid.UUID]:
    """Return the networks in which somebody's place has changed since it was looked at."""
    networks = db.session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.NETWORK).order_by(Organisation.id)
    ).all()
    found = []
    for each in networks:
        # Each network's places are hidden from all others.
        with in_network(each):
            if changed_places() or planned_by_another_urgency():
                found.append(each)
    return found


def home_of(patient: Patient, sites: Sequence[Site]) -> uuid.UUID | None:
    """Return the site nearest to somebody: the first of their practice's."""
    return next((site.id for site in sites if site.organisation_id == patient.practice_id), None)


def as_the_rota_has_it(rows: Iterable[Booking]) -> dict[uuid.UUID, Place]:
    """Ask the rota how some places stand now: by booking, those that it knows of."""
    return {booking_id: _place(status) for booking_id, status in _status_of(rows).items()}


def planned_by_another_urgency() -> list[Booking]:
    """Return the places that the rota plans by another urgency than their cases have now."""
    found = _status_of(rows := held_places())
    return [
        row for row in rows if row.id in found and found[row.id].priority is not PRESSING[row.case.urgency]
    ]


def held_places() -> Sequence[Booking]:
    """Return the places of the current network that its rota knows of, in the order they were made."""
    held = every_booking().where(Booking.state.in_(HELD)).order_by(Booking.made_at, Booking.id)
    return db.session.scalars(held).all()


def _status_of(rows: Iterable[Booking]) -> dict[uuid.UUID, diary.PlaceStatus]:
    held = [row for row in rows if row.token is not None and row.state in HELD]
    tokens = {uuid.UUID(row.token): row.id for row in held}
    found = diary.status(tokens) if tokens else {}
    return {tokens[token]: status for token, status in found.items()}


def _place(status: diary.PlaceStatus) -> Place:
    if status.state is diary.PlaceState.PLANNED and status.day is not None and status.starts is not None:
        return Place(B.PLANNED, Plan(status.day, status.starts, status.site, status.number))
    return Place(B.CLOSED if status.lost else B.ASKED)


def every_booking() -> Select[Booking]:
    """Ask for places, with their cases and who was told; whoever calls narrows it down."""
    return select(Booking).options(
        joinedload(Booking.case).joinedload(Case.patient), joinedload(Booking.telling)
    )

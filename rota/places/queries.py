"""Places that were asked for: counts for planning, and each by its token."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from network.organisations.records import Site
from network.organisations.rules import travel_minutes
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline, Priority
from rota.clinics.queries import types_to_plan
from rota.places.records import AskedPlace
from rota.places.rules import ClinicOffered, PlaceState, Waiting

ALIKE = (
    AskedPlace.clinic_type_id,
    AskedPlace.home_site_id,
    AskedPlace.disciplines,
    AskedPlace.priority,
    AskedPlace.due_on,
    AskedPlace.needs_step_free,
    AskedPlace.longest_minutes,
)


def waiting_for_planning() -> list[Waiting]:
    """Count the places of the current network that wait for a clinic, those that are alike together."""
    rows = db.session.execute(
        select(*ALIKE, func.count())
        .where(AskedPlace.state == PlaceState.WAITING)
        .group_by(*ALIKE)
        .order_by(*ALIKE)
    )
    return [
        Waiting(type_id, site_id, frozenset(map(Discipline, words)), priority, due, step_free, longest, count)
        for type_id, site_id, words, priority, due, step_free, longest, count in rows
    ]


def get_place(token: uuid.UUID, *, lock: bool = False) -> AskedPlace:
    """Return the place of a token, locked so that nobody else plans it meanwhile."""
    found = select(AskedPlace).where(AskedPlace.id == token)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalars(found).one_or_none()
    if row is None:
        raise NotFound
    return row


def places_by(tokens: Collection[uuid.UUID]) -> Sequence[AskedPlace]:
    """Return the places of these tokens, as far as they are known here."""
    return db.session.scalars(
        select(AskedPlace).where(AskedPlace.id.in_(tokens)).options(joinedload(AskedPlace.clinic_type))
    ).all()


def find_place_asked_by(from_key: uuid.UUID) -> AskedPlace | None:
    """Find the place that was asked for by a key."""
    return db.session.scalars(
        select(AskedPlace).where(AskedPlace.from_key == from_key).with_for_update()
    ).one_or_none()


def places_in(session_id: uuid.UUID) -> Sequence[AskedPlace]:
    """Return the places that are planned in a clinic, by number."""
    return db.session.scalars(
        select(AskedPlace)
        .where(AskedPlace.session_id == session_id)
        .order_by(AskedPlace.number)
        .options(joinedload(AskedPlace.home_site))
        .execution_options(populate_existing=True)
    ).all()


def numbers_taken_in(session_id: uuid.UUID) -> frozenset[int]:
    """Return the numbers of the places in a clinic that are planned already."""
    return frozenset(place.number for place in places_in(session_id) if place.number)


def minutes_to(place: AskedPlace, site: Site) -> int | None:
    """Say how far a site is from the home of a place, None where nobody said where that is."""
    if place.home_site is None:
        return None
    return 0 if place.home_site_id == site.id else travel_minutes(place.home_site, site)


def is_near_enough(place: AskedPlace, site: Site) -> bool:
    """Say whether a site is no further than whoever asked said it may be."""
    minutes = minutes_to(place, site)
    return place.longest_minutes is None or minutes is None or minutes <= place.longest_minutes


def is_accessible(place: AskedPlace, site: Site) -> bool:
    """Say whether whoever comes can enter a site."""
    return site.accessible or not place.needs_step_free


def can_come(place: AskedPlace, site: Site) -> bool:
    """Say whether a site is in reach for a place, and can be entered."""
    return is_accessible(place, site) and is_near_enough(place, site)


def taken_in(session_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Count the places that are planned in each of these clinics."""
    rows = db.session.execute(
        select(AskedPlace.session_id, func.count())
        .where(AskedPlace.session_id.in_(session_ids))
        .group_by(AskedPlace.session_id)
    )
    return {session_id: count for session_id, count in rows if session_id is not None}


def waiting_for(clinic_type_id: uuid.UUID) -> Sequence[AskedPlace]:
    """Return the places that wait for a clinic of a type, in the order in which they are given one.

    Whoever lost a place comes first, then whoever is due, by priority, then who asked first.
    """
    urgency = case({each: -place for place, each in enumerate(Priority)}, value=AskedPlace.priority)
    return db.session.scalars(
        select(AskedPlace)
        .where(AskedPlace.clinic_type_id == clinic_type_id, AskedPlace.state == PlaceState.WAITING)
        .order_by(
            AskedPlace.lost_on.asc().nulls_last(),
            urgency,
            AskedPlace.due_on.asc().nulls_last(),
            AskedPlace.asked_on,
            AskedPlace.id,
        )
        .options(joinedload(AskedPlace.home_site))
        .with_for_update(of=AskedPlace)
    ).all()


def types_waited_for() -> Sequence[uuid.UUID]:
    """Return the kinds of clinic for which somebody of the current network waits."""
    waits = AskedPlace.state == PlaceState.WAITING
    asked = select(AskedPlace.clinic_type_id).where(waits).distinct().order_by(AskedPlace.clinic_type_id)
    return db.session.scalars(asked).all()


def clinics_offered() -> tuple[ClinicOffered, ...]:
    """Return the kinds of clinic of the current network in which places can be asked for, by name."""
    return tuple(
        ClinicOffered(row.id, row.name, tuple(dict.fromkeys(seat.discipline for seat in row.seats)))
        for row in types_to_plan()
    )

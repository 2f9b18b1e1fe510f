"""Clinics of the calendar as places see them: what became of a place, and where one could still be had."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from network.organisations.records import Organisation, Site
from network.plumbing.database import db, in_network, today
from network.plumbing.refusals import NotFound
from network.vocabulary import OrganisationKind
from rota.clinic_series.records import ClinicServing, ClinicSession
from rota.clinic_series.rules import capacity_of
from rota.clinics.queries import as_kind
from rota.clinics.records import ClinicType
from rota.places.queries import (
    get_place,
    is_accessible,
    is_near_enough,
    minutes_to,
    places_by,
    taken_in,
    types_waited_for,
)
from rota.places.records import AskedPlace
from rota.places.rules import PlaceStatus, Slot, in_order
from rota.roster.rules import USUAL_HOURS

# Nobody is given a place by itself of which they could hear only on the day before.
TIME_TO_TELL = timedelta(days=1)


def status(tokens: Collection[uuid.UUID]) -> Mapping[uuid.UUID, PlaceStatus]:
    """Say what became of places, by their tokens; those that are not known here are left out."""
    rows = places_by(tokens)
    clinics = _clinics([row.session_id for row in rows if row.session_id is not None])
    return {row.id: _status(row, clinics.get(row.session_id)) for row in rows}


def slots(token: uuid.UUID) -> tuple[Slot, ...]:
    """Offer the clinics in which a place could be had, other than its own, those that suit best first."""
    place = get_place(token)
    clinics = db.session.scalars(
        _whole().where(
            ClinicSession.clinic_type_id == place.clinic_type_id,
            ClinicSession.closed_at.is_(None),
            ClinicSession.day > today(),
            ClinicSession.id.is_distinct_from(place.session_id),
        )
    ).all()
    free = free_in(clinics)
    return in_order(slot_in(clinic, place, free[clinic.id]) for clinic in clinics if free[clinic.id] > 0)


def get_clinic_to_take(session_id: uuid.UUID) -> ClinicSession:
    """Return a clinic of the calendar in which somebody wants a place, as nobody changes it meanwhile."""
    found = _whole().where(ClinicSession.id == session_id).with_for_update(read=True, of=ClinicSession)
    clinic = db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if clinic is None:
        raise NotFound
    return clinic


def find_clinic_of(place: AskedPlace) -> ClinicSession | None:
    """Find the clinic in which a place is."""
    return _clinics([place.session_id]).get(place.session_id) if place.session_id else None


def clinics_to_fill(clinic_type_id: uuid.UUID) -> Sequence[ClinicSession]:
    """Return the clinics of a kind whose places are given by themselves, as nobody changes them meanwhile.

    Those that somebody is changing now are left out: to wait for them would let two wait for each other.
    """
    found = _whole().where(
        ClinicSession.clinic_type_id == clinic_type_id,
        ClinicSession.closed_at.is_(None),
        ClinicSession.day > today() + TIME_TO_TELL,
    )
    found = found.with_for_update(read=True, skip_locked=True, of=ClinicSession)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def networks_that_wait() -> list[uuid.UUID]:
    """Return the networks in which somebody waits for a place in a clinic."""
    networks = db.session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.NETWORK).order_by(Organisation.id)
    ).all()
    found = []
    for each in networks:
        # Each network's places are hidden from all others.
        with in_network(each):
            if types_waited_for():
                found.append(each)
    return found


def free_in(clinics: Sequence[ClinicSession]) -> dict[uuid.UUID, int]:
    """Count the places that are free in each clinic: given to nobody, and planned for no counted people."""
    ids = [clinic.id for clinic in clinics]
    taken, counted = taken_in(ids), _counted(ids)
    return {
        clinic.id: most_in(clinic.clinic_type) - taken.get(clinic.id, 0) - counted.get(clinic.id, 0)
        for clinic in clinics
    }


def most_in(clinic_type: ClinicType) -> int:
    """Say how many places a clinic of a type has when all come whom it needs."""
    return capacity_of(as_kind(clinic_type))


def hours_of(clinic: ClinicSession) -> tuple[time, time]:
    """Say when a clinic starts and ends: with its site's session."""
    for opening in clinic.site.openings:
        if (opening.weekday, opening.kind) == (clinic.day.weekday(), clinic.kind):
            return opening.starts_at, opening.ends_at
    return USUAL_HOURS[clinic.kind]


def slot_in(clinic: ClinicSession, place: AskedPlace, free: int) -> Slot:
    """Say what a clinic with free places is to somebody's place."""
    site: Site = clinic.site
    return Slot(
        clinic.id,
        clinic.day,
        *hours_of(clinic),
        site_id=site.id,
        site=site.name,
        free=free,
        minutes=minutes_to(place, site),
        is_in_time=place.due_on is None or clinic.day <= place.due_on,
        is_near_enough=is_near_enough(place, site),
        is_accessible=is_accessible(place, site),
    )


def _status(row: AskedPlace, clinic: ClinicSession | None) -> PlaceStatus:
    bare = PlaceStatus(
        row.id,
        row.state,
        row.clinic_type_id,
        row.clinic_type.name,
        due=row.due_on,
        priority=row.priority,
        lost=row.lost_on is not None,
        moved=row.moved_on is not None,
    )
    if clinic is None:
        return bare
    starts, ends = hours_of(clinic)
    return replace(
        bare,
        session_id=clinic.id,
        day=clinic.day,
        starts=starts,
        ends=ends,
        site_id=clinic.site_id,
        site=clinic.site.name,
        number=row.number,
    )


def _clinics(ids: Collection[uuid.UUID]) -> dict[uuid.UUID | None, ClinicSession]:
    return {row.id: row for row in db.session.scalars(_whole().where(ClinicSession.id.in_(ids)))}


def _whole() -> Select[ClinicSession]:
    return select(ClinicSession).options(
        joinedload(ClinicSession.site).selectinload(Site.openings),
        joinedload(ClinicSession.clinic_type).selectinload(ClinicType.seats),
    )


def _counted(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Count the people of bundles that each clinic is planned to see."""
    rows = db.session.execute(
        select(ClinicServing.session_id, func.sum(ClinicServing.count))
        .where(ClinicServing.session_id.in_(ids))
        .group_by(ClinicServing.session_id)
    )
    return {session_id: int(count) for session_id, count in rows}

"""Reading clinics of the calendar, and what their seats want of a rota."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Permission
from network.organisations.records import Site
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Activity
from rota.clinic_series.records import ClinicSeries, ClinicServing, ClinicSession
from rota.clinic_series.rules import Place
from rota.clinics.queries import as_design, seats_of
from rota.clinics.records import ClinicType
from rota.clinics.rules import lacks, rooms_wanted
from rota.premises.queries import mobile_equipment, sites_with_premises
from rota.premises.rules import Premises, Use, left_at

WHOLE = (
    joinedload(ClinicSession.clinic_type).selectinload(ClinicType.seats),
    joinedload(ClinicSession.neighbourhood),
    joinedload(ClinicSession.site),
    joinedload(ClinicSession.series),
)


@dataclass(frozen=True)
class Beside:
    """What a site has left for a kind of clinic beside others held at the same time, and what lacks in words:
    for it alone, and beside them.
    """

    left: Premises
    lacks_alone: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def taken(self) -> tuple[str, ...]:
        """Say what it lacks because others have it."""
        fewer = len(self.lacks) > len(self.lacks_alone)
        return tuple(each for each in self.lacks if each not in self.lacks_alone) if fewer else ()


def clinics_between(starts_on: date, ends_on: date, closed: bool = False) -> Sequence[ClinicSession]:
    """Return the clinics of the current network on some days, with or without those that are closed."""
    wanted = select(ClinicSession).where(ClinicSession.day.between(starts_on, ends_on))
    if not closed:
        wanted = wanted.where(ClinicSession.closed_at.is_(None))
    in_order = wanted.order_by(ClinicSession.day, ClinicSession.kind, ClinicSession.id)
    return db.session.scalars(in_order.options(*WHOLE)).all()


def clinics_for(viewer: Actor, starts_on: date, ends_on: date) -> Sequence[ClinicSession]:
    """Return the clinics of some days, closed ones among them, for those who may see clinics."""
    _require_sight(viewer)
    return clinics_between(starts_on, ends_on, closed=True)


def get_clinic_for(viewer: Actor, session_id: uuid.UUID) -> ClinicSession:
    """Return one clinic that the viewer may see."""
    _require_sight(viewer)
    found = db.session.scalars(
        select(ClinicSession)
        .where(ClinicSession.id == session_id)
        .options(*WHOLE, selectinload(ClinicSession.served).joinedload(ClinicServing.bundle))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_series_for(viewer: Actor, series_id: uuid.UUID) -> ClinicSeries:
    """Return a series that the viewer may see, with its sessions."""
    _require_sight(viewer)
    found = db.session.scalars(
        select(ClinicSeries)
        .where(ClinicSeries.id == series_id)
        .options(
            joinedload(ClinicSeries.clinic_type),
            joinedload(ClinicSeries.neighbourhood),
            joinedload(ClinicSeries.site),
            selectinload(ClinicSeries.sessions),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_beside(
    viewer: Actor, clinic_type: ClinicType, place: Place, but: uuid.UUID | None = None
) -> Beside | None:
    """Return what a site has for a clinic beside all others (`but` one) of that session; None where the site
    belongs to the network no more.
    """
    sites, mobile = sites_with_premises(viewer), mobile_equipment(viewer)
    code = db.session.get_one(Site, place.site_id).code
    own = next((each for each in sites if each.code == code), None)
    if own is None:
        return None
    at_once = (each for each in clinics_between(place.day, place.day) if each.kind is place.kind)
    left = left_at(own, sites, mobile, [_use(each) for each in at_once if each.id != but])
    design, seats = as_design(clinic_type), seats_of(clinic_type)
    return Beside(left, lacks(design, seats, own, mobile), lacks(design, seats, left, {}))


def _use(clinic: ClinicSession) -> Use:
    design = as_design(clinic.clinic_type)
    rooms = rooms_wanted(design, seats_of(clinic.clinic_type))
    return Use(clinic.site.code, rooms, Counter(dict(design.equipment)))


def seat_rows(clinic: ClinicSession) -> list[dict[str, Any]]:
    """Give the seats of a clinic as lines of demand, in their order."""
    return [
        {
            "clinic_session_id": clinic.id,
            "site_id": clinic.site_id,
            "day": clinic.day,
            "kind": clinic.kind,
            "role_group": seat.role_group,
            "activity": Activity.CLINIC,
            "minimum": seat.needed,
            "desired": seat.needed,
            "maximum": seat.most,
            "competencies": list(seat.competencies),
            "room": seat.room,
            "funding": seat.funding,
        }
        for seat in clinic.clinic_type.seats
    ]


def _require_sight(viewer: Actor) -> None:
    if not viewer.may(Permission.SEE_CLINICS):
        raise NotFound

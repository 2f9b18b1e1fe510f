"""Reading clinics of the calendar, and what their seats want of a rota."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Activity
from rota.clinic_series.records import ClinicSeries, ClinicServing, ClinicSession
from rota.clinics.records import ClinicType

WHOLE = (
    joinedload(ClinicSession.clinic_type).selectinload(ClinicType.seats),
    joinedload(ClinicSession.neighbourhood),
    joinedload(ClinicSession.site),
    joinedload(ClinicSession.series),
)


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

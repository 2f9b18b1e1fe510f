"""Somebody booked into a clinic, as tests start from them."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from mdt.bookings.records import Booking
from mdt.bookings.rules import BookingState
from mdt.cases.queries import history_of
from mdt.cases.records import Case
from mdt.letters.queries import tellings_of
from mdt.signing.commands import sign_minutes
from network.access.rules import Role
from network.plumbing.database import db, today
from network.vocabulary import SessionKind
from rota import diary
from rota.clinic_seats.commands import add_clinic
from rota.clinic_series.rules import Place, Wanted
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.after import CHAIR, Over, make_over
from tests.rota.clinic_scene import make_clinic_type, make_neighbourhood

CLINIC = "Diabetes one-stop"
TUESDAY = 1


@dataclass(frozen=True)
class Booked:
    """A meeting whose one decision books its person into a kind of clinic."""

    over: Over
    booking: Booking
    clinic_type_id: uuid.UUID

    @property
    def case(self) -> Case:
        return self.over.case


def tuesday(weeks: int) -> date:
    """Return a Tuesday that is so many weeks away, or nearly."""
    day = today() + timedelta(weeks=weeks)
    return day + timedelta((TUESDAY - day.weekday()) % 7)


def make_booked(cast: Cast, **changes: object) -> Booked:
    """Make a meeting that agreed on a place and is not signed yet."""
    over, kind = make_over(cast), make_clinic_type(cast, name=CLINIC)
    row = {
        "case_id": over.case.id,
        "item_id": over.item.id,
        "decision_id": over.decision.id,
        "clinic_type_id": kind.id,
        "clinic": CLINIC,
        "due_on": today() + timedelta(weeks=4),
        "state": BookingState.AGREED,
        "home_site_id": cast.elm_site.id,
        "made_by": "Nobody",
    }
    return Booked(over, keep(Booking(**{**row, **changes})), kind.id)


def make_asked(cast: Cast, **changes: object) -> Booked:
    """Make a place that was asked for: the minutes are signed."""
    booked = make_booked(cast, **changes)
    sign_minutes(cast[CHAIR], booked.over.meeting.id)
    return booked


def hold(
    cast: Cast, clinic_type_id: uuid.UUID, weeks: int = 2, site_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Put a clinic on the calendar: those who wait are given its places."""
    place = Place(site_id=site_id or cast.elm_site.id, day=tuesday(weeks), kind=SessionKind.MORNING)
    area = make_neighbourhood(cast, f"North {uuid.uuid4().hex[:8]}")
    return add_clinic(cast[Role.WORKFORCE_MANAGER], Wanted(clinic_type_id, area.id, place))


def whats(booked: Booked) -> list[str]:
    """Say what the person of a place is told, or to be told."""
    return [each.what for each in tellings_of(booked.case.id) if each.what]


def said(booked: Booked) -> str:
    """Give the history of the case of a place."""
    return " / ".join(each.said for each in history_of(booked.case.id))


def rota_has(booked: Booked) -> diary.PlaceState:
    """Say how the rota has a place."""
    token = db.session.get_one(Booking, booked.booking.id).token
    return next(iter(diary.status([uuid.UUID(token)]).values())).state

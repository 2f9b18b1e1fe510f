"""Somebody's places in clinics as far as the viewer may know of them, and what waits for a coordinator."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import select

from mdt.bookings.queries import as_the_rota_has_it, clinics_offered, every_booking
from mdt.bookings.records import Booking
from mdt.bookings.rules import (
    HELD,
    UNDER_WAY,
    BookingState,
    Place,
    Plan,
    Turn,
    against_plan,
    in_order,
    turn_of,
)
from mdt.cases.queries import cases_known, get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.decisions.queries import decisions_of
from mdt.decisions.records import Decision
from mdt.decisions.rules import DecisionState
from mdt.letters.records import Telling
from mdt.sharing.queries import Access
from network.access.rules import Actor, Permission
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from rota import diary

B = BookingState


@dataclass(frozen=True)
class BookingSeen:
    """Somebody's place, why the viewer may know of them, and how it stands at this moment."""

    booking: Booking
    access: Access
    state: BookingState
    plan: Plan | None
    may_handle: bool
    is_offered: bool = True

    @property
    def case(self) -> Case:
        return self.booking.case

    @property
    def is_told(self) -> bool:
        """Say whether the person was told how it stands now."""
        telling = self.telling
        return self.is_noticed and telling is not None and telling.told_on is not None

    @property
    def is_noticed(self) -> bool:
        """Say whether the rota has made nothing else of it since it was looked at last."""
        return self.booking.place.state is self.state and (
            self.state is not B.PLANNED or self.booking.plan == self.plan
        )

    @property
    def telling(self) -> Telling | None:
        return self.booking.telling

    @property
    def against(self) -> list[str]:
        """Say what speaks against the place that they have."""
        if self.state is not B.PLANNED or self.plan is None:
            return []
        return against_plan(self.plan, self.booking.due_on, self.booking.unsuitable)

    @property
    def turn(self) -> Turn:
        day = self.plan.day if self.plan else None
        return turn_of(
            self.state, day, self.booking.due_on, self.is_told, today(), is_offered=self.is_offered
        )


def get_booking_for(viewer: Actor, booking_id: uuid.UUID) -> BookingSeen:
    """Return a place of somebody whom the viewer may know of: what was decided is for clinical readers."""
    booking = db.session.get(Booking, booking_id)
    if booking is None:
        raise NotFound
    access = get_case_for(viewer, booking.case_id).access
    if not access.standing.is_clinical:
        raise NotFound
    return _seen(viewer, [booking], {booking.case_id: access})[0]


def bookings_of(viewer: Actor, case_id: uuid.UUID) -> list[BookingSeen]:
    """Return the places of a case, the latest first, to those who may read what was decided."""
    access = get_case_for(viewer, case_id).access
    if not access.standing.is_clinical:
        return []
    rows = every_booking().where(Booking.case_id == case_id, Booking.state.not_in([B.PROPOSED, B.DROPPED]))
    found = db.session.scalars(rows.order_by(Booking.made_at.desc())).all()
    return _seen(viewer, found, {case_id: access})


def bookings_for(viewer: Actor) -> list[BookingSeen]:
    """Return all places that somebody still has to see to, the most urgent first, to those who coordinate."""
    if not viewer.may(Permission.BUILD_LISTS):
        return []
    rows = db.session.scalars(every_booking().where(Booking.state.in_(UNDER_WAY))).all()
    found = _seen(viewer, rows, _known(viewer, rows))
    return sorted(found, key=lambda each: (each.turn, each.plan.day if each.plan else each.booking.due_on))


def ended_for(viewer: Actor, limit: int = 20) -> list[BookingSeen]:
    """Return what became of the latest places, to those who coordinate."""
    if not viewer.may(Permission.BUILD_LISTS):
        return []
    over = Booking.state.in_([B.CAME, B.MISSED, B.GIVEN_BACK])
    rows = db.session.scalars(
        every_booking().where(over).order_by(Booking.ended_at.desc()).limit(limit)
    ).all()
    return _seen(viewer, rows, _known(viewer, rows))


def arrival_of(booking: Booking) -> time | None:
    """Ask the rota when somebody comes to the place they have; whoever calls has asked for access."""
    return diary.arrival(uuid.UUID(booking.token)) if booking.token and booking.state in HELD else None


def find_following(booking: Booking) -> Booking | None:
    """Return what was asked for after a place came to nothing."""
    return db.session.scalars(select(Booking).where(Booking.follows_id == booking.id)).one_or_none()


def find_signed(case_id: uuid.UUID) -> Decision | None:
    """Return the latest decision on a case that is signed; whoever calls has asked for access."""
    return next((each for each in decisions_of(case_id) if each.state is DecisionState.SIGNED), None)


def may_book(viewer: Actor, case: Case) -> bool:
    """Say whether somebody can ask for a place for the person of a case now."""
    is_open = case.state in OPEN and case.patient.died_on is None
    return viewer.may(Permission.BUILD_LISTS) and is_open and find_signed(case.id) is not None


def offered_for(seen: BookingSeen) -> list[tuple[diary.Slot, list[str]]]:
    """Return the clinics with a place for somebody, in an order that suits them; what is against each."""
    booking = seen.booking
    if booking.token is None or booking.state not in HELD:
        return []
    return in_order(diary.slots(uuid.UUID(booking.token)), booking.unsuitable)


def _seen(viewer: Actor, rows: Sequence[Booking], known: dict[uuid.UUID, Access]) -> list[BookingSeen]:
    rows = [row for row in rows if row.case_id in known]
    now_is = as_the_rota_has_it(rows)
    may_handle = viewer.may(Permission.BUILD_LISTS)
    # Nobody asks what is planned where nobody waits.
    offered = {each.id for each in clinics_offered()} if any(row.state is B.ASKED for row in rows) else set()
    found = []
    for row in rows:
        place = now_is.get(row.id, Place(row.state, row.plan))
        plan = row.plan if place.state is B.CLOSED else place.plan
        is_offered = row.state is not B.ASKED or row.clinic_type_id in offered
        found.append(BookingSeen(row, known[row.case_id], place.state, plan, may_handle, is_offered))
    return found


def _known(viewer: Actor, rows: Sequence[Booking]) -> dict[uuid.UUID, Access]:
    return {key: seen.access for key, seen in cases_known(viewer, {row.case for row in rows}).items()}

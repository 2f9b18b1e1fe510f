"""Booking people into clinics: put down in the room, agreed when it is read back, asked for when signed."""

import uuid
from datetime import date

from mdt.bookings.queries import home_of, in_the_room, planned_by_another_urgency
from mdt.bookings.records import Booking
from mdt.bookings.rules import (
    BOOKING_MOVES,
    PRESSING,
    BookingState,
    Wishes,
    wrong_with_due,
    wrong_with_unsuitable,
)
from mdt.bookings.wording import standing_said
from mdt.cases.commands import WrongState, tell
from mdt.cases.records import Case
from mdt.decisions.records import Decision
from mdt.lists.records import AgendaItem
from mdt.meetings.commands import note_change
from mdt.minutes.commands import item_to_change
from network.access.rules import Actor
from network.audit.commands import record
from network.organisations.queries import sites_for
from network.plumbing.commands import apart, command
from network.plumbing.database import db, now, today
from network.plumbing.encryption import keyring
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota import diary

B = BookingState


@command
def put_down_booking(
    actor: Actor, item_id: uuid.UUID, clinic_type_id: uuid.UUID | None, due_on: date, key: str
) -> Booking:
    """Put down in the room that somebody is booked into a clinic; what is sent twice is put down once."""
    item = item_to_change(actor, item_id)
    record(actor, "put_down_booking", "case", item.case_id, item=str(item.id))
    booking_id = uuid.uuid5(item.id, f"booking {key}")
    if (known := db.session.get(Booking, booking_id)) is not None:
        return known
    if wrong := wrong_with_due(due_on, today()):
        raise Invalid(wrong)
    booking = new_booking(actor, item.case, clinic_type_id, Wishes(due_on))
    booking.id, booking.item_id = booking_id, item.id
    keep(booking)
    note_change(item.meeting)
    return booking


@command
def drop_booking(actor: Actor, booking_id: uuid.UUID) -> None:
    """Take back what was put down in the room."""
    booking = db.session.get(Booking, booking_id)
    if booking is None or booking.item_id is None:
        raise NotFound
    item = item_to_change(actor, booking.item_id)
    record(actor, "drop_booking", "case", booking.case_id, booking=str(booking.id))
    if booking.state is not B.DROPPED:
        end(actor, booking, B.DROPPED)
        note_change(item.meeting)


def bind_bookings(actor: Actor, item: AgendaItem, decision: Decision) -> None:
    """Agree on what was put down, now that it was read back; part of a command.

    What was agreed at an earlier reading goes over to the decision that replaces it.
    """
    for booking in in_the_room(item.id):
        move(booking, B.AGREED)
        booking.decision_id = decision.id
        record(actor, "bind_booking", "case", item.case_id, booking=str(booking.id))


def ask_for_places(actor: Actor, decision: Decision) -> None:
    """Ask the rota for what a signed decision books; part of a command, safe to run twice."""
    for booking in in_the_room(decision.item_id):
        if booking.state is B.AGREED:
            _ask_if_possible(actor, booking)


def new_booking(actor: Actor, case: Case, clinic_type_id: uuid.UUID | None, wishes: Wishes) -> Booking:
    """Make a place that nobody has asked for yet; part of a command."""
    chosen = next((each for each in diary.clinics_offered() if each.id == clinic_type_id), None)
    if chosen is None:
        raise Invalid("Choose a clinic from the list.")
    return Booking(
        case_id=case.id,
        clinic_type_id=chosen.id,
        clinic=chosen.name,
        due_on=wishes.due_on,
        step_free=wishes.step_free,
        home_site_id=wishes.home_site_id or home_of(case.patient, sites_for(actor)),
        unsuitable=sorted(wishes.unsuitable),
        made_by=actor.name,
    )


def keep(booking: Booking) -> None:
    """Keep a new place; part of a command."""
    db.session.add(booking)
    db.session.flush()


def _ask_if_possible(actor: Actor, booking: Booking) -> None:
    """Ask for a place; a clinic that is held no more must not keep the minutes from being signed."""
    try:
        with apart():
            ask(actor, booking)
    except Refusal as refusal:
        move(booking, B.NOT_ASKED)
        booking.ended_why = refusal.sentence
        tell(actor, booking.case, f"{standing_said(B.NOT_ASKED, booking.clinic, None)}. {refusal.sentence}")
        record(actor, "leave_unasked", "case", booking.case_id, booking=str(booking.id))


def ask(actor: Actor, booking: Booking) -> None:
    """Ask the rota for a place; part of a command."""
    move(booking, B.ASKED)
    booking.token = booking.token_index = str(diary.ask_for_place(actor, asked_for(booking)))
    booking.asked_at, booking.ended_why = now(), ""
    tell(actor, booking.case, f"{standing_said(B.ASKED, booking.clinic, None)}.")
    record(actor, "ask_for_place", "case", booking.case_id, booking=str(booking.id))


def asked_for(booking: Booking) -> diary.Asked:
    """Say to the rota what a place is to be like; asked again, it is the same place."""
    # Made with a key of ours: nothing that the rota keeps leads to the case.
    key = keyring().sign("place in a clinic", str(booking.id))
    return diary.Asked(
        from_key=uuid.UUID(key[:32]),
        clinic_type_id=booking.clinic_type_id,
        home_site_id=booking.home_site_id,
        priority=PRESSING[booking.case.urgency],
        due=booking.due_on,
        step_free=booking.step_free,
    )


def ask_as_urgent_as_it_is(actor: Actor) -> None:
    """Let the rota plan by how urgent the cases are now; part of a command."""
    for booking in planned_by_another_urgency():
        diary.ask_for_place(actor, asked_for(booking))
        record(actor, "change_wishes", "case", booking.case_id, booking=str(booking.id))


def refuse_wrong(wishes: Wishes) -> None:
    """Refuse what nobody can need of a place."""
    if wrong := wrong_with_due(wishes.due_on, today()) or wrong_with_unsuitable(wishes.unsuitable):
        raise Invalid(wrong)


def end(actor: Actor, booking: Booking, to: BookingState) -> None:
    """End a place, whatever became of it; part of a command."""
    move(booking, to)
    booking.ended_at, booking.ended_by = now(), actor.name


def move(booking: Booking, to: BookingState) -> None:
    """Move a place on where the table of moves has it; part of a command."""
    if to not in BOOKING_MOVES[booking.state]:
        raise WrongState(f"“{booking.state.label}” is where this stands: that cannot be done with it now.")
    booking.state = to

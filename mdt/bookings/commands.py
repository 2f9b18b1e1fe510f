"""Booking people into clinics: put down in the room, agreed when it is read back, asked for when signed.

What the rota makes of a place is noticed, and ends it where it must; whoever counts on it is told.
"""

import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from mdt.bookings.queries import home_of, in_the_room, planned_by_another_urgency
from mdt.bookings.records import Booking
from mdt.bookings.rules import (
    BOOKING_MOVES,
    IN_THE_ROOM,
    PRESSING,
    UNDER_WAY,
    BookingState,
    Place,
    Wishes,
    tell_by,
    wrong_with_due,
    wrong_with_unsuitable,
)
from mdt.bookings.wording import (
    THAT_IT_IS_CHANGED,
    THAT_IT_IS_CLOSED,
    THAT_IT_IS_GIVEN_BACK,
    WHEN_IT_IS,
    noticed_said,
    standing_said,
)
from mdt.cases.commands import WrongState, lock_cases, tell
from mdt.cases.records import Case
from mdt.decisions.records import Decision
from mdt.letters.commands import need_to_tell
from mdt.letters.queries import due_to_tell
from mdt.letters.records import Telling
from mdt.letters.rules import Audience
from mdt.lists.records import AgendaItem
from mdt.meetings.commands import note_change
from mdt.minutes.commands import item_to_change
from mdt.texts.queries import name_of
from network.access.rules import SYSTEM, Actor
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


def let_go(actor: Actor, booking: Booking, why: str) -> None:
    """Give a place back to the rota, and end it; part of a command."""
    end(actor, booking, B.GIVEN_BACK)
    booking.ended_why = why
    if booking.token is not None:
        diary.withdraw_place(actor, uuid.UUID(booking.token))
    is_past = booking.day is not None and booking.day < today()
    if not is_past and (_counts_on_it(booking.telling) or _was_told(booking.telling)):
        _tell_person(booking, THAT_IT_IS_GIVEN_BACK)
    else:
        _forget_telling(booking)
    tell(actor, booking.case, f"{standing_said(B.GIVEN_BACK, booking.clinic, None)}. {why}")
    record(actor, "give_back_place", "case", booking.case_id, booking=str(booking.id))


def let_all_go(actor: Actor, case_ids: Collection[uuid.UUID], why: str) -> None:
    """Give back all that some cases have in clinics; part of a command."""
    lock_cases(case_ids)
    rows = Booking.case_id.in_(list(case_ids)), Booking.state.in_(UNDER_WAY | IN_THE_ROOM)
    for booking in db.session.scalars(select(Booking).where(*rows)).all():
        if booking.state is B.PROPOSED:
            end(actor, booking, B.DROPPED)
        else:
            let_go(actor, booking, why)


def notice(booking: Booking, place: Place) -> None:
    """Keep how a place stands now, say so in the case, and put down that the person is told.

    Part of a command.
    """
    before = booking.plan
    if place == booking.place:
        return
    move(booking, place.state)
    booking.arrives = None
    plan = place.plan
    # Of a clinic that was closed, its day stays to be read.
    if plan is not None or place.state is B.ASKED:
        booking.day = plan.day if plan else None
        booking.starts = plan.starts if plan else None
        booking.site = plan.site if plan else ""
        booking.place_number = plan.number if plan else None
    tell(SYSTEM, booking.case, noticed_said(booking.clinic, before, place.state, plan))
    if plan is not None:
        _tell_person(booking, THAT_IT_IS_CHANGED if _counts_on_it(booking.telling) else WHEN_IT_IS)
    elif _counts_on_it(booking.telling):
        _tell_person(booking, THAT_IT_IS_CLOSED)
    else:
        _forget_telling(booking)


def _was_told(telling: Telling | None) -> bool:
    return telling is not None and telling.told_on is not None


def _counts_on_it(telling: Telling | None) -> bool:
    """Say whether the person was told of a day and has heard of nothing else since.

    Nobody is put down to be told of a change, or of an end, of what they never knew.
    """
    if telling is None:
        return False
    return telling.what != (THAT_IT_IS_CLOSED if _was_told(telling) else WHEN_IT_IS)


def _tell_person(booking: Booking, what: str) -> None:
    """Put down that the person is told; of what nobody has told them yet, they are told once, of the last."""
    _forget_telling(booking)
    case = booking.case
    if case.patient.died_on is not None:
        return
    due_on = due_to_tell(today())
    if booking.day is not None:
        due_on = tell_by(due_on, booking.day, today())
    booking.telling = need_to_tell(case, Audience.PERSON, name_of(case.patient), due_on, what=what)


def _forget_telling(booking: Booking) -> None:
    """Put down no more that the person is told what has changed before anybody told them."""
    telling = booking.telling
    if telling is not None and not _was_told(telling):
        booking.telling = None
        db.session.flush()
        db.session.delete(telling)


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

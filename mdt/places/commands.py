"""What is done about somebody's place in a clinic: asked again, taken, given back, told, came or not."""

import uuid
from datetime import date

from sqlalchemy import select

from mdt.bookings.commands import (
    ask,
    ask_as_urgent_as_it_is,
    asked_for,
    end,
    keep,
    let_go,
    move,
    new_booking,
    notice,
    refuse_wrong,
)
from mdt.bookings.queries import as_the_rota_has_it, changed_places, under_way
from mdt.bookings.records import Booking
from mdt.bookings.rules import (
    CAN_BE_ASKED_AGAIN,
    HELD,
    LONGEST_WHY,
    OUTCOMES,
    BookingState,
    Wishes,
    falls_away,
    wrong_with_outcome,
)
from mdt.bookings.wording import (
    standing_said,
)
from mdt.cases.commands import WrongState, lock_case, lock_cases, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.letters.commands import note_told
from mdt.letters.rules import Way
from mdt.places.queries import BookingSeen, arrival_of, find_signed, get_booking_for
from mdt.sharing.commands import refuse_in_emergency
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, take_turns, today
from network.plumbing.refusals import Invalid, Refusal
from rota import diary

B = BookingState
SIGN_FIRST = "A place follows from a decision: have the minutes signed first."


@command
def ask_for_place(actor: Actor, booking_id: uuid.UUID) -> None:
    """Ask for a place that could not be asked for before."""
    booking = _to_handle(actor, booking_id).booking
    if booking.state is not B.NOT_ASKED:
        raise WrongState(f"“{booking.state.label}” is where this stands: it is not asked for again.")
    ask(actor, booking)


@command
def book_later(actor: Actor, case_id: uuid.UUID, clinic_type_id: uuid.UUID, due_on: date) -> uuid.UUID:
    """Ask for a place that follows from a signed decision, where nobody put it down in the room."""
    case = get_case_for(actor, case_id).case
    require(actor.may(Permission.BUILD_LISTS))
    refuse_in_emergency(actor, case.patient_id)
    case = lock_case(case)
    _refuse_over(case)
    decision = find_signed(case_id)
    if decision is None:
        raise Refusal(SIGN_FIRST)
    wishes = Wishes(due_on)
    refuse_wrong(wishes)
    # Two who think of it at once, or a click that is sent twice.
    if any(each.clinic_type_id == clinic_type_id for each in under_way([case_id]).get(case_id, ())):
        raise Refusal("They have a place in this clinic already, or wait for one: see to that one first.")
    booking = new_booking(actor, case, clinic_type_id, wishes)
    booking.decision_id, booking.state = decision.id, B.AGREED
    keep(booking)
    ask(actor, booking)
    return booking.id


@command
def ask_again(actor: Actor, booking_id: uuid.UUID, due_on: date) -> uuid.UUID:
    """Ask for another place for somebody whose last one came to nothing."""
    earlier = _to_handle(actor, booking_id).booking
    if earlier.state not in CAN_BE_ASKED_AGAIN:
        raise WrongState(f"“{earlier.state.label}” is where this stands: there is nothing to ask for again.")
    _refuse_over(earlier.case)
    if not earlier.is_decided:
        raise WrongState(SIGN_FIRST)
    wishes = Wishes(due_on, earlier.step_free, earlier.home_site_id, frozenset(earlier.unsuitable))
    refuse_wrong(wishes)
    booking = new_booking(actor, earlier.case, earlier.clinic_type_id, wishes)
    booking.item_id, booking.decision_id, booking.follows_id = None, earlier.decision_id, earlier.id
    booking.state = B.AGREED
    keep(booking)
    ask(actor, booking)
    return booking.id


@command
def change_wishes(actor: Actor, booking_id: uuid.UUID, wishes: Wishes) -> None:
    """Keep what somebody needs of a place; where the rota plans by it, it is asked anew."""
    booking = _to_handle(actor, booking_id).booking
    if booking.state not in HELD | {B.NOT_ASKED}:
        raise WrongState(f"“{booking.state.label}” is where this stands: there is nothing to change.")
    refuse_wrong(wishes)
    before = asked_for(booking)
    booking.unsuitable = sorted(wishes.unsuitable)
    booking.due_on, booking.step_free = wishes.due_on, wishes.step_free
    booking.home_site_id = wishes.home_site_id
    # Who has a place keeps it: a change is chosen among what is offered.
    if booking.token is not None and asked_for(booking) != before:
        diary.ask_for_place(actor, asked_for(booking))
    record(actor, "change_wishes", "case", booking.case_id, booking=str(booking.id))


@command
def give_back(actor: Actor, booking_id: uuid.UUID, why: str) -> None:
    """Give a place back that somebody does not need or want."""
    booking = _to_handle(actor, booking_id).booking
    if not why.strip():
        raise Invalid("Enter why the place is given back.")
    if len(why.strip()) > LONGEST_WHY:
        raise Invalid(f"Shorten the reason to {LONGEST_WHY} characters: it has {len(why.strip())}.")
    let_go(actor, booking, why.strip())


@command
def note_outcome(actor: Actor, booking_id: uuid.UUID, outcome: BookingState) -> None:
    """Keep whether somebody came to their clinic."""
    booking = _to_handle(actor, booking_id).booking
    if outcome not in OUTCOMES:
        raise Invalid("Say whether they came or not.")
    if wrong := wrong_with_outcome(booking.state, booking.day, today()):
        raise WrongState(wrong)
    end(actor, booking, outcome)
    if booking.token is not None:
        # Closed later on that day, its clinic loses nobody who waits for another.
        diary.note_use(actor, uuid.UUID(booking.token), True)
    tell(actor, booking.case, f"{standing_said(outcome, booking.clinic, booking.plan)}.")
    record(actor, "note_outcome", "case", booking.case_id, booking=str(booking.id), outcome=outcome.value)


@command
def take_back_outcome(actor: Actor, booking_id: uuid.UUID) -> None:
    """Take back what was noted of who came."""
    booking = _to_handle(actor, booking_id).booking
    if booking.state not in OUTCOMES:
        raise WrongState("Nobody has noted yet whether they came.")
    if db.session.scalars(select(Booking.id).where(Booking.follows_id == booking.id)).first():
        raise WrongState("Another place was asked for since: give that one back first.")
    move(booking, B.PLANNED)
    booking.ended_at, booking.ended_by = None, ""
    if booking.token is not None:
        diary.note_use(actor, uuid.UUID(booking.token), False)
    tell(actor, booking.case, f"{actor.name} took back what was noted of who came to {booking.clinic}.")
    record(actor, "take_back_outcome", "case", booking.case_id, booking=str(booking.id))


@command
def tell_person(actor: Actor, booking_id: uuid.UUID, how: Way) -> None:
    """Keep that the person was told how their place stands, and the time of their own they were told."""
    booking = _to_handle(actor, booking_id).booking
    if booking.telling_id is None:
        raise Refusal("There is nothing to tell them now.")
    note_told(actor, booking.telling_id, how)
    booking.arrives = arrival_of(booking)
    record(actor, "tell_person", "case", booking.case_id, booking=str(booking.id))


@command
def take_place(actor: Actor, booking_id: uuid.UUID, session_id: uuid.UUID) -> None:
    """Take a place in one of the clinics that are offered."""
    booking = _to_handle(actor, booking_id).booking
    if booking.state not in HELD or booking.token is None:
        raise WrongState(f"“{booking.state.label}” is where this stands: no place can be taken now.")
    diary.take(actor, uuid.UUID(booking.token), session_id)
    record(actor, "take_place", "case", booking.case_id, booking=str(booking.id))
    notice(booking, as_the_rota_has_it([booking])[booking.id])


@command
def notice_changes(actor: Actor) -> int:
    """Keep what the rota made of the places of this network since it was looked at; return how many changed.

    Safe to run twice, and by two at once.
    """
    require(actor.may(Permission.BUILD_LISTS))
    take_turns("places of people")
    ask_as_urgent_as_it_is(actor)
    changed = changed_places()
    lock_cases({row.case_id for row, _ in changed})
    for row, place in changed:
        if falls_away(row.state, row.day, row.case.patient.died_on):
            let_go(actor, row, "The person has died.")
        else:
            notice(row, place)
        record(actor, "notice_place", "case", row.case_id, booking=str(row.id), state=row.state.value)
    record(actor, "notice_changes", "network", current_network(), places=len(changed))
    return len(changed)


def _to_handle(actor: Actor, booking_id: uuid.UUID) -> BookingSeen:
    """Return a place that somebody sees to, locked: two who change it follow each other."""
    seen = get_booking_for(actor, booking_id)
    require(seen.may_handle)
    lock_case(seen.case)
    db.session.refresh(seen.booking)
    return seen


def _refuse_over(case: Case) -> None:
    if case.state not in OPEN:
        raise Refusal(f"This case is {case.state.label.lower()}: open it again before you ask for a place.")
    if case.patient.died_on is not None:
        raise Refusal("This person has died: no place is asked for.")

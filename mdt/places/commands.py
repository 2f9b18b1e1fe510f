"""What is done about somebody's place in a clinic: asked again, taken, given back, told, came or not."""

import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from mdt.bookings.commands import (
    ask,
    ask_as_urgent_as_it_is,
    asked_for,
    end,
    keep,
    move,
    new_booking,
    refuse_wrong,
)
from mdt.bookings.queries import as_the_rota_has_it, changed_places, under_way
from mdt.bookings.records import Booking
from mdt.bookings.rules import (
    CAN_BE_ASKED_AGAIN,
    HELD,
    IN_THE_ROOM,
    LONGEST_WHY,
    OUTCOMES,
    UNDER_WAY,
    BookingState,
    Place,
    Wishes,
    falls_away,
    tell_by,
    wrong_with_outcome,
)
from mdt.bookings.wording import (
    THAT_IT_IS_CHANGED,
    THAT_IT_IS_CLOSED,
    THAT_IT_IS_GIVEN_BACK,
    WHEN_IT_IS,
    noticed_said,
    standing_said,
)
from mdt.cases.commands import WrongState, lock_case, lock_cases, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.letters.commands import need_to_tell
from mdt.letters.queries import due_to_tell
from mdt.letters.records import Telling
from mdt.letters.rules import Audience
from mdt.places.queries import BookingSeen, find_signed, get_booking_for
from mdt.sharing.commands import refuse_in_emergency
from mdt.texts.queries import name_of
from network.access.guard import require
from network.access.rules import SYSTEM, Actor, Permission
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
def take_place(actor: Actor, booking_id: uuid.UUID, session_id: uuid.UUID) -> None:
    """Take a place in one of the clinics that are offered."""
    booking = _to_handle(actor, booking_id).booking
    if booking.state not in HELD or booking.token is None:
        raise WrongState(f"“{booking.state.label}” is where this stands: no place can be taken now.")
    diary.take(actor, uuid.UUID(booking.token), session_id)
    record(actor, "take_place", "case", booking.case_id, booking=str(booking.id))
    _notice(booking, as_the_rota_has_it([booking])[booking.id])


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
            _notice(row, place)
        record(actor, "notice_place", "case", row.case_id, booking=str(row.id), state=row.state.value)
    record(actor, "notice_changes", "network", current_network(), places=len(changed))
    return len(changed)


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


def _notice(booking: Booking, place: Place) -> None:
    """Keep how a place stands now, say so in the case, and put down that the person is told."""
    before = booking.plan
    if place == booking.place:
        return
    move(booking, place.state)
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

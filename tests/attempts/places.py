from datetime import time, timedelta

from mdt.bookings import commands as bookings
from mdt.bookings.rules import BookingState, Wishes
from mdt.letters.rules import Way
from mdt.places import commands as places
from network.access.rules import SYSTEM, Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.clinics import hold, make_asked, make_booked
from tests.mdt.room import make_room
from tests.rota.clinic_scene import make_clinic_type

COORDINATOR = Role.CARE_COORDINATOR
SOON = timedelta(weeks=4)


@attempt(bookings.put_down_booking)
def _put_down_booking(cast: Cast):
    _, (item,) = make_room(cast, 1)
    return by(cast[COORDINATOR], item.id, make_clinic_type(cast).id, today() + SOON, "one")


@attempt(bookings.drop_booking)
def _drop_booking(cast: Cast):
    _, (item,) = make_room(cast, 1)
    kind = make_clinic_type(cast).id
    return by(
        cast[COORDINATOR],
        bookings.put_down_booking(cast[COORDINATOR], item.id, kind, today() + SOON, "one").id,
    )


@attempt(places.ask_for_place)
def _ask_for_place(cast: Cast):
    return by(cast[COORDINATOR], make_booked(cast, state=BookingState.NOT_ASKED).booking.id)


@attempt(places.book_later)
def _book_later(cast: Cast):
    booked, other = make_asked(cast), make_clinic_type(cast, name="Frailty one-stop")
    return by(cast[COORDINATOR], booked.case.id, other.id, today() + SOON)


@attempt(places.ask_again)
def _ask_again(cast: Cast):
    booked = make_asked(cast)
    booked.booking.state = BookingState.MISSED
    return by(cast[COORDINATOR], booked.booking.id, today() + SOON)


@attempt(places.change_wishes)
def _change_wishes(cast: Cast):
    return by(cast[COORDINATOR], make_asked(cast).booking.id, Wishes(today() + SOON, step_free=True))


@attempt(places.take_place)
def _take_place(cast: Cast):
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    return by(cast[COORDINATOR], booked.booking.id, hold(cast, booked.clinic_type_id, weeks=3))


@attempt(places.give_back)
def _give_back(cast: Cast):
    return by(cast[COORDINATOR], make_asked(cast).booking.id, "She would rather stay at home.")


def _planned(cast: Cast):
    yesterday = today() - timedelta(days=1)
    return make_booked(cast, state=BookingState.PLANNED, day=yesterday, starts=time(9)).booking.id


@attempt(places.note_outcome)
def _note_outcome(cast: Cast):
    return by(cast[COORDINATOR], _planned(cast), BookingState.CAME)


@attempt(places.take_back_outcome)
def _take_back_outcome(cast: Cast):
    return by(cast[COORDINATOR], make_booked(cast, state=BookingState.CAME).booking.id)


@attempt(places.tell_person)
def _tell_person(cast: Cast):
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    places.notice_changes(SYSTEM)
    return by(cast[COORDINATOR], booked.booking.id, Way.PHONE)


@attempt(places.notice_changes)
def _notice_changes(cast: Cast):
    make_asked(cast)
    return by(cast[COORDINATOR])

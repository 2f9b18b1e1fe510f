from mdt.bookings.rules import BookingState
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.clinics import make_asked, make_booked
from tests.mdt.scene import make_case


@address("places.show", "places.change", "places.give_back", "places.own_time", alone=True)
def _asked(cast: Cast):
    return {"booking_id": make_asked(cast).booking.id}


@address("places.book")
def _case_to_book(cast: Cast):
    return {"case_id": make_case(cast).id}


@address("places.again", alone=True)
def _missed(cast: Cast):
    return {"booking_id": make_booked(cast, state=BookingState.MISSED).booking.id}

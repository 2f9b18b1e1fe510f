import uuid
from datetime import timedelta

import pytest

from mdt.bookings.commands import drop_booking, put_down_booking
from mdt.bookings.queries import bookings_of_items
from mdt.bookings.rules import BookingState
from mdt.minutes.commands import NotNow
from mdt.readback.commands import carry_item, confirm_item, mark_not_reached, note_item
from mdt.run.commands import finish_meeting, open_item
from mdt.run.queries import state_for
from mdt.signing.commands import sign_minutes
from network.access.rules import Role
from network.plumbing.database import today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from tests.cast import Cast
from tests.mdt.after import CHAIR
from tests.mdt.room import make_room, read_back
from tests.rota.clinic_scene import make_clinic_type

B = BookingState
SOON = timedelta(weeks=4)


def test_a_place_is_put_down_in_the_room_read_back_and_asked_for_only_when_it_is_signed(cast: Cast) -> None:
    meeting, (item,) = make_room(cast, 1)
    kind, chair = make_clinic_type(cast), cast[CHAIR]
    open_item(chair, item.id)
    booking = put_down_booking(chair, item.id, kind.id, today() + SOON, "one")
    assert put_down_booking(chair, item.id, kind.id, today() + SOON, "one").id == booking.id
    assert (booking.state, booking.clinic) == (B.PROPOSED, kind.name)
    (shown,) = state_for(chair, meeting.id)["minutes"][str(item.id)]["bookings"]
    assert (shown["id"], shown["clinic"]) == (str(booking.id), kind.name)
    read_back(chair, item)
    assert (booking.state, booking.token) == (B.AGREED, None)
    finish_meeting(chair, meeting.id)
    sign_minutes(chair, meeting.id)
    assert booking.state is B.ASKED
    assert booking.token is not None
    assert booking.decision_id is not None


def test_what_was_put_down_after_it_was_read_back_is_read_back_again(cast: Cast) -> None:
    _, (item,) = make_room(cast, 1)
    kind, chair = make_clinic_type(cast), cast[CHAIR]
    read_back(chair, item)
    open_item(chair, item.id)
    booking = put_down_booking(chair, item.id, kind.id, today() + SOON, "one")
    confirm_item(chair, item.id)
    assert booking.state is B.AGREED
    open_item(chair, item.id)
    drop_booking(chair, booking.id)
    drop_booking(chair, booking.id)
    assert booking.state is B.DROPPED
    assert bookings_of_items([item.id]) == {}


def test_a_case_with_a_place_put_down_does_not_end_without_a_decision(cast: Cast) -> None:
    _, (item,) = make_room(cast, 1)
    kind, chair = make_clinic_type(cast), cast[CHAIR]
    open_item(chair, item.id)
    put_down_booking(chair, item.id, kind.id, today() + SOON, "one")
    for end in (
        lambda: carry_item(chair, item.id, "No time."),
        lambda: note_item(chair, item.id, "A pathway applies."),
        lambda: mark_not_reached(chair, item.id),
    ):
        with pytest.raises(NotNow):
            end()


def test_only_a_clinic_that_is_held_and_a_day_to_come_can_be_put_down_by_whoever_minutes(cast: Cast) -> None:
    _, (item,) = make_room(cast, 1)
    kind, chair = make_clinic_type(cast), cast[CHAIR]
    open_item(chair, item.id)
    with pytest.raises(Invalid, match="Choose a clinic from the list"):
        put_down_booking(chair, item.id, uuid.uuid4(), today() + SOON, "one")
    with pytest.raises(Invalid, match="Choose a day after today"):
        put_down_booking(chair, item.id, kind.id, today(), "one")
    with pytest.raises((NotAllowed, NotFound)):
        put_down_booking(cast[Role.CLINICIAN], item.id, kind.id, today() + SOON, "one")

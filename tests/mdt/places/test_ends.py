"""What ends a place: somebody came or did not, gave it back, died, or wants nothing shared."""

from datetime import timedelta

import pytest
import time_machine

from mdt.actions.rules import ActionState
from mdt.bookings.rules import BookingState
from mdt.bookings.wording import (
    WHEN_IT_IS,
)
from mdt.closing.commands import withdraw_case
from mdt.letters.commands import note_told
from mdt.letters.rules import Way
from mdt.objections.commands import object_to_sharing
from mdt.places.commands import (
    ask_again,
    give_back,
    note_outcome,
    notice_changes,
    take_back_outcome,
)
from mdt.places.queries import bookings_for
from mdt.sharing.rules import ObjectionScope
from network.access.rules import SYSTEM, Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from rota import diary
from rota.clinic_board.commands import close_clinic
from tests.cast import Cast, client_for
from tests.mdt.after import COORDINATOR
from tests.mdt.clinics import hold, make_asked, make_booked, rota_has, tuesday, whats

B = BookingState


def test_who_came_is_noted_from_the_day_on_and_taken_back(cast: Cast) -> None:
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    coordinator, booking = cast[COORDINATOR], booked.booking
    with pytest.raises(Refusal, match="note who came on that day or after"):
        note_outcome(coordinator, booking.id, B.CAME)
    with time_machine.travel(tuesday(2) + timedelta(days=1)):
        note_outcome(coordinator, booking.id, B.CAME)
        assert booking.state is B.CAME
        take_back_outcome(coordinator, booking.id)
        note_outcome(coordinator, booking.id, B.MISSED)
        again_id = ask_again(coordinator, booking.id, today() + timedelta(days=30))
        with pytest.raises(Refusal, match="give that one back first"):
            take_back_outcome(coordinator, booking.id)
        (waiting,) = bookings_for(coordinator)
        assert (waiting.booking.id, waiting.state) == (again_id, B.ASKED)
        assert waiting.booking.token != booking.token


def test_whoever_came_does_not_wait_again_when_their_clinic_is_closed_on_that_day(cast: Cast) -> None:
    booked = make_asked(cast)
    clinic_id = hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    with time_machine.travel(tuesday(2)):
        note_outcome(cast[COORDINATOR], booked.booking.id, B.CAME)
        close_clinic(cast[Role.CLINIC_LEAD], clinic_id, "The water is off")
        assert rota_has(booked) is diary.PlaceState.USED
        assert bookings_for(cast[COORDINATOR]) == []
        take_back_outcome(cast[COORDINATOR], booked.booking.id)
        assert rota_has(booked) is diary.PlaceState.WAITING


def test_nobody_asks_again_before_the_minutes_are_signed(cast: Cast) -> None:
    booked = make_booked(cast, state=B.GIVEN_BACK)
    with pytest.raises(Refusal, match="have the minutes signed first"):
        ask_again(cast[COORDINATOR], booked.booking.id, today() + timedelta(days=30))
    page = client_for(cast, COORDINATOR).get(f"/clinic-places/{booked.booking.id}").text
    assert "Ask for another place" not in page


def test_a_place_that_is_given_back_is_free_for_others(cast: Cast) -> None:
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    with pytest.raises(Invalid, match="Enter why"):
        give_back(cast[COORDINATOR], booked.booking.id, " ")
    give_back(cast[COORDINATOR], booked.booking.id, "She would rather be seen at home.")
    assert booked.booking.state is B.GIVEN_BACK
    assert rota_has(booked) is diary.PlaceState.WITHDRAWN
    assert bookings_for(cast[COORDINATOR]) == []


def test_whoever_died_has_no_place_any_more(cast: Cast) -> None:
    booked = make_asked(cast)
    booked.case.patient.died_on = today()
    db.session.commit()
    assert notice_changes(SYSTEM) == 1
    assert (booked.booking.state, booked.booking.ended_why) == (B.GIVEN_BACK, "The person has died.")
    assert rota_has(booked) is diary.PlaceState.WITHDRAWN


def test_a_case_that_is_withdrawn_gives_its_place_back(cast: Cast) -> None:
    booked = make_asked(cast)
    for action in booked.over.actions:
        action.state = ActionState.DONE
    db.session.commit()
    withdraw_case(cast[COORDINATOR], booked.case.id, "Moved away.")
    assert booked.booking.ended_why == "The case was withdrawn: Moved away."
    assert rota_has(booked) is diary.PlaceState.WITHDRAWN


def test_nobody_is_told_that_a_place_of_a_day_that_is_past_was_given_back(cast: Cast) -> None:
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    note_told(cast[COORDINATOR], booked.booking.telling_id, Way.PHONE)
    with time_machine.travel(tuesday(2) + timedelta(days=1)):
        give_back(cast[COORDINATOR], booked.booking.id, "It was a slip.")
    assert whats(booked) == [WHEN_IT_IS]


def test_whoever_wants_nothing_shared_has_no_place(cast: Cast) -> None:
    booked = make_asked(cast)
    object_to_sharing(cast[COORDINATOR], booked.case.patient_id, ObjectionScope.ALL)
    assert booked.booking.state is B.GIVEN_BACK
    assert rota_has(booked) is diary.PlaceState.WITHDRAWN

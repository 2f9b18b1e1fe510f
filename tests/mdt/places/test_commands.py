import uuid
from datetime import timedelta

import pytest
import time_machine

from mdt.bookings.queries import networks_with_changes
from mdt.bookings.rules import BookingState, Turn, Wishes
from mdt.bookings.wording import (
    THAT_IT_IS_CHANGED,
    THAT_IT_IS_CLOSED,
    THAT_IT_IS_GIVEN_BACK,
    WHEN_IT_IS,
    plan_said,
)
from mdt.cases.rules import Urgency
from mdt.letters.commands import note_told
from mdt.letters.rules import Audience, Way
from mdt.places.commands import (
    change_wishes,
    give_back,
    notice_changes,
    take_place,
)
from mdt.places.queries import bookings_for, get_booking_for, offered_for
from mdt.signing.commands import sign_minutes
from network.access.rules import SYSTEM, Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from network.vocabulary import Priority, SessionKind
from rota import diary
from rota.clinic_board.commands import close_clinic, move_clinic
from rota.clinic_series.rules import Place
from rota.clinics.commands import retire_type
from tests.cast import Cast, client_for
from tests.mdt.after import CHAIR, CLINICIAN, COORDINATOR
from tests.mdt.clinics import CLINIC, hold, make_asked, make_booked, rota_has, said, tuesday, whats

B = BookingState


def test_a_place_that_is_planned_is_noticed_and_its_person_is_to_be_told_before_the_day(cast: Cast) -> None:
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    seen = get_booking_for(cast[COORDINATOR], booked.booking.id)
    assert (seen.state, seen.is_noticed) == (B.PLANNED, False)
    assert notice_changes(SYSTEM) == 1
    assert notice_changes(SYSTEM) == 0
    booking = booked.booking
    assert (booking.state, booking.day, booking.site, booking.place_number) == (
        B.PLANNED,
        tuesday(2),
        cast.elm_site.name,
        1,
    )
    assert whats(booked) == [WHEN_IT_IS]
    assert today() <= booking.telling.due_on < tuesday(2)
    assert f"A place in {CLINIC} is planned" in said(booked)


def test_a_clinic_that_is_moved_takes_its_people_with_it_and_they_are_told_anew(cast: Cast) -> None:
    booked = make_asked(cast)
    clinic_id = hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    note_told(cast[COORDINATOR], booked.booking.telling_id, Way.PHONE)
    elsewhere = Place(cast.oak_site.id, tuesday(3), SessionKind.AFTERNOON)
    move_clinic(cast[Role.CLINIC_LEAD], clinic_id, elsewhere, "The room is needed")
    (seen,) = bookings_for(cast[COORDINATOR])
    assert (seen.turn, seen.is_told) == (Turn.TO_TELL, False)
    notice_changes(SYSTEM)
    assert whats(booked) == [WHEN_IT_IS, THAT_IT_IS_CHANGED]
    assert f"The place in {CLINIC} was moved: now {plan_said(booked.booking.plan)}" in said(booked)


def test_a_clinic_that_is_closed_puts_its_person_first_and_a_told_one_is_told(cast: Cast) -> None:
    booked = make_asked(cast)
    clinic_id = hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    note_told(cast[COORDINATOR], booked.booking.telling_id, Way.PHONE)
    close_clinic(cast[Role.CLINIC_LEAD], clinic_id, "The dentist is away")
    (first,) = bookings_for(cast[COORDINATOR])
    assert (first.state, first.is_told) == (B.CLOSED, False)
    notice_changes(SYSTEM)
    assert booked.booking.state is B.CLOSED
    assert whats(booked) == [WHEN_IT_IS, THAT_IT_IS_CLOSED]
    assert "was closed, or moved out of their reach: they need another place." in said(booked)
    # Another clinic takes whoever lost a place first.
    hold(cast, booked.clinic_type_id, weeks=3)
    notice_changes(SYSTEM)
    assert (booked.booking.state, booked.booking.day) == (B.PLANNED, tuesday(3))
    assert whats(booked) == [WHEN_IT_IS, THAT_IT_IS_CHANGED]


def test_nobody_is_given_a_place_in_a_clinic_of_today(cast: Cast) -> None:
    booked = make_asked(cast)
    with time_machine.travel(tuesday(2)):
        hold(cast, booked.clinic_type_id, weeks=0)
        assert rota_has(booked) is diary.PlaceState.WAITING


def test_whom_nobody_had_told_is_not_told_of_a_clinic_they_never_knew(cast: Cast) -> None:
    booked = make_asked(cast)
    clinic_id = hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    close_clinic(cast[Role.CLINIC_LEAD], clinic_id, "The dentist is away")
    notice_changes(SYSTEM)
    assert whats(booked) == []


def test_whoever_was_told_of_a_day_hears_of_its_end_whatever_came_between(cast: Cast) -> None:
    booked = make_asked(cast)
    clinic_id = hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    note_told(cast[COORDINATOR], booked.booking.telling_id, Way.PHONE)
    elsewhere = Place(cast.oak_site.id, tuesday(3), SessionKind.AFTERNOON)
    move_clinic(cast[Role.CLINIC_LEAD], clinic_id, elsewhere, "The room is needed")
    notice_changes(SYSTEM)
    close_clinic(cast[Role.CLINIC_LEAD], clinic_id, "The dentist is away")
    notice_changes(SYSTEM)
    assert whats(booked) == [WHEN_IT_IS, THAT_IT_IS_CLOSED]
    give_back(cast[COORDINATOR], booked.booking.id, "They are seen at home.")
    assert whats(booked) == [WHEN_IT_IS, THAT_IT_IS_GIVEN_BACK]


def test_whoever_needs_a_place_without_steps_does_not_follow_a_clinic_up_them(cast: Cast) -> None:
    booked = make_asked(cast, step_free=True)
    clinic_id = hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    cast.oak_site.accessible = False
    db.session.commit()
    elsewhere = Place(cast.oak_site.id, tuesday(3), SessionKind.AFTERNOON)
    move_clinic(cast[Role.CLINIC_LEAD], clinic_id, elsewhere, "The room is needed")
    notice_changes(SYSTEM)
    assert booked.booking.state is B.CLOSED
    assert rota_has(booked) is diary.PlaceState.WAITING


def test_what_suits_the_person_is_offered_first_and_can_be_taken(cast: Cast) -> None:
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id, weeks=1)
    later = hold(cast, booked.clinic_type_id, weeks=6)
    other = hold(cast, booked.clinic_type_id, weeks=3, site_id=cast.oak_site.id)
    notice_changes(SYSTEM)
    coordinator = cast[COORDINATOR]
    offered = offered_for(get_booking_for(coordinator, booked.booking.id))
    assert [slot.session_id for slot, _ in offered] == [other, later]
    assert offered[1][1] == ["later than was agreed"]
    take_place(coordinator, booked.booking.id, other)
    assert (booked.booking.day, booked.booking.site) == (tuesday(3), cast.oak_site.name)
    assert f"The place in {CLINIC} was moved" in said(booked)


def test_what_does_not_suit_them_comes_last_and_they_keep_their_turn(cast: Cast) -> None:
    booked = make_asked(cast)
    coordinator = cast[COORDINATOR]
    token = booked.booking.token
    wishes = Wishes(today() + timedelta(days=60), True, cast.oak_site.id, frozenset({"Tuesday morning"}))
    change_wishes(coordinator, booked.booking.id, wishes)
    assert booked.booking.token == token
    assert (booked.booking.step_free, booked.booking.unsuitable) == (True, ["Tuesday morning"])
    with pytest.raises(Invalid, match="Choose a day after today"):
        change_wishes(coordinator, booked.booking.id, Wishes(today()))


def test_whoever_waits_for_a_clinic_that_is_held_no_more_is_seen_to(cast: Cast) -> None:
    booked, coordinator = make_asked(cast), cast[COORDINATOR]
    assert [each.turn for each in bookings_for(coordinator)] == [Turn.WAITING]
    retire_type(cast[Role.CLINIC_LEAD], booked.clinic_type_id)
    assert [each.turn for each in bookings_for(coordinator)] == [Turn.NOT_HELD]
    said = "No more clinics of this kind are planned"
    for page in ("/", "/clinic-places", f"/clinic-places/{booked.booking.id}"):
        assert ("Held no more" if page == "/" else said) in client_for(cast, COORDINATOR).get(page).text


def test_what_somebody_with_a_place_needs_now_holds_for_what_is_offered_and_given_next(cast: Cast) -> None:
    booked = make_asked(cast)
    clinic_id = hold(cast, booked.clinic_type_id)
    cast.oak_site.accessible = False
    db.session.commit()
    hold(cast, booked.clinic_type_id, weeks=3, site_id=cast.oak_site.id)
    notice_changes(SYSTEM)
    coordinator, booking = cast[COORDINATOR], booked.booking
    retire_type(cast[Role.CLINIC_LEAD], booked.clinic_type_id)
    change_wishes(coordinator, booking.id, Wishes(today() + timedelta(days=60), step_free=True))
    seen = get_booking_for(coordinator, booking.id)
    assert (seen.state, booking.day) == (B.PLANNED, tuesday(2))
    assert [against for _, against in offered_for(seen)] == [["not step-free"]]
    close_clinic(cast[Role.CLINIC_LEAD], clinic_id, "The dentist is away")
    change_wishes(coordinator, booking.id, Wishes(today() + timedelta(days=70), step_free=True))
    assert rota_has(booked) is diary.PlaceState.WAITING


def test_an_urgency_that_changes_reaches_the_rota(cast: Cast) -> None:
    booked = make_asked(cast)
    booked.case.urgency = Urgency.THIS_WEEK
    db.session.commit()
    assert networks_with_changes() == [cast.network.id]
    notice_changes(SYSTEM)
    [status] = diary.status([uuid.UUID(booked.booking.token)]).values()
    assert status.priority is Priority.URGENT
    assert networks_with_changes() == []


def test_a_letter_says_that_a_place_was_asked_for(cast: Cast) -> None:
    booked = make_asked(cast)
    assert f"We asked for a place for you: {CLINIC}." in booked.over.letter().words
    assert f"Place asked for: {CLINIC}." in booked.over.letter(Audience.PRACTICE).words


def test_only_those_who_coordinate_see_to_places_and_only_those_who_know_of_the_person_see_them(
    cast: Cast,
) -> None:
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    assert get_booking_for(cast[CHAIR], booked.booking.id).may_handle is False
    with pytest.raises(NotAllowed):
        give_back(cast[CHAIR], booked.booking.id, "No.")
    for role in (Role.VOLUNTARY_MEMBER, Role.WORKFORCE_MANAGER, Role.CLINIC_LEAD):
        with pytest.raises(NotFound):
            get_booking_for(cast[role], booked.booking.id)
    assert bookings_for(cast[CLINICIAN]) == []


def test_a_clinic_that_is_held_no_more_does_not_keep_minutes_from_being_signed(cast: Cast) -> None:
    booked = make_booked(cast)
    retire_type(cast[Role.CLINIC_LEAD], booked.clinic_type_id)
    assert sign_minutes(cast[CHAIR], booked.over.meeting.id) == 1
    assert booked.booking.state is B.NOT_ASKED
    assert "could not be asked for" in said(booked)

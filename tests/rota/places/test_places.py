"""Places asked for through the door: in the order of those who wait, moved and lost with their clinic."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from network.access.rules import SYSTEM, Role
from network.organisations.records import Site
from network.plumbing.database import db
from network.plumbing.refusals import NotFound, Refusal
from network.vocabulary import Priority
from rota import diary
from rota.clinic_board.commands import close_clinic
from rota.clinic_seats.commands import add_clinic
from rota.clinic_series.records import ClinicServing, ClinicSession
from rota.clinic_series.rules import Place, Wanted
from rota.diary import Asked, PlaceState
from rota.places.queries import waiting_for_planning
from rota.slots.commands import fill_free_places
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota.clinic_scene import AM, hold_clinic, make_bundle, make_clinic_type

COORDINATOR, MANAGER = Role.CARE_COORDINATOR, Role.WORKFORCE_MANAGER
ROUTINE, URGENT = Priority.ROUTINE, Priority.URGENT


def ask(cast: Cast, clinic_type_id: uuid.UUID, **given: object) -> uuid.UUID:
    return diary.ask_for_place(cast[COORDINATOR], Asked(uuid.uuid4(), clinic_type_id, **given))  # type: ignore[arg-type]


def another(cast: Cast, clinic: ClinicSession, days: int = 7, site: Site | None = None) -> ClinicSession:
    """Hold the same clinic once more."""
    place = Place((site or cast.elm_site).id, clinic.day + timedelta(days), AM)
    clinic_id = add_clinic(cast[MANAGER], Wanted(clinic.clinic_type_id, clinic.neighbourhood_id, place))
    return db.session.get_one(ClinicSession, clinic_id)


def fill(cast: Cast, clinic: ClinicSession) -> None:
    """Take all eight places of a clinic with the counted people of a bundle."""
    clinic.served = [ClinicServing(bundle=make_bundle(cast, clinic, 8), count=8)]
    db.session.commit()


def of(token: uuid.UUID) -> diary.PlaceStatus:
    return diary.status([token])[token]


def test_a_place_waits_until_a_clinic_is_put_on_the_calendar(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    fill(cast, clinic)
    token = ask(cast, clinic.clinic_type_id)
    assert of(token).state is PlaceState.WAITING
    later = another(cast, clinic)
    found = of(token)
    assert (found.state, found.day, found.site, found.number) == (
        PlaceState.PLANNED,
        later.day,
        cast.elm_site.name,
        1,
    )
    assert found.clinic == "Diabetes one-stop"


def test_whoever_asks_while_a_clinic_has_room_has_a_place_at_once_the_soonest_that_suits(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    soon, late = another(cast, clinic, 7, cast.oak_site), another(cast, clinic, 14, cast.oak_site)
    near = ask(cast, clinic.clinic_type_id, home_site_id=cast.oak_site.id, longest_minutes=0)
    anywhere = ask(cast, clinic.clinic_type_id, due=MONDAY)
    assert [of(token).session_id for token in (near, anywhere)] == [soon.id, clinic.id]
    fill(cast, soon)
    beside = ask(cast, clinic.clinic_type_id, home_site_id=cast.oak_site.id, longest_minutes=0)
    assert of(beside).session_id == late.id


def test_a_place_that_is_given_back_goes_to_whoever_waits_first(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    first = ask(cast, clinic.clinic_type_id)
    clinic.served = [ClinicServing(bundle=make_bundle(cast, clinic, 7), count=7)]
    db.session.commit()
    routine, urgent = (ask(cast, clinic.clinic_type_id, priority=each) for each in (ROUTINE, URGENT))
    assert of(urgent).state is PlaceState.WAITING
    diary.withdraw_place(cast[COORDINATOR], first)
    assert (of(urgent).number, of(routine).state) == (1, PlaceState.WAITING)
    later = another(cast, clinic)
    assert of(routine).session_id == later.id
    diary.take(cast[COORDINATOR], urgent, later.id)
    waits = ask(cast, clinic.clinic_type_id, due=MONDAY)
    assert of(waits).session_id == clinic.id


def test_nobody_is_given_a_place_by_itself_of_which_they_could_hear_only_the_day_before(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    with time_machine.travel(MONDAY - timedelta(1)):
        token = ask(cast, clinic.clinic_type_id)
        assert of(token).state is PlaceState.WAITING
        assert [each.session_id for each in diary.slots(token)] == [clinic.id]
    assert fill_free_places(SYSTEM) == 1
    assert fill_free_places(SYSTEM) == 0
    assert of(token).session_id == clinic.id


def test_asked_again_by_the_same_key_it_is_the_same_place(cast: Cast) -> None:
    asked = Asked(uuid.uuid4(), make_clinic_type(cast).id)
    token = diary.ask_for_place(cast[COORDINATOR], asked)
    assert diary.ask_for_place(cast[COORDINATOR], asked) == token
    assert [each.count for each in waiting_for_planning()] == [1]


def test_whoever_lost_a_place_comes_before_the_urgent_and_those_before_others(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    lost = ask(cast, clinic.clinic_type_id)
    clinic.served = [ClinicServing(bundle=make_bundle(cast, clinic, 7), count=7)]
    db.session.commit()
    routine = ask(cast, clinic.clinic_type_id, due=MONDAY)
    urgent = ask(cast, clinic.clinic_type_id, priority=Priority.URGENT)
    close_clinic(cast[MANAGER], clinic.id, "The doctor is away")
    assert of(lost).lost
    assert of(lost).state is PlaceState.WAITING
    another(cast, clinic)
    assert [of(token).number for token in (lost, urgent, routine)] == [1, 2, 3]


def test_nobody_is_planned_where_they_cannot_come(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    cast.elm_site.accessible = False
    db.session.commit()
    token = ask(cast, clinic.clinic_type_id, step_free=True)
    far = ask(cast, clinic.clinic_type_id, home_site_id=cast.oak_site.id, longest_minutes=0)
    another(cast, clinic)
    assert of(token).state is PlaceState.WAITING
    assert of(far).state is PlaceState.WAITING


def test_slots_come_in_the_order_in_which_they_suit(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    late, near = another(cast, clinic, 14, cast.oak_site), another(cast, clinic, 7, cast.oak_site)
    with time_machine.travel(MONDAY + timedelta(weeks=4)):
        token = ask(
            cast,
            clinic.clinic_type_id,
            home_site_id=cast.oak_site.id,
            longest_minutes=0,
            due=MONDAY + timedelta(8),
        )
    offered = diary.slots(token)
    assert [each.session_id for each in offered] == [near.id, late.id, clinic.id]
    assert [each.suits for each in offered] == [True, False, False]
    assert [each.minutes for each in offered[:2]] == [0, 0]


def test_a_place_is_taken_changed_and_given_back(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    later = another(cast, clinic)
    token = ask(cast, clinic.clinic_type_id)
    assert of(token).session_id == clinic.id
    assert diary.take(cast[COORDINATOR], token, clinic.id) == 1
    assert diary.take(cast[COORDINATOR], token, later.id) == 1
    assert of(token).session_id == later.id
    assert [each.session_id for each in diary.slots(token)] == [clinic.id]
    diary.withdraw_place(cast[COORDINATOR], token)
    assert of(token).state is PlaceState.WITHDRAWN
    with pytest.raises(Refusal):
        diary.take(cast[COORDINATOR], token, clinic.id)


def test_a_full_clinic_is_offered_to_nobody(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    # The counted people of a bundle need places as well: eight are seen.
    clinic.served = [ClinicServing(bundle=make_bundle(cast, clinic, 7), count=7)]
    db.session.commit()
    first, second = ask(cast, clinic.clinic_type_id), ask(cast, clinic.clinic_type_id)
    diary.take(cast[COORDINATOR], first, clinic.id)
    assert diary.slots(second) == ()
    with pytest.raises(Refusal, match="somebody else has just taken the last place"):
        diary.take(cast[COORDINATOR], second, clinic.id)


def test_strangers_know_of_no_place(cast: Cast) -> None:
    clinic = hold_clinic(cast)
    with pytest.raises(NotFound):
        diary.slots(uuid.uuid4())
    assert diary.status([uuid.uuid4()]) == {}
    assert [each.name for each in diary.clinics_offered()] == [clinic.clinic_type.name]

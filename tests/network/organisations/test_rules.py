from dataclasses import dataclass
from datetime import time

import pytest

from network.organisations.rules import (
    UNKNOWN_TRAVEL,
    WeeklySession,
    tidy_code,
    travel_minutes,
    wrong_with_hours,
    wrong_with_ods_code,
    wrong_with_place,
    wrong_with_site_code,
)
from network.vocabulary import OrganisationKind, SessionKind

MONDAY_MORNING = WeeklySession(0, SessionKind.MORNING)
MONDAY_AFTERNOON = WeeklySession(0, SessionKind.AFTERNOON)


@dataclass(frozen=True)
class Spot:
    latitude: float | None = None
    longitude: float | None = None


def test_travel_is_a_straight_line_a_third_longer_at_thirty_an_hour_plus_parking():
    # A hundredth of a degree of latitude is 1.11 km: 1.45 km by road, 3 minutes, and 5 to park.
    assert travel_minutes(Spot(51.50, -0.10), Spot(51.51, -0.10)) == 8
    assert travel_minutes(Spot(51.50, -0.10), Spot(51.60, -0.10)) == 34


def test_travel_is_the_same_there_and_back():
    here, there = Spot(51.50, -0.10), Spot(51.56, -0.03)
    assert travel_minutes(here, there) == travel_minutes(there, here)


def test_nobody_travels_within_a_building():
    nowhere = Spot()
    assert travel_minutes(nowhere, nowhere) == 0
    assert travel_minutes(Spot(51.5, -0.1), Spot(51.5, -0.1)) == 0


def test_a_site_off_the_map_is_neither_next_door_nor_out_of_reach():
    assert travel_minutes(Spot(), Spot(51.5, -0.1)) == UNKNOWN_TRAVEL


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (OrganisationKind.GP_PRACTICE, "Y99001"),
        (OrganisationKind.PHARMACY, "FZZ01"),
        (OrganisationKind.HOSPITAL_TRUST, "RX9"),
        (OrganisationKind.SOCIAL_CARE, "999"),
    ],
)
def test_a_code_of_its_kind_is_taken(kind, code):
    assert wrong_with_ods_code(kind, code) == ""


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        (OrganisationKind.GP_PRACTICE, "Y9900", "a letter and 5 digits"),
        (OrganisationKind.PHARMACY, "Y99001", "F and 4 letters or digits"),
        (OrganisationKind.VOLUNTARY, "Y99001", "Leave the ODS code empty"),
    ],
)
def test_a_code_of_another_kind_is_refused_with_what_to_enter(kind, code, said):
    assert said in wrong_with_ods_code(kind, code)


def test_codes_are_tidied_before_they_are_read():
    assert tidy_code(" y99 001 ") == "Y99001"


@pytest.mark.parametrize("code", ["E", "ELMER", "E1", "", "elm"])
def test_a_site_code_is_two_to_four_capitals(code):
    assert wrong_with_site_code(code)


def test_coordinates_come_in_pairs_and_lie_in_britain():
    assert wrong_with_place(51.5, None)
    assert wrong_with_place(0.1, 51.5)
    assert not wrong_with_place(51.5, -0.1)
    assert not wrong_with_place(None, None)


def test_hours_in_order_are_taken():
    hours = {MONDAY_MORNING: (time(8), time(12)), MONDAY_AFTERNOON: (time(12), time(17))}
    assert wrong_with_hours(hours) == {}


def test_a_session_that_ends_before_it_starts_is_refused():
    wrong = wrong_with_hours({MONDAY_MORNING: (time(12), time(8))})
    assert wrong == {MONDAY_MORNING: "Monday AM must end after it starts."}


def test_sessions_of_a_day_may_not_overlap():
    hours = {MONDAY_AFTERNOON: (time(12), time(17)), MONDAY_MORNING: (time(8), time(12, 30))}
    assert wrong_with_hours(hours) == {MONDAY_AFTERNOON: "Monday PM must start after Monday AM ends."}


def test_sessions_of_different_days_do_not_meet():
    tuesday = WeeklySession(1, SessionKind.MORNING)
    assert not wrong_with_hours({MONDAY_AFTERNOON: (time(13), time(17)), tuesday: (time(8), time(12))})


def test_a_session_must_be_one_of_its_day():
    saturday_evening = WeeklySession(5, SessionKind.EVENING)
    assert saturday_evening in wrong_with_hours({saturday_evening: (time(18), time(20))})

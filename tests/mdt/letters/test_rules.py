from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.letters.rules import (
    LETTER_MOVES,
    TELL_WITHIN,
    Audience,
    Barriers,
    LetterState,
    is_late,
    tell_by,
    told_in_time,
    why_stopped,
)

FRIDAY, CHRISTMAS = date(2026, 12, 18), date(2026, 12, 25)
HOLIDAYS = {CHRISTMAS, date(2026, 12, 28)}
TUESDAY = date(2026, 11, 24)
L = LetterState


@pytest.mark.parametrize(
    ("met_on", "by"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),
        (TUESDAY, date(2026, 12, 1)),
        (date(2026, 11, 27), date(2026, 12, 4)),
        (date(2026, 11, 28), date(2026, 12, 4)),
        (FRIDAY, date(2026, 12, 29)),
    ],
)
def test_people_are_told_within_five_working_days(met_on: date, by: date) -> None:
    assert tell_by(met_on, HOLIDAYS) == by


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_there_are_five_working_days_to_tell_somebody(day: date) -> None:
    by = tell_by(day, HOLIDAYS)
    days = [day + timedelta(n + 1) for n in range((by - day).days)]
    assert sum(each.weekday() < 5 and each not in HOLIDAYS for each in days) == TELL_WITHIN
    assert by.weekday() < 5
    assert by not in HOLIDAYS


def test_whoever_was_told_on_the_last_day_was_told_in_time() -> None:
    assert not is_late(TUESDAY, TUESDAY, FRIDAY)
    assert is_late(TUESDAY, TUESDAY + timedelta(1), FRIDAY)
    assert is_late(TUESDAY, None, TUESDAY + timedelta(1))
    assert not is_late(TUESDAY, None, TUESDAY)


def test_who_may_yet_be_told_in_time_does_not_count() -> None:
    tellings = [(TUESDAY, TUESDAY), (TUESDAY, FRIDAY), (TUESDAY, None), (FRIDAY, None)]
    assert told_in_time(tellings, FRIDAY) == (1, 3)


@pytest.mark.parametrize("now", L)
@pytest.mark.parametrize("to", L)
def test_a_letter_goes_only_after_it_was_checked(now: LetterState, to: LetterState) -> None:
    allowed = {(L.DRAFT, L.GIVEN), (L.DRAFT, L.HELD), (L.HELD, L.DRAFT), (L.GIVEN, L.DRAFT)}
    assert (to in LETTER_MOVES[now]) == ((now, to) in allowed)


@pytest.mark.parametrize(
    ("audience", "barriers", "stopped"),
    [
        (Audience.PERSON, Barriers(has_died=True), True),
        (Audience.PRACTICE, Barriers(has_died=True), False),
        (Audience.ORGANISATION, Barriers(has_died=True), False),
        *((audience, Barriers(objects_to_all=True), True) for audience in Audience),
        (Audience.PRACTICE, Barriers(objects_to_reader=True), True),
        (Audience.ORGANISATION, Barriers(objects_to_reader=True), True),
        (Audience.PERSON, Barriers(objects_to_reader=True), False),
        *((audience, Barriers(), False) for audience in Audience),
    ],
)
def test_death_and_objections_stop_letters(audience: Audience, barriers: Barriers, stopped: bool) -> None:
    assert bool(why_stopped(audience, barriers)) is stopped

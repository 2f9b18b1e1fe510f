from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from mdt.meetings.rules import (
    AHEAD,
    IN_THE_ROOM,
    MEETING_MOVES,
    OVER,
    STILL_COMING,
    AttendanceState,
    MeetingDetails,
    MeetingState,
    clock_of,
    likely_quorum,
    quorum_of,
    wrong_with_date,
    wrong_with_length,
    wrong_with_link,
    wrong_with_quorum,
)
from network.vocabulary import Discipline

A, M = AttendanceState, MeetingState
NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
DETAILS = MeetingDetails(NOON)


@dataclass(frozen=True)
class Comer:
    discipline: Discipline
    state: AttendanceState = A.PRESENT


@dataclass(frozen=True)
class Timed:
    starts_at: datetime = NOON
    opening_minutes: int = 2


def test_every_state_of_a_meeting_has_its_moves() -> None:
    assert set(MEETING_MOVES) == set(M)
    for state in OVER:
        assert not MEETING_MOVES[state]


@pytest.mark.parametrize("state", AttendanceState)
def test_a_discipline_is_there_when_somebody_of_it_is_in_the_room(state: AttendanceState) -> None:
    quorum = quorum_of({"pharmacy": 1}, [Comer(Discipline.PHARMACY, state)])
    assert quorum.is_met is (state in IN_THE_ROOM)
    assert quorum.have == ((Discipline.PHARMACY,) if state in IN_THE_ROOM else ())
    assert quorum.waiting == (() if state in IN_THE_ROOM else (Discipline.PHARMACY,))


@pytest.mark.parametrize("state", AttendanceState)
def test_a_quorum_is_likely_while_nobody_has_sent_apologies(state: AttendanceState) -> None:
    assert likely_quorum({"pharmacy": 1}, [Comer(Discipline.PHARMACY, state)]).is_met is (
        state in STILL_COMING
    )


@pytest.mark.parametrize(("asked", "there"), [*product(range(4), range(4))])
def test_as_many_as_are_asked_for_must_be_there(asked: int, there: int) -> None:
    quorum = quorum_of({"nursing": asked}, [Comer(Discipline.NURSING)] * there)
    assert quorum.is_met is (there >= asked)


def test_another_discipline_does_not_stand_in() -> None:
    assert quorum_of({"pharmacy": 1}, [Comer(Discipline.DENTISTRY)]).waiting == (Discipline.PHARMACY,)


def test_a_meeting_that_asks_for_nobody_has_its_quorum() -> None:
    assert quorum_of({}, []).is_met


def test_a_case_is_due_after_the_opening_and_the_cases_before_it() -> None:
    assert clock_of(Timed(), 4.5) == NOON + timedelta(minutes=6, seconds=30)


@pytest.mark.parametrize(
    ("minutes", "opening", "closing", "is_right"),
    [
        (60, 2, 4, True),
        (5, 0, 0, True),
        (480, 2, 4, True),
        (4, 0, 0, False),
        (481, 2, 4, False),
        (60, 30, 30, False),
        (60, -1, 4, False),
        (60, 2, -1, False),
    ],
)
def test_a_length_leaves_time_for_cases(minutes: int, opening: int, closing: int, is_right: bool) -> None:
    assert (not wrong_with_length(minutes, opening, closing)) is is_right


@pytest.mark.parametrize(
    ("link", "is_right"), [("", True), ("https://a.example", True), ("javascript:alert(1)", False)]
)
def test_a_link_leads_to_a_page(link: str, is_right: bool) -> None:
    assert (not wrong_with_link(link)) is is_right


@pytest.mark.parametrize(("number", "is_right"), [(0, True), (9, True), (10, False), (-1, False)])
def test_a_quorum_asks_for_a_few(number: int, is_right: bool) -> None:
    assert (not wrong_with_quorum({"pharmacy": number})) is is_right


def test_a_date_cannot_be_moved_into_the_past() -> None:
    assert "still to come" in wrong_with_date(DETAILS, NOON + timedelta(days=1), NOON)


def test_a_date_that_should_have_begun_can_still_be_changed() -> None:
    assert not wrong_with_date(DETAILS, NOON, NOON + timedelta(minutes=5))


def test_what_is_ahead_is_not_over() -> None:
    assert not AHEAD & OVER

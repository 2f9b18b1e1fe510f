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
    MeetingState,
    clock_of,
    likely_quorum,
    quorum_of,
)
from network.vocabulary import Discipline

A, M = AttendanceState, MeetingState
NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)


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


def test_what_is_ahead_is_not_over() -> None:
    assert not AHEAD & OVER

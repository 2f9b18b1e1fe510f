from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from rota.programmes.rules import SupervisorKind
from rota.rotations.rules import (
    MOVES,
    Calendar,
    Held,
    PlacementSource,
    PlacementState,
    Stretch,
    may_move,
    stands_as,
    wrong_with_plan,
)
from tests.rota.rotation_makers import AMY, ELM, MONDAY, OAK, YEAR, held


def test_every_state_has_its_moves_and_what_has_ended_has_none() -> None:
    assert MOVES.keys() == set(PlacementState)
    for ended in (PlacementState.COMPLETED, PlacementState.CHANGED, PlacementState.ENDED_EARLY):
        assert not MOVES[ended]
    assert may_move(PlacementState.PROPOSED, PlacementState.HOST_ACCEPTED)
    assert not may_move(PlacementState.CONFIRMED, PlacementState.HOST_ACCEPTED)


def test_blocks_fill_the_plan_and_the_last_may_be_shorter() -> None:
    blocks = Calendar(MONDAY, 10, 4).blocks
    assert [block.weeks for block in blocks] == [4, 4, 2]
    assert blocks[0].starts_on == MONDAY
    for before, after in pairwise(blocks):
        assert after.starts_on == before.ends_on + timedelta(1)


def test_a_week_is_known_by_any_of_its_days() -> None:
    assert YEAR.week_of(MONDAY) == YEAR.week_of(MONDAY + timedelta(6)) == 0
    assert YEAR.week_of(MONDAY + timedelta(7)) == 1
    assert YEAR.week_of(MONDAY - timedelta(1)) == -1


@pytest.mark.parametrize(
    ("name", "starts_on", "weeks", "block_weeks", "word"),
    [
        ("", MONDAY, 52, 4, "name"),
        ("x" * 81, MONDAY, 52, 4, "Shorten"),
        ("Year", date(2027, 1, 5), 52, 4, "Monday"),
        ("Year", MONDAY, 0, 1, "weeks"),
        ("Year", MONDAY, 4, 5, "block"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_in_words(name, starts_on, weeks, block_weeks, word) -> None:
    assert word in wrong_with_plan(name, starts_on, weeks, block_weeks)
    assert not wrong_with_plan("Year", MONDAY, 52, 4)


def test_a_placement_is_the_same_after_it_was_kept_and_read() -> None:
    whole = held(
        told_at=datetime(2027, 1, 1, tzinfo=UTC),
        reason="The host withdrew",
        reason_by="Leda",
        is_pinned=True,
        supervisors=((AMY, SupervisorKind.CLINICAL),),
    )
    assert Held.of(whole.kept) == whole
    assert Held.of(held().kept).told_at is None


def test_who_is_moved_is_told_anew_and_their_host_asked_anew() -> None:
    told = held(state=PlacementState.CONFIRMED, supervisors=((AMY, SupervisorKind.CLINICAL),))
    moved = told.moved(OAK, told.stretch, PlacementSource.SEARCH)
    assert (moved.state, moved.told_at, moved.supervisors) == (PlacementState.PROPOSED, None, ())
    assert moved.stay_id == told.stay_id
    assert told.moved(ELM, told.stretch, PlacementSource.SEARCH).state is PlacementState.CONFIRMED


def test_a_placement_begins_and_ends_by_itself_once_it_was_told() -> None:
    stretch = Stretch(MONDAY, MONDAY + timedelta(27))
    told = PlacementState.CONFIRMED
    assert stands_as(told, stretch, MONDAY - timedelta(1)) is told
    assert stands_as(told, stretch, MONDAY) is PlacementState.ACTIVE
    assert stands_as(told, stretch, stretch.ends_on + timedelta(1)) is PlacementState.COMPLETED
    assert stands_as(PlacementState.PROPOSED, stretch, MONDAY) is PlacementState.PROPOSED

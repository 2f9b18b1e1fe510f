from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rota.rotation_grid.rules import differences, pieces_of
from rota.rotations.rules import Stretch
from tests.rota.rotation_makers import ELM, MONDAY, OAK, YEAR, held

WHOLE = Stretch(YEAR.starts_on, YEAR.ends_on)


@given(st.lists(st.tuples(st.integers(0, 51), st.integers(1, 20)), max_size=5))
def test_the_pieces_of_a_row_fill_the_plan_and_never_lie_on_each_other(stays) -> None:
    row = [held(first=first, weeks=min(weeks, 52 - first)) for first, weeks in stays]
    pieces = pieces_of(YEAR, row, WHOLE)
    assert sum(piece.weeks for piece in pieces) == 52
    for before, after in pairwise(pieces):
        assert after.first == before.first + before.weeks


def test_gaps_end_with_the_block_so_that_one_can_be_filled() -> None:
    pieces = pieces_of(YEAR, [held(first=2, weeks=4)], WHOLE)
    assert [(piece.first, piece.weeks, piece.held is not None) for piece in pieces[:3]] == [
        (0, 2, False),
        (2, 4, True),
        (6, 2, False),
    ]


def test_weeks_before_and_after_training_are_no_gaps() -> None:
    trains = Stretch(MONDAY + timedelta(weeks=6), MONDAY + timedelta(weeks=20) - timedelta(1))
    pieces = pieces_of(YEAR, [], trains)
    assert {piece.first for piece in pieces if not piece.is_outside} == {6, 8, 12, 16}


def test_weeks_that_differ_alike_are_one_stretch() -> None:
    found = differences(YEAR, [held(first=0, weeks=8)], [held(first=0, weeks=4), held(offer=OAK, first=4)])
    assert [(each.stretch, each.one, each.other) for each in found] == [(YEAR.stretch(4, 4), ELM, OAK)]
    assert differences(YEAR, [held()], [held()]) == []

import itertools
import uuid
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import Discipline
from rota.own_training.rules import (
    STRIP_WIDTH,
    Placed,
    next_after,
    next_monday,
    placed_on,
    strip_of,
)
from rota.own_training.wording import span_said, weeks_said, when_said
from rota.rotations.rules import Stretch

MONDAY = date(2026, 12, 7)
YEAR = Stretch(MONDAY, MONDAY + timedelta(weeks=52) - timedelta(1))


def placed(first: int, weeks: int, *, is_lost: bool = False) -> Placed:
    starts_on = MONDAY + timedelta(weeks=first)
    stretch = Stretch(starts_on, starts_on + timedelta(weeks=weeks) - timedelta(1))
    return Placed(
        uuid.uuid4(), stretch, "Oak Surgery", "OAK", "", Discipline.NURSING, "Nursing", is_lost=is_lost
    )


def test_a_monday_is_asked_about_on_the_day_itself_and_from_the_tuesday_on_the_next() -> None:
    assert next_monday(MONDAY) == MONDAY
    assert {next_monday(MONDAY + timedelta(days)) for days in range(1, 8)} == {MONDAY + timedelta(7)}


def test_the_placement_of_a_day_is_one_that_its_host_takes() -> None:
    lost, kept = placed(0, 4, is_lost=True), placed(4, 4)
    assert placed_on([lost, kept], MONDAY) is None
    assert next_after([lost, kept], MONDAY) is kept
    assert placed_on([lost, kept], kept.stretch.ends_on) is kept


def test_how_far_away_a_placement_is_is_said_in_the_words_of_a_calendar() -> None:
    first = placed(0, 13)
    said = {days: when_said(first, MONDAY + timedelta(days)) for days in (-40, -3, -1, 0, 90, 91)}
    assert said == {
        -40: "Starts in 5 weeks",
        -3: "Starts in 3 days",
        -1: "Starts tomorrow",
        0: "You are there now: week 1 of 13",
        90: "You are there now: week 13 of 13",
        91: "Ended",
    }
    assert weeks_said(first.stretch) == "13 weeks, to Sunday 7 March 2027"
    assert span_said(first.stretch) == "7 Dec 2026 to 7 Mar 2027"


@given(st.lists(st.integers(1, 13), min_size=1, max_size=10), st.integers(-30, 400))
def test_a_strip_keeps_the_order_and_the_lengths_of_a_year(weeks: list[int], day: int) -> None:
    firsts = [sum(weeks[:place]) for place in range(len(weeks))]
    each = [placed(first, length) for first, length in zip(firsts, weeks, strict=True)]
    strip = strip_of(each, YEAR, MONDAY + timedelta(day))
    edges = [(piece.left, piece.left + piece.width) for piece in strip.pieces]
    assert edges == sorted(edges)
    assert all(0 <= left < right <= STRIP_WIDTH for left, right in edges)
    assert all(one[1] == other[0] for one, other in itertools.pairwise(edges))
    assert (strip.today is None) == (not YEAR.starts_on <= MONDAY + timedelta(day) <= YEAR.ends_on)
    assert sum(piece.is_now for piece in strip.pieces) <= 1

"""The picture of a care web: nothing overlaps, nothing is outside, and who is closer stands nearer."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt.care_picture.rules import NARROW_WIDTH, Picture, fitted, narrow_picture, wide_picture
from mdt.care_web.wording import MOST_DRAWN

several = st.lists(st.integers(0, 2), max_size=MOST_DRAWN)


def check(picture: Picture, rings: list[int]) -> None:
    boxes = [picture.hub, *(card.box for card in picture.cards)]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].touches(pair[1])]
    assert all(box.left >= 0 and box.top >= 0 for box in boxes)
    assert all(box.right <= picture.width and box.bottom <= picture.height for box in boxes)
    assert [card.ring for card in picture.cards] == rings


@settings(max_examples=40, deadline=None)
@given(several)
def test_nothing_overlaps_on_a_wide_page_and_rings_lie_around_each_other(rings) -> None:
    picture = wide_picture(rings)
    check(picture, rings)
    radii = [ring.rx for ring in picture.rings]
    assert radii == sorted(set(radii))
    far: dict[int, set[float]] = {}
    for card in picture.cards:
        ring = picture.rings[sorted(set(rings)).index(card.ring)]
        x, y = (card.box.x - picture.hub.x) / ring.rx, (card.box.y - picture.hub.y) / ring.ry
        far.setdefault(card.ring, set()).add(round(hypot(x, y), 6))
    assert all(distances == {1.0} for distances in far.values())


@settings(max_examples=40, deadline=None)
@given(several)
def test_nothing_overlaps_on_a_phone_and_who_is_closer_stands_nearer(rings) -> None:
    picture = narrow_picture(rings)
    check(picture, rings)
    assert picture.width == NARROW_WIDTH
    rows = [(card.ring, abs(card.box.y - picture.hub.y)) for card in picture.cards]
    for (ring, row), (other, other_row) in combinations(rows, 2):
        assert ring == other or (row - other_row) * (ring - other) >= -0.001


@pytest.mark.parametrize(
    ("text", "longest", "lines", "fits"),
    [
        ("Elm Surgery", 20, 2, ("Elm Surgery",)),
        ("Riverside Clear View Opticians", 20, 2, ("Riverside Clear View", "Opticians")),
        ("Riverside Borough Council adult social care", 20, 2, ("Riverside Borough", "Council adult…")),
        ("Supercalifragilisticexpialidocious", 20, 1, ("Supercalifragilisti…",)),
        ("", 20, 2, ("",)),
    ],
)
def test_words_are_broken_into_lines_that_fit(text, longest, lines, fits) -> None:
    assert fitted(text, longest, lines) == fits


@given(st.text(max_size=80), st.integers(4, 24), st.integers(1, 3))
def test_no_line_is_longer_than_the_card(text, longest, lines) -> None:
    found = fitted(text, longest, lines)
    assert len(found) <= lines
    assert all(len(line) <= longest for line in found)

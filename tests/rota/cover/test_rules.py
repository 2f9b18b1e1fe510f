import pytest

from rota.cover.rules import ENOUGH, OVER, SHORT, TIGHT, Figure, Staffed, figure_of, missing_in, wished_in
from rota.cover.wording import figure_said, figure_text


def staffed(have: int, minimum: int = 1, desired: int = 2, maximum: int = 3, present: int = 0) -> Staffed:
    return Staffed(have, minimum, desired, maximum, max(have, present))


@pytest.mark.parametrize(
    ("lines", "figure"),
    [
        ([staffed(0)], Figure(0, 1, SHORT)),
        ([staffed(1)], Figure(1, 2, TIGHT)),
        ([staffed(2)], Figure(2, 2, ENOUGH)),
        ([staffed(3)], Figure(3, 2, ENOUGH)),
        ([staffed(4)], Figure(4, 2, OVER)),
        ([staffed(2, present=4)], Figure(2, 2, OVER)),
        ([staffed(0, minimum=0, desired=0)], Figure(0, 0, ENOUGH)),
    ],
)
def test_cover_is_told_against_the_minimum_and_then_against_what_is_wished(
    lines: list[Staffed], figure: Figure
) -> None:
    assert figure_of(lines) == figure


def test_a_line_with_too_many_does_not_fill_another() -> None:
    assert figure_of([staffed(3), staffed(0)]) == Figure(1, 2, SHORT)
    assert figure_of([staffed(3), staffed(1)]) == Figure(3, 4, TIGHT)


def test_people_missing_and_people_wished_for_are_never_counted_twice() -> None:
    lines = [staffed(0), staffed(1), staffed(5)]
    assert missing_in(lines) == 1
    assert wished_in(lines) == 2


def test_cover_is_read_out_in_words() -> None:
    assert figure_said("ELM GP", Figure(1, 2, TIGHT)) == "ELM GP: 1 of 2, fewer than wished"
    assert figure_said("ELM GP", Figure(0, 0, ENOUGH)) == "ELM GP: nobody there, nobody asked for"
    assert figure_text(Figure(1, 2, TIGHT)) == "1/2"
    assert figure_text(Figure(2, 0, ENOUGH)) == "2"
    assert figure_text(Figure(0, 0, ENOUGH)) == ""

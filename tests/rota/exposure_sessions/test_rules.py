from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import Discipline, SessionKind
from rota.exposure_sessions.rules import Offered, wrong_with_offered

MONDAY = date(2026, 12, 7)
GIVEN = Offered(Discipline.OPTOMETRY, 3, SessionKind.MORNING, time(9), time(12, 30), MONDAY)


@given(st.integers(0, 5), st.integers(-20, 20), st.integers(0, 90), st.none() | st.integers(0, 60))
def test_the_days_of_a_half_day_are_those_on_which_it_holds(
    weekday: int, first: int, length: int, ends: int | None
) -> None:
    last = None if ends is None else MONDAY + timedelta(ends)
    offered = replace(GIVEN, weekday=weekday, ends_on=last)
    start = MONDAY + timedelta(first)
    every = [start + timedelta(day) for day in range(length + 1)]
    assert list(offered.days(start, every[-1])) == [day for day in every if offered.holds_on(day)]


def test_a_half_day_that_cannot_be_says_what_to_change() -> None:
    assert wrong_with_offered(GIVEN) == {}
    for wrong, name in (
        ({"kind": SessionKind.SATURDAY_MORNING}, "kind"),
        ({"ends": time(9)}, "ends"),
        ({"ends_on": MONDAY - timedelta(1)}, "ends_on"),
        ({"places": 0}, "places"),
        ({"notes": "x" * 301}, "notes"),
    ):
        assert list(wrong_with_offered(replace(GIVEN, **wrong))) == [name]

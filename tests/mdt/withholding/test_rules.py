"""What is shown of one tally gives away nothing that another of the same page withholds."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt.periods.rules import QUARTERS, WHOLE_YEAR, Period
from mdt.reports.rules import Report, Spread, Tally, Unit
from mdt.small_numbers.rules import LEAST, Cell, Sum
from mdt.withholding.rules import report_shown, shown
from tests.mdt.small_numbers.test_rules import worked_out

PARTS, HEARD = ("decided", "carried"), ("heard", "not heard")
NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 20))
Counts = dict[tuple[int, str], int]


def report_of(counts: Counts) -> Report:
    """Make cases on lists, of those decided whether the person was heard, and the minutes they took."""
    units = [
        Unit(Period(2026, quarter).starts_on + timedelta(days=number), part)
        for (quarter, part), most in counts.items()
        for number in range(most)
    ]
    listed = [replace(unit, part="carried" if unit.part == "carried" else "decided") for unit in units]
    decided = [unit for unit in units if unit.part != "carried"]
    return Report(
        (
            Tally("decided", "Decided?", "", PARTS, listed),
            Tally("heard", "Heard?", "", HEARD, decided, part_of=("decided", "decided")),
        ),
        (
            Spread(
                "minutes",
                "Minutes?",
                "",
                "minutes",
                (),
                tuple(unit.on for unit in decided),
                ("decided", "decided"),
            ),
        ),
    )


def read(report: Report) -> dict[Cell, int | None]:
    """Read every page of a year; how many numbers a spread counts stands beside it, where it is shown."""
    found: dict[Cell, int | None] = {}
    for time in (*QUARTERS, WHOLE_YEAR):
        period = Period(2026, time)
        tallies, (minutes,) = report_shown(report, period)
        for each in tallies:
            found[each.tally.key, "of", time] = each.headline.of
            for part, number in zip(each.tally.parts, each.headline.numbers, strict=True):
                found[each.tally.key, part, time] = number
        counted = sum(period.covers(day) for day in minutes.days)
        found["minutes", "", time] = None if minutes.is_withheld else counted
    return found


def sums() -> list[Sum]:
    """Say what adds up to what, as everybody can tell who knows what is counted."""
    found = []
    for time in (*QUARTERS, WHOLE_YEAR):
        found += [Sum(("decided", "of", time), tuple(("decided", part, time) for part in PARTS))]
        found += [Sum(("heard", "of", time), tuple(("heard", part, time) for part in HEARD))]
        found += [
            Sum(("decided", "decided", time), (each,))
            for each in (("heard", "of", time), ("minutes", "", time))
        ]
    lines = [
        ("minutes", ""),
        *(("decided", each) for each in (*PARTS, "of")),
        *(("heard", each) for each in (*HEARD, "of")),
    ]
    return found + [Sum((*line, WHOLE_YEAR), tuple((*line, each) for each in QUARTERS)) for line in lines]


@given(
    st.fixed_dictionaries({(quarter, part): NUMBERS for quarter in (1, 2, 3) for part in ("carried", *HEARD)})
)
@settings(max_examples=25, deadline=None)
def test_no_tally_or_spread_gives_away_what_another_withholds(counts: Counts) -> None:
    report = report_of(counts)
    open_report = replace(
        report, tallies=tuple(replace(each, is_about_people=False) for each in report.tallies)
    )
    truth, found = {key: number or 0 for key, number in read(open_report).items()}, read(report)
    hidden = frozenset(cell for cell, number in found.items() if number is None)
    assert all(not 0 < number < LEAST for number in found.values() if number)
    assert worked_out(truth, sums(), hidden) == []


def test_a_quarter_of_one_person_is_not_the_year_less_the_others() -> None:
    days = tuple(
        Period(2026, quarter).starts_on for quarter, number in ((1, 9), (2, 1)) for _ in range(number)
    )
    waits = Spread("waits", "Waits?", "", "days", (3,) * 9, days)
    is_shown = [report_shown(Report(spreads=(waits,)), Period(2026, each))[1][0].is_shown for each in (1, 0)]
    assert not all(is_shown)


def test_a_part_of_a_tally_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="name one of this report"):
        Report((Tally("heard", "Heard?", "", HEARD, (), part_of=("decided", "decided")),))


def test_many_things_of_few_people_are_few() -> None:
    people = [uuid.UUID(int=each) for each in range(1, 6)]
    day = Period(2026, 1).starts_on
    of_four = [Unit(day, "heard", person=people[each % 4]) for each in range(12)]
    tally = Tally("heard", "Heard?", "", HEARD, of_four)
    assert shown(tally, Period(2026, 1)).headline.numbers == (None, 0)
    fifth = replace(tally, units=[*of_four, Unit(day, "heard", person=people[4])])
    assert shown(fifth, Period(2026, 1)).headline.numbers == (13, 0)

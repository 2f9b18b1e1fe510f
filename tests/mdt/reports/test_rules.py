"""Counting by quarter and group, and what a reader of every page of a year cannot work out."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mdt.periods.rules import QUARTERS, WHOLE_YEAR, Period
from mdt.reports.rules import Row, Shown, Split, Spread, Tally, Unit
from mdt.small_numbers.rules import LEAST, Cell, Sum
from mdt.withholding.rules import shown
from tests.mdt.small_numbers.test_rules import worked_out

APRIL = date(2026, 4, 1)
PLACE = Split("place", "By place", ("north", "south"))
REASON = Split("reason", "Why not", ("cost", "time"), "not done")
TALLY = Tally("done", "Done?", "Counted.", ("done", "not done"), (), (PLACE, REASON))


def units_of(counts: dict[tuple[int, str, str], int]) -> list[Unit]:
    """Make so many things of a quarter, a place and a part; every other one was not done for its cost."""
    found = []
    for (quarter, place, part), number in counts.items():
        day = Period(2026, quarter).starts_on
        for count in range(number):
            groups = {"place": place, "reason": "cost" if count % 2 else "time"}
            found.append(Unit(day + timedelta(days=count % 80), part, groups))
    return found


def at(quarter: int, **parts: tuple[int, int]) -> dict[tuple[int, str, str], int]:
    return {
        (quarter, place, part): number
        for place, numbers in parts.items()
        for part, number in zip(TALLY.parts, numbers, strict=True)
    }


def test_a_share_stands_with_its_numerator_and_denominator() -> None:
    tally = replace(TALLY, units=units_of(at(1, north=(30, 10), south=(20, 20))))
    found = shown(tally, Period(2026, 1))
    assert found.headline == Row("All", (50, 30), 80, share=50 / 80)
    by_place, by_reason = found.tables
    assert by_place.rows == (Row("north", (30, 10), 40, share=0.75), Row("south", (20, 20), 40, share=0.5))
    assert [row.numbers for row in by_reason.rows] == [(15,), (15,)]
    assert not by_reason.has_share
    assert not found.hides


def test_other_quarters_are_not_counted_and_the_year_is_their_sum() -> None:
    tally = replace(TALLY, units=units_of(at(1, north=(30, 10)) | at(2, north=(7, 9))))
    assert shown(tally, Period(2026, 2)).headline.numbers == (7, 9)
    year = shown(tally, Period(2026))
    assert year.headline.numbers == (37, 19)
    assert [(row.label, row.of) for row in year.tables[-1].rows] == [
        ("April to June 2026", 40),
        ("July to September 2026", 16),
    ]
    assert shown(tally, Period(2025)).is_empty


def test_parts_that_do_not_count_stand_beside_the_share() -> None:
    units = units_of(at(1, north=(30, 10))) + [Unit(APRIL, "open", {"place": "north"})] * 6
    tally = replace(TALLY, parts=("done", "not done", "open"), units=units, splits=(PLACE,))
    assert shown(tally, Period(2026, 1)).headline == Row("All", (30, 10, 6), 40, share=0.75)


def test_a_rate_for_each_thousand_is_of_those_on_the_list() -> None:
    sized = replace(PLACE, sizes={"north": 8000})
    tally = Tally(
        "all", "All?", "Counted.", ("sent",), units_of({(1, "north", "sent"): 20}), (sized,), counted=1
    )
    rows = shown(tally, Period(2026, 1)).tables[0].rows
    assert [(row.of, row.per_thousand) for row in rows] == [(20, 2.5), (0, None)]


def test_what_is_not_about_people_is_shown_however_small() -> None:
    tally = replace(TALLY, units=units_of(at(1, north=(1, 1))))
    assert shown(tally, Period(2026, 1)).headline.numbers == (None, None)
    assert shown(replace(tally, is_about_people=False), Period(2026, 1)).headline.numbers == (1, 1)


def test_numbers_in_the_middle_need_five() -> None:
    few = Spread("days", "Days?", "Counted.", "days", (1, 2, 3, 4))
    assert not few.is_shown
    enough = replace(few, values=(1, 2, 3, 4, 100))
    assert enough.is_shown
    assert (enough.median, enough.middle_half) == (3, (2, 4))


NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 30))
YEARS = st.fixed_dictionaries(
    {
        (quarter, place, part): NUMBERS
        for quarter in QUARTERS[:3]
        for place in PLACE.rows
        for part in TALLY.parts
    }
)


@given(YEARS)
@settings(max_examples=15, deadline=None)
def test_nobody_is_worked_out_from_all_quarters_and_the_year_together(
    counts: dict[tuple[int, str, str], int],
) -> None:
    tally = replace(TALLY, units=units_of(counts))
    pages = {time: shown(tally, Period(2026, time)) for time in (*QUARTERS, WHOLE_YEAR)}
    values, sums, hidden = read(tally, pages)
    truth = read(
        replace(tally, is_about_people=False),
        {time: shown(replace(tally, is_about_people=False), Period(2026, time)) for time in pages},
    )[0]
    assert all(value is None or value >= LEAST or value == 0 for value in values.values())
    assert worked_out({cell: truth[cell] or 0 for cell in truth}, sums, hidden) == []


def read(tally: Tally, pages: dict[int, Shown]) -> tuple[dict[Cell, int | None], list[Sum], frozenset[Cell]]:
    """Read every page as somebody who keeps them all would, with what adds up to what."""
    values: dict[Cell, int | None] = {}
    sums = []
    for time, page in pages.items():
        rows = {"": {"All": page.headline}} | {
            split.key: {row.label: row for row in table.rows}
            for split, table in zip(tally.splits, page.tables, strict=False)
        }
        for key, found in rows.items():
            parts = (REASON.part,) if key == "reason" else tally.parts
            for label, row in found.items():
                values |= {(key, label, part, time): row.numbers[place] for place, part in enumerate(parts)}
                if key != "reason":
                    values[key, label, "of", time] = row.of
                    sums.append(
                        Sum((key, label, "of", time), tuple((key, label, part, time) for part in parts))
                    )
            for part in (*parts, *(() if key in ("", "reason") else ("of",))):
                if key:
                    sums.append(
                        Sum(("", "All", part, time), tuple((key, label, part, time) for label in found))
                    )
    for key, label, part, time in [cell for cell in values if cell[3] == WHOLE_YEAR]:  # type: ignore[index]
        sums.append(Sum((key, label, part, time), tuple((key, label, part, each) for each in QUARTERS)))
    return values, sums, frozenset(cell for cell, value in values.items() if value is None)

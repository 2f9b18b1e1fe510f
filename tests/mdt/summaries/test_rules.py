from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.summaries.rules import days_in, noticed_in

TODAY = date(2026, 12, 7)
SUMMARY = """Mrs E Specimen
Problems: Falls x2, atrial fibrillation
Allergies: Penicillin (rash)
Repeat medication:
 Apixaban 5mg twice daily
 Bisoprolol 2.5 mg
 Alendronic acid 70mg weekly

Last SMR 3/11/24. Sight test: Mar 2024. Sight test: 2019
CFS: 6 eFI score 0.31
Discharged 14 Nov 2026, review booked 1 Feb 2027
"""


def read(pasted: str) -> dict[str, str]:
    return {each.name: each.said for each in noticed_in(pasted, TODAY)}


def test_counts_and_dates_are_read_from_a_summary() -> None:
    assert read(SUMMARY) == {
        "Medicines": "3",
        "Falls": "2",
        "Clinical Frailty Scale": "6",
        "Electronic frailty index": "0.31",
        "Allergies": "Penicillin (rash)",
        "Medicines review": "3 November 2024",
        "Sight test": "March 2024",
        "Hospital stay or A&E": "14 November 2026",
    }


@pytest.mark.parametrize(
    ("pasted", "count"),
    [
        ("Regular medicines: 12", "12"),
        ("Current medication\nAspirin\nMetformin\nProblems\nAsthma", "2"),
        ("Aspirin 75mg\nMetformin 500 mg\nwalks daily", "2"),
        ("REPEAT MEDICATION:\n\nAspirin\n\nSomething else", "1"),
    ],
)
def test_medicines_are_counted_as_said_as_listed_or_by_their_doses(pasted: str, count: str) -> None:
    assert read(pasted) == {"Medicines": count}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("3/11/24", date(2024, 11, 3)),
        ("03.11.2024", date(2024, 11, 3)),
        ("2024-11-03", date(2024, 11, 3)),
        ("3rd November 2024", date(2024, 11, 3)),
        ("Nov 1987", date(1987, 11, 1)),
        ("3 Nov 87", date(1987, 11, 3)),
    ],
)
def test_days_are_read_as_they_are_written_in_england(line: str, day: date) -> None:
    assert [found for _, found, _ in days_in(line)] == [day]


@pytest.mark.parametrize("line", ["31/02/2024", "13/13/2024", "1.5", "130/80"])
def test_what_is_no_day_is_not_read_as_one(line: str) -> None:
    assert days_in(line) == []


def test_a_day_to_come_is_not_when_it_happened() -> None:
    assert read("Dental appointment 1 Feb 2027") == {}


def test_each_thing_says_the_line_it_was_read_from() -> None:
    sources = {each.name: each.source for each in noticed_in(SUMMARY, TODAY)}
    assert sources["Falls"] == "Problems: Falls x2, atrial fibrillation"


@given(st.text(max_size=400))
def test_whatever_is_pasted_can_be_read(pasted: str) -> None:
    found = noticed_in(pasted, TODAY)
    assert len({each.name for each in found}) == len(found)

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.facts.queries import pack
from mdt.facts.rules import wrong_with_fact
from mdt.findings.queries import columns
from mdt.findings.rules import (
    MOVES,
    Column,
    FindingState,
    Kind,
    Said,
    Who,
    as_columns,
    efi_band,
    facts_as_text,
    facts_for_person,
    facts_of_text,
    joined,
    merged,
    read_value,
    who_as_text,
    who_of_text,
)
from mdt.findings.wording import fact_said, question_for, summary_of
from mdt.panels.rules import Answer
from mdt.patients.rules import Sex
from network.plumbing.typed import Unreadable

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2020, 1, 1), TODAY)
COLUMNS = columns()
NUMBERS = [column for column in COLUMNS.values() if column.kind is Kind.NUMBER]
VALUES = st.dictionaries(st.sampled_from(["cfs", "falls_12m", "ae_12m"]), st.integers(1, 9))


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "fit"),
        (0.12, "fit"),
        (0.121, "mild"),
        (0.24, "mild"),
        (0.25, "moderate"),
        (0.36, "moderate"),
        (0.37, "severe"),
        (1, "severe"),
    ],
)
def test_the_bands_of_an_efi_end_where_its_authors_end_them(score: float, band: str) -> None:
    assert efi_band(score) == band


def test_the_category_of_an_efi2_stays_as_it_was_given_and_never_comes_of_a_score() -> None:
    assert read_value(COLUMNS["efi2_category"], "Moderate frailty", TODAY) == "moderate"
    assert read_value(COLUMNS["efi2_category"], "Band 3b", TODAY) == "Band 3b"
    facts = facts_for_person({"efi_score": Said(0.4, TODAY)}, COLUMNS)
    assert facts["efi_category"] == ("severe", TODAY)
    assert "efi2_category" not in facts


def test_a_score_outweighs_the_category_that_came_beside_it() -> None:
    facts = {"efi_score": Said(0.31, TODAY), "efi_category": Said("mild", TODAY)}
    assert facts_for_person(facts, COLUMNS)["efi_category"] == ("moderate", TODAY)
    assert facts_for_person({"efi_category": Said("Group 2", TODAY)}, COLUMNS) == {}
    assert facts_for_person({"efi_category": Said("severe", TODAY)}, COLUMNS)["efi_category"] == (
        "severe",
        TODAY,
    )


@pytest.mark.parametrize(
    ("key", "cell", "said"),
    [
        ("cfs", "10", "not between 1 and 9"),
        ("cfs", "6.5", "not a whole number"),
        ("cfs", "six", "is no number"),
        ("efi_score", "31", "not between 0 and 1"),
        ("last_smr", "31/02/2025", "There is no 31 February"),
        ("last_smr", "01/12/2026", "in the future"),
        ("last_smr", "often", "is no date"),
        ("housebound", "perhaps", "neither yes nor no"),
    ],
)
def test_what_cannot_be_meant_is_said_with_its_column(key: str, cell: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as wrong:
        read_value(COLUMNS[key], cell, TODAY)
    assert str(wrong.value).startswith(COLUMNS[key].label)


def test_every_column_names_a_fact_that_takes_all_it_may_say() -> None:
    specs = pack().specs
    for column in COLUMNS.values():
        if not column.fact:
            continue
        assert column.fact in specs, column.key
        example = {column.key: Said(read_value(column, column.example, TODAY), TODAY)}
        ends = [example]
        if column.kind is Kind.NUMBER:
            ends += [
                {column.key: Said(end if column.decimals else int(end), TODAY)}
                for end in (column.low, column.high)
            ]
        for facts in ends:
            for key, (value, as_at) in facts_for_person(facts, COLUMNS).items():
                assert not wrong_with_fact(specs[key], Answer(value, as_at), TODAY), (column.key, value)


def test_a_column_that_makes_no_sense_stops_the_start() -> None:
    with pytest.raises(ValueError, match="same key"):
        as_columns([{"key": "a", "label": "A", "kind": "text"}] * 2)
    with pytest.raises(ValueError, match="lowest"):
        Column("a", "A", Kind.NUMBER)
    with pytest.raises(ValueError, match="choices"):
        Column("a", "A", Kind.CHOICE)


@given(VALUES, DAYS)
def test_the_same_list_twice_says_nothing_new(values: dict[str, int], day: date) -> None:
    once = merged({}, values, day)
    assert merged(once, values, day) == once


@given(VALUES, VALUES, DAYS, st.integers(1, 400))
def test_lists_of_different_days_end_alike_in_whatever_order_they_come(
    one: dict[str, int], other: dict[str, int], day: date, later: int
) -> None:
    newer = day + timedelta(days=later)
    assert merged(merged({}, one, day), other, newer) == merged(merged({}, other, newer), one, day)


@given(VALUES, VALUES, DAYS)
def test_nothing_a_list_said_is_lost_by_another(
    one: dict[str, int], other: dict[str, int], day: date
) -> None:
    assert set(merged(merged({}, one, day), other, day)) == {*one, *other}


def test_what_is_sealed_is_read_as_it_was_written() -> None:
    facts = {
        "efi_score": Said(0.31, TODAY),
        "last_smr": Said(date(2025, 2, 14), TODAY),
        "dentures": Said(True, TODAY),
    }
    assert facts_of_text(facts_as_text(facts), COLUMNS) == facts
    who = Who("9990000018", "Specimen", "Edith", date(1941, 3, 4), Sex.FEMALE, "EX1 1AA", "Rose Home")
    assert who_of_text(who_as_text(who)) == who
    assert who_of_text(who_as_text(Who())) == Who()
    assert facts_of_text('{"forgotten": [1, "2026-01-01"]}', COLUMNS) == {}


def test_a_list_fills_gaps_and_takes_nothing_away_from_who_somebody_is() -> None:
    held = Who("9990000018", "Specimen", "Edith", date(1941, 3, 4), Sex.FEMALE)
    assert joined(held, Who("9990000018")) == held
    assert joined(Who("9990000018"), held) == held


def test_whoever_was_decided_about_comes_back_only_by_somebody() -> None:
    assert set(MOVES) == set(FindingState)
    assert MOVES[FindingState.NO] == {FindingState.WAITING}


def test_the_question_suggested_fits_whatever_counts() -> None:
    because = tuple(f"{column.label}: 1" for column in NUMBERS)
    assert len(question_for(because)) <= 200
    assert "12 regular" in question_for(("12 regular medicines",))
    assert question_for(()).startswith("Found by a risk search.")


def test_the_summary_of_a_list_says_as_of_when_and_from_where() -> None:
    summary = summary_of({"efi_score": Said(0.31, TODAY)}, COLUMNS, "Frailty search", TODAY)
    assert summary.splitlines() == [
        "From the list “Frailty search” of 22/11/2026:",
        "Electronic frailty index (eFI): 0.31 (moderate) (as at 22/11/2026)",
    ]
    assert fact_said(COLUMNS["dentures"], Said(True, TODAY)) == "Wears dentures"

from datetime import date

import pytest

from mdt.patients.rules import (
    Identity,
    beginnings_of,
    parts_of,
    said_age,
    said_day,
    said_nhs_number,
    tidy_nhs_number,
    wrong_with_identity,
    wrong_with_nhs_number,
)

TODAY = date(2026, 12, 7)


@pytest.mark.parametrize("number", ["9990000018", "9990000026", "9990000034", "4010232137"])
def test_numbers_with_the_right_check_digit_are_right(number: str) -> None:
    assert not wrong_with_nhs_number(number)


# Printed as examples in many places, and wrong all the same.
@pytest.mark.parametrize("number", ["9991234560", "9876544321", "4123456879"])
def test_printed_examples_with_a_wrong_check_digit_are_refused(number: str) -> None:
    assert "last digit" in wrong_with_nhs_number(number)


def test_every_single_wrong_digit_is_noticed() -> None:
    right = "9990000018"
    for place in range(10):
        for digit in "0123456789":
            typed = right[:place] + digit + right[place + 1 :]
            assert bool(wrong_with_nhs_number(typed)) == (typed != right)


def test_a_number_whose_check_digit_would_be_ten_is_nobodys() -> None:
    nine = next(
        f"99900{n:04}"
        for n in range(10000)
        if sum(int(d) * w for d, w in zip(f"99900{n:04}", range(10, 1, -1), strict=True)) % 11 == 1
    )
    assert all(wrong_with_nhs_number(nine + digit) for digit in "0123456789")


@pytest.mark.parametrize(
    "typed", ["999 000 0018", "999-000-0018", " NHS No. 999 000 0018\n", "９９９０００００１８"]
)
def test_a_number_may_be_pasted_as_it_is(typed: str) -> None:
    assert tidy_nhs_number(typed) == "9990000018"


def test_a_demonstration_takes_numbers_only_that_were_never_issued() -> None:
    assert "999" in wrong_with_nhs_number("4010232137", only_invented=True)
    assert not wrong_with_nhs_number("9990000018", only_invented=True)


def test_a_number_is_shown_in_threes_and_a_four() -> None:
    assert said_nhs_number("9990000018") == "999 000 0018"
    assert said_nhs_number(None) == "Not Known"


def test_days_and_ages_are_shown_as_the_banner_does() -> None:
    assert said_day(date(1941, 3, 4)) == "04-Mar-1941"
    assert said_age(date(1941, 3, 4), TODAY) == "85y"
    assert said_age(date(1941, 12, 8), TODAY) == "84y"
    assert said_age(date(2026, 1, 10), TODAY) == "10m"
    assert said_age(date(2024, 2, 29), date(2026, 2, 28)) == "23m"


def test_names_compare_without_accents_and_apostrophes() -> None:
    assert (
        parts_of("Anne-Marie O'Néill")
        == parts_of("anne marie O\N{RIGHT SINGLE QUOTATION MARK}NEILL")
        == ("anne", "marie", "oneill")
    )


def test_people_are_found_by_how_their_names_begin() -> None:
    assert {"edi", "edith", "spe", "specimen"} <= beginnings_of(["Edith", "Specimen"])
    assert "ed" not in beginnings_of(["Edith"])
    assert "li" in beginnings_of(["Li"])
    assert "featherstonehaugh" in beginnings_of(["Featherstonehaugh"])


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        (Identity("", "Edith", date(1941, 3, 4)), "family name"),
        (Identity("Specimen", " ", date(1941, 3, 4)), "given name"),
        (Identity("Specimen", "Edith", date(2027, 1, 1)), "in the past"),
        (Identity("Specimen", "Edith", date(1841, 3, 4)), "older than"),
        (Identity("Specimen", "Edith", date(1941, 3, 4), "999 000"), "10 digits"),
        (Identity("Specimen", "Edith", date(1941, 3, 4), "none"), "10 digits"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(identity: Identity, said: str) -> None:
    assert said in wrong_with_identity(identity, TODAY)


def test_somebody_without_a_number_is_allowed() -> None:
    assert not wrong_with_identity(Identity("Specimen", "Edith", date(1941, 3, 4)), TODAY)

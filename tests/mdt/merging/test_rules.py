import uuid
from datetime import date

import pytest

from mdt.merging.rules import (
    FIELDS,
    LONGEST_REASON,
    as_kept,
    as_was,
    changed_since,
    differences,
    may_be_one,
    names_alike,
    wrong_with_joining,
)
from mdt.patients.records import Patient
from mdt.patients.rules import LetterFormat, Sex

# The others tell the row itself: its keys, its indexes, who made it and when, and when it was last looked at.
OF_THE_ROW = {
    "id",
    "network_id",
    "nhs_index",
    "born_index",
    "merged_into_id",
    "made_by",
    "made_at",
    "described_on",
    "row_version",
}
EMPTY = dict.fromkeys(FIELDS)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("edith", "specimen"), ("edie", "specimen"), True),
        (("edith", "specimen"), ("john", "sample"), False),
        (("jonson",), ("johnson",), True),
        (("johnson",), ("jonson",), True),
        (("smyth",), ("smith",), True),
        (("smiht",), ("smith",), True),
        (("smith",), ("smithe",), True),
        (("smith",), ("smithers",), False),
        (("amy",), ("ami",), False),
        (("marie",), ("maria",), True),
        (("abcde",), ("abdce",), True),
        (("abcde",), ("acbed",), False),
        ((), ("smith",), False),
    ],
)
def test_names_are_alike_by_a_part_or_by_one_letter(one, other, alike: bool) -> None:
    assert names_alike(one, other) is alike
    assert names_alike(other, one) is alike


def test_two_numbers_are_two_people() -> None:
    assert may_be_one((None, "9990000018"))
    assert may_be_one(("9990000018", "9990000018"))
    assert not may_be_one(("9990000018", "9990000026"))


def test_everything_an_entry_says_is_compared() -> None:
    assert {column.name for column in Patient.__table__.columns} == {*FIELDS} | OF_THE_ROW


def test_the_first_word_is_taken_where_there_is_one() -> None:
    first = EMPTY | {"given_name": "Edith", "phone": "", "sex": Sex.UNKNOWN, "email": "e@example.org"}
    second = EMPTY | {
        "given_name": "Edie",
        "phone": "01632 960001",
        "sex": Sex.FEMALE,
        "email": "e@example.org",
    }
    assert {each.name: each.takes_second for each in differences(first, second)} == {
        "given_name": False,
        "phone": True,
        "sex": True,
    }


def test_what_is_kept_as_json_comes_back_as_it_was() -> None:
    values = EMPTY | {
        "died_on": date(2026, 1, 5),
        "practice_id": uuid.uuid4(),
        "sex": Sex.FEMALE,
        "letter_format": LetterFormat.EASY_WORDS,
        "lives_alone": False,
        "family_name": "Specimen",
    }
    assert {name: as_was(name, value) for name, value in as_kept(values).items()} == values


def test_what_was_corrected_after_a_merge_is_named() -> None:
    before, written = {"phone": "", "email": ""}, {"phone": "1", "email": "e"}
    assert changed_since(before, ("phone", "email"), written, {"phone": "2", "email": "e"}) == ["phone"]
    assert changed_since(before, ("phone",), written, {"phone": "1"}) == []


@pytest.mark.parametrize(
    ("reason", "has_compared", "said"),
    [
        (" ", True, "Enter how you know"),
        ("x" * (LONGEST_REASON + 1), True, "Shorten the reason to 500 characters: it has 501."),
        ("Both at the door.", False, "Compare the two"),
    ],
)
def test_nobody_is_joined_without_a_reason_and_a_look(reason: str, has_compared: bool, said: str) -> None:
    assert wrong_with_joining(reason, has_compared).startswith(said)
    assert not wrong_with_joining("Both at the door.", has_compared=True)

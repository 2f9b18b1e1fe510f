import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from mdt.emergencies.rules import (
    EmergencyKind,
    Finding,
    Wanted,
    is_full_name,
    is_running,
    may_review,
    wrong_with_emergency,
    wrong_with_words,
)
from mdt.sharing.rules import Objection, ObjectionScope, Reason, Relation, Standing, reasons_to_know

WHY, DAY = "Found on the floor, confused.", date(2026, 3, 2)
ME, ELM = uuid.uuid4(), uuid.uuid4()
NAMED = Wanted(given_name="Edith", family_name="Specimen", born_on=date(1941, 3, 4))


@pytest.mark.parametrize(
    ("wanted", "reason", "said"),
    [
        (Wanted("999 000 0018"), WHY, ""),
        (NAMED, WHY, ""),
        (Wanted(), WHY, "Enter the NHS number, or"),
        (Wanted(given_name="Edith", family_name="Specimen"), WHY, "Enter the NHS number, or"),
        (Wanted("999 000 001"), WHY, "Enter the 10 digits"),
        # A wrong number is not passed over for the name beside it.
        (Wanted("999 000 0019", "Edith", "Specimen", date(1941, 3, 4)), WHY, "Check the NHS number"),
        (NAMED, "Help!", "Enter what has happened, in at least 10 characters."),
        (NAMED, " " * 20, "Enter what has happened"),
        (NAMED, "x" * 501, "Shorten what has happened to 500 characters: it has 501."),
    ],
)
def test_who_is_looked_for_and_why_must_be_said_in_full(wanted: Wanted, reason: str, said: str) -> None:
    wrong = wrong_with_emergency(wanted, reason)
    assert wrong.startswith(said) if said else wrong == ""


@pytest.mark.parametrize(
    ("given", "family", "fits"),
    [
        ("Edith", "Specimen", True),
        ("edie", "SPECIMEN", True),
        ("Edi", "Specimen", False),
        ("Edith", "Spec", False),
        ("Edith", "Specimen-Jones", False),
        ("", "Specimen", False),
    ],
)
def test_only_the_whole_of_both_names_finds_anybody(given: str, family: str, fits: bool) -> None:
    assert (
        is_full_name(Wanted(given_name=given, family_name=family), "Specimen", ("Edith", "Edie", "")) is fits
    )


def test_nobody_reviews_their_own_opening_or_one_that_is_settled() -> None:
    other = uuid.uuid4()
    assert may_review({other}, ME, None)
    assert may_review({other}, ME, Finding.TO_BE_EXPLAINED)
    assert not may_review({other, ME}, ME, None)
    assert not may_review({other}, ME, Finding.JUSTIFIED)


def test_an_opening_runs_until_its_moment_and_no_longer() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert is_running(noon, noon - timedelta(seconds=1))
    assert not is_running(noon, noon)
    assert not is_running(None, noon)


@pytest.mark.parametrize("scope", [ObjectionScope.ALL, ObjectionScope.ORGANISATION])
def test_an_objection_gives_way_to_danger_and_to_nothing_else(scope: ObjectionScope) -> None:
    me = Standing(ME, frozenset({ELM}), frozenset())
    objections = [Objection(scope, ELM)]

    def opens(reason: Reason) -> bool:
        return bool(reasons_to_know(me, [Relation(reason, DAY, account_id=ME)], objections, DAY))

    assert opens(Reason.DANGER)
    assert not [reason for reason in Reason if reason is not Reason.DANGER and opens(reason)]


def test_words_of_account_are_neither_too_few_nor_too_many() -> None:
    assert wrong_with_words("Rang the ward.", "what you found") == ""
    assert wrong_with_words("Fine", "what you found").startswith("Enter what you found")


def test_every_kind_says_by_which_relation_it_opens() -> None:
    assert {kind.value for kind in EmergencyKind} == {"caring_now", "danger"}

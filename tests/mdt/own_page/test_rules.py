from datetime import date, timedelta

from mdt.own_page.rules import Doing, in_turn, is_own_word, may_be_read
from mdt.own_readers.rules import Look, readers_of

MONDAY = date(2026, 12, 7)


def doing(words: str, days: int, **changes: bool) -> Doing:
    return Doing(words, "A Nurse", MONDAY + timedelta(days=days), **changes)


def test_what_speaks_of_safeguarding_stands_on_no_page_that_others_may_read() -> None:
    assert may_be_read("Review medicines at home")
    assert not may_be_read("Ask the safeguarding team")


def test_what_the_person_does_not_want_told_stands_on_no_carers_page() -> None:
    assert may_be_read("Talk about drinking")
    assert not may_be_read("Talk about drinking", ["drinking"])


def test_words_put_down_as_the_persons_are_theirs() -> None:
    assert is_own_word(" The person ")
    assert not is_own_word("Her daughter")


def test_what_is_to_be_done_comes_first_and_soonest_and_what_is_over_last() -> None:
    found = [
        doing("done", 1, is_done=True),
        doing("late", 9),
        doing("undone", 2, is_undone=True),
        doing("soon", 3),
    ]
    assert [each.words for each in in_turn(found)] == ["soon", "late", "undone", "done"]


def test_readers_are_told_once_each_with_all_that_they_did() -> None:
    looks = [
        Look("Nurse, Elm", "looked at it", 2, MONDAY),
        Look("Nurse, Elm", "looked at it", 1, MONDAY + timedelta(days=2)),
        Look("Nurse, Elm", "changed something", 1, MONDAY),
        Look("Social care, Council", "looked at it", 1, MONDAY + timedelta(days=3)),
    ]
    council, elm = readers_of(looks)
    assert council.who == "Social care, Council"
    assert elm.did == (("changed something", 1), ("looked at it", 3))
    assert elm.last_on == MONDAY + timedelta(days=2)

from datetime import date, timedelta

import pytest

from mdt.minutes.rules import (
    FOLLOWING,
    KEYS_KEPT,
    LONGEST_BLOCK,
    CheckLine,
    keys_after,
    missing_to_confirm,
    number_of_save,
    review_ahead,
    ticked,
    wrong_with_block,
    wrong_with_key,
    wrong_with_review,
)

TODAY = date(2026, 12, 9)


def test_a_decision_needs_words_and_the_persons_view() -> None:
    assert [each.box for each in missing_to_confirm("  \n", has_view=False)] == ["decision", "view_heard"]
    assert [each.box for each in missing_to_confirm("Rest.", has_view=False)] == ["view_heard"]
    assert [each.box for each in missing_to_confirm("", has_view=True)] == ["decision"]
    assert not missing_to_confirm("Rest.", has_view=True)


def test_what_is_missing_says_what_to_do() -> None:
    assert all(each.sentence.endswith(".") for each in missing_to_confirm("", has_view=False))


def test_lines_that_follow_from_the_screen_are_ticked_by_it_alone() -> None:
    by_hand = [line.value for line in CheckLine]
    assert ticked(by_hand, False, 0, False, False) == ["answered", "goal_linked", "carer"]
    assert set(ticked([], True, 1, True, False)) == {line.value for line in FOLLOWING}


def test_a_goal_that_is_chosen_links_the_decision_to_what_matters() -> None:
    assert ticked([], False, 0, False, True) == ["goal_linked"]


def test_the_checklist_keeps_its_order_however_it_was_ticked() -> None:
    assert ticked(["carer", "answered"], True, 0, False, False) == ["answered", "view_heard", "carer"]


def test_a_save_that_comes_twice_has_the_number_it_was_given() -> None:
    keys = keys_after(keys_after(keys_after([], "a"), "b"), "c")
    assert [number_of_save(keys, 3, key) for key in "abc"] == [1, 2, 3]
    assert number_of_save(keys, 3, "d") is None


def test_old_keys_are_forgotten() -> None:
    keys: list[str] = []
    for number in range(KEYS_KEPT + 5):
        keys = keys_after(keys, str(number))
    assert len(keys) == KEYS_KEPT
    assert number_of_save(keys, KEYS_KEPT + 5, "4") is None
    assert number_of_save(keys, KEYS_KEPT + 5, "5") == 6


def test_a_box_has_an_end() -> None:
    assert not wrong_with_block("x" * LONGEST_BLOCK)
    assert "10,000" in wrong_with_block("x" * (LONGEST_BLOCK + 1))


@pytest.mark.parametrize("key", ["", "x" * 65])
def test_a_key_is_short_and_there(key: str) -> None:
    assert wrong_with_key(key)


def test_only_a_review_to_come_is_ahead() -> None:
    assert review_ahead(TODAY, TODAY) is None
    assert review_ahead(None, TODAY) is None
    assert review_ahead(TODAY + timedelta(days=1), TODAY) == TODAY + timedelta(days=1)


def test_a_review_is_ahead_and_within_a_year() -> None:
    assert wrong_with_review(TODAY, TODAY)
    assert not wrong_with_review(TODAY + timedelta(days=1), TODAY)
    assert not wrong_with_review(TODAY + timedelta(days=366), TODAY)
    assert wrong_with_review(TODAY + timedelta(days=367), TODAY)

"""What is said of a repair counts as a person would."""

from rota.repairs.rules import CoverState, Opens
from rota.repairs.wording import cover_tag, covered_said, sent_said, taken_back_said


def test_what_a_repair_covers_is_counted_and_nothing_is_nothing_to_cover():
    assert covered_said(0, 0) == "Nothing to cover"
    assert covered_said(1, 1) == "Covers the gap"
    assert covered_said(3, 3) == "Covers all 3 gaps"
    assert covered_said(1, 2) == "Covers 1 of 2 gaps"
    assert covered_said(0, 2) == "Covers no gap"


def test_one_hears_and_several_hear():
    assert taken_back_said(["Amy"]).endswith("Amy hears that they are not needed.")
    assert taken_back_said(["Amy", "Bob"]).endswith("Amy and Bob hear that they are not needed.")
    assert taken_back_said([]).endswith("Nobody has to be told.")
    assert sent_said(["Amy", "Bob", "Cat"]) == "Sent. Amy, Bob and Cat are being told; nobody else is."


def test_that_nothing_is_open_comes_before_who_looks_after_it_and_not_after_what_was_sent():
    assert cover_tag(CoverState.COVERING, Opens.NO_GAP).text == "No gap"
    assert cover_tag(CoverState.REPORTED, Opens.NOTHING).text == "Nothing to cover"
    assert cover_tag(CoverState.COVERING, Opens.GAPS).text == "Being covered"
    assert cover_tag(CoverState.COVERED, Opens.NOTHING).text == "Covered"

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.texts.rules import (
    LONGEST_BLOCK,
    Block,
    Doing,
    Outcome,
    blocks_of,
    cut_to,
    fit_for_letter,
    long_sentences,
    names_in,
    plain,
    safeguarding_in,
    topics_in,
    without_safeguarding,
)

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "words",
    [
        "Safeguarding concern raised.",
        "Section 42 enquiry is open.",
        "S42 enquiry.",
        "Her son is abusive.",
        "Domestic violence helpline given.",
        "Signs of self-neglect.",
        "Police were called.",
        "Discussed at MARAC.",
        "Financial exploitation?",
        "He threatens her.",
        "Referred to an IDVA.",
        "She is stalked by a neighbour.",
    ],
)
def test_words_of_safeguarding_are_found(words: str) -> None:
    assert safeguarding_in(words)
    assert without_safeguarding(f"Medicines review. {words} Sight test.") == "Medicines review. Sight test."


@pytest.mark.parametrize(
    "words",
    [
        "Review her medicines.",
        "A walk past the policy office.",
        "42 tablets",
        "Celery stalks",
        "A life-threatening allergy",
    ],
)
def test_other_words_are_left_in_peace(words: str) -> None:
    assert safeguarding_in(words) == []


def outcome(**changes) -> Outcome:
    doing = Doing("Review medicines at home", "Priya Patel", "Elm Surgery", date(2026, 12, 8))
    usual = {
        "ref": "C-0012",
        "meeting": "Frailty MDT",
        "held_on": TUESDAY,
        "question": "Two falls since September: what can we change?",
        "decision": "A medicines review at home.",
        "actions": (doing,),
    }
    return Outcome(**usual | changes)


def test_a_letter_says_nothing_of_safeguarding_nor_of_what_was_argued() -> None:
    alarm = Doing("Raise a safeguarding concern", "A Social Worker", "Council", TUESDAY)
    told = outcome(
        decision="A medicines review at home. Safeguarding enquiry about her son.",
        rationale="Nine medicines.",
        put_aside="A care home.",
        dissent="Pharmacy would wait.",
        actions=(*outcome().actions, alarm),
    )
    fit, left_out = fit_for_letter(told)
    assert (fit.decision, fit.actions, left_out) == ("A medicines review at home.", outcome().actions, 2)
    assert (fit.question, fit.rationale, fit.put_aside, fit.dissent) == ("", "", "", "")


def test_a_letter_names_nobody_whose_name_alone_tells_of_safeguarding() -> None:
    visit = Doing("Visit her at home", "Adult safeguarding hub", "", TUESDAY)
    fit, left_out = fit_for_letter(outcome(actions=(visit,)))
    assert (fit.actions, left_out) == ((), 1)


def test_somebody_is_named_by_a_part_of_their_name_but_not_by_that_of_the_reader() -> None:
    carers = ["Mrs Denise Brown", "Tom Brown"]
    assert names_in("Denise will ring you.", carers, "Edith Brown") == ["Mrs Denise Brown"]
    assert names_in("Dear Mrs Brown, Mrs Green will ring.", carers, "Edith Brown") == []


def test_nothing_is_left_out_of_what_is_harmless() -> None:
    fit, left_out = fit_for_letter(outcome())
    assert (fit, left_out) == (outcome(question=""), 0)


def test_topics_that_are_not_to_be_told_are_found_in_a_text() -> None:
    assert topics_in("Her son visits on Sundays.", ["Her son", "Alcohol"]) == ["Her son"]
    assert topics_in("She visits the allotment with her sister.", ["Her son"]) == []


def test_long_sentences_are_found_sooner_where_easy_words_were_asked_for() -> None:
    words = "One two three. " + "word " * 18 + "end."
    assert long_sentences(words, is_easy=False) == []
    assert len(long_sentences(words, is_easy=True)) == 1


def test_a_plain_text_has_no_marks_of_a_page() -> None:
    assert plain("<b>Review</b>\r\nBP <140, HR >60\x00 ") == "Review\nBP <140, HR >60"


@given(st.text(), st.integers(0, 80))
def test_what_is_cut_fits(words: str, longest: int) -> None:
    assert len(cut_to(words, longest)) <= max(longest, 0)
    assert cut_to(words, len(words)) == words


def test_a_letter_is_laid_out_in_headings_lists_and_paragraphs() -> None:
    assert blocks_of("Dear Edie\n\n# Who helps\n- Ann\n- Bob\nBoth ring first.\n\nYours\nCarla") == [
        Block("words", ("Dear Edie",)),
        Block("heading", ("Who helps",)),
        Block("list", ("Ann", "Bob")),
        Block("words", ("Both ring first.",)),
        Block("words", ("Yours", "Carla")),
    ]


def test_the_longest_block_is_what_records_take() -> None:
    assert LONGEST_BLOCK == 1500

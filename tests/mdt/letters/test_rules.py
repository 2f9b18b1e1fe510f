from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.letters.rules import (
    LETTER_MOVES,
    LONGEST_BLOCK,
    TELL_WITHIN,
    Audience,
    Barriers,
    Block,
    Doing,
    LetterState,
    Outcome,
    blocks_of,
    cut_to,
    fit_for_letter,
    is_late,
    long_sentences,
    plain,
    safeguarding_in,
    tell_by,
    told_in_time,
    topics_in,
    why_stopped,
    without_safeguarding,
)

FRIDAY, CHRISTMAS = date(2026, 12, 18), date(2026, 12, 25)
HOLIDAYS = {CHRISTMAS, date(2026, 12, 28)}
TUESDAY = date(2026, 11, 24)
L = LetterState


@pytest.mark.parametrize(
    ("met_on", "by"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),
        (TUESDAY, date(2026, 12, 1)),
        (date(2026, 11, 27), date(2026, 12, 4)),
        (date(2026, 11, 28), date(2026, 12, 4)),
        (FRIDAY, date(2026, 12, 29)),
    ],
)
def test_people_are_told_within_five_working_days(met_on: date, by: date) -> None:
    assert tell_by(met_on, HOLIDAYS) == by


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_there_are_five_working_days_to_tell_somebody(day: date) -> None:
    by = tell_by(day, HOLIDAYS)
    days = [day + timedelta(n + 1) for n in range((by - day).days)]
    assert sum(each.weekday() < 5 and each not in HOLIDAYS for each in days) == TELL_WITHIN
    assert by.weekday() < 5
    assert by not in HOLIDAYS


def test_whoever_was_told_on_the_last_day_was_told_in_time() -> None:
    assert not is_late(TUESDAY, TUESDAY, FRIDAY)
    assert is_late(TUESDAY, TUESDAY + timedelta(1), FRIDAY)
    assert is_late(TUESDAY, None, TUESDAY + timedelta(1))
    assert not is_late(TUESDAY, None, TUESDAY)


def test_who_may_yet_be_told_in_time_does_not_count() -> None:
    tellings = [(TUESDAY, TUESDAY), (TUESDAY, FRIDAY), (TUESDAY, None), (FRIDAY, None)]
    assert told_in_time(tellings, FRIDAY) == (1, 3)


@pytest.mark.parametrize("now", L)
@pytest.mark.parametrize("to", L)
def test_a_letter_goes_only_after_it_was_checked(now: LetterState, to: LetterState) -> None:
    allowed = {(L.DRAFT, L.GIVEN), (L.DRAFT, L.HELD), (L.HELD, L.DRAFT), (L.GIVEN, L.DRAFT)}
    assert (to in LETTER_MOVES[now]) == ((now, to) in allowed)


@pytest.mark.parametrize(
    ("audience", "barriers", "stopped"),
    [
        (Audience.PERSON, Barriers(has_died=True), True),
        (Audience.PRACTICE, Barriers(has_died=True), False),
        (Audience.ORGANISATION, Barriers(has_died=True), False),
        *((audience, Barriers(objects_to_all=True), True) for audience in Audience),
        (Audience.PRACTICE, Barriers(objects_to_reader=True), True),
        (Audience.ORGANISATION, Barriers(objects_to_reader=True), True),
        (Audience.PERSON, Barriers(objects_to_reader=True), False),
        *((audience, Barriers(), False) for audience in Audience),
    ],
)
def test_death_and_objections_stop_letters(audience: Audience, barriers: Barriers, stopped: bool) -> None:
    assert bool(why_stopped(audience, barriers)) is stopped


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
    ],
)
def test_words_of_safeguarding_are_found(words: str) -> None:
    assert safeguarding_in(words)
    assert without_safeguarding(f"Medicines review. {words} Sight test.") == "Medicines review. Sight test."


@pytest.mark.parametrize("words", ["Review her medicines.", "A walk past the policy office.", "42 tablets"])
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
    assert (fit.rationale, fit.put_aside, fit.dissent) == ("", "", "")


def test_nothing_is_left_out_of_what_is_harmless() -> None:
    fit, left_out = fit_for_letter(outcome())
    assert (fit, left_out) == (outcome(), 0)


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

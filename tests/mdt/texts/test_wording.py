import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt.texts.rules import (
    LONGEST_BLOCK,
    Doing,
    Outcome,
    Reader,
    Ringing,
    fit_for_letter,
    long_sentences,
)
from mdt.texts.wording import (
    TEAMS,
    bare_in,
    easier_for,
    gp_block,
    in_a_row,
    organisation_list,
    passed_in,
    person_letter,
)
from network.vocabulary import Discipline

TUESDAY, DUE = date(2026, 11, 24), date(2026, 12, 8)
WHO = "SPECIMEN, Edith (Mrs). Born 04-Mar-1941. NHS No. 999 000 0018"
REVIEW = Doing("Review medicines at home", "Priya Patel", "Elm Surgery", DUE)
OUTCOME = Outcome(
    ref="C-0012",
    meeting="Frailty MDT",
    held_on=TUESDAY,
    question="Two falls since September: what can we change?",
    decision="A medicines review at home. A sight test at home.",
    rationale="Nine medicines, and no sight test for three years.",
    put_aside="A care home for now.",
    dissent="Pharmacy would wait for the blood tests.",
    agreed_by=("general practice", "pharmacy", "social care"),
    view_heard="Somebody here has met them",
    matters="To get to the allotment again.",
    actions=(REVIEW, Doing("Home sight test", "Hill Opticians", "Hill Opticians", DUE)),
    review_due=date(2027, 2, 24),
    coordinator="Carla Coordinator",
    signed_by="Chris Chair",
)
EDIE = Reader("Edie", own_words="To get to the allotment again.")
RING = Ringing("Carla Coordinator", "01632 960001", "Monday to Friday, 9am to 5pm.")


def test_the_block_says_who_what_why_and_who_does_what() -> None:
    assert gp_block(WHO, OUTCOME) == (
        f"{WHO}\n"
        "Frailty MDT, 24 Nov 2026. Reference C-0012.\n"
        "What matters to them: To get to the allotment again.\n"
        "Question: Two falls since September: what can we change?\n"
        "Decided: A medicines review at home. A sight test at home.\n"
        "Why: Nine medicines, and no sight test for three years.\n"
        "Put aside: A care home for now.\n"
        "Thought otherwise: Pharmacy would wait for the blood tests.\n"
        "Actions:\n"
        "- Review medicines at home (Priya Patel, Elm Surgery, by 8 Dec 2026)\n"
        "- Home sight test (Hill Opticians, by 8 Dec 2026)\n"
        "Their view: Somebody here has met them.\n"
        "At the table: general practice, pharmacy and social care\n"
        "Review: 24 Feb 2027.\n"
        "Coordinator: Carla Coordinator. Signed: Chris Chair."
    )


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=900)
DOINGS = st.builds(Doing, WORDS, WORDS, WORDS, st.just(DUE))


@settings(max_examples=80, deadline=None)
@given(WORDS, WORDS, WORDS, WORDS, WORDS, st.lists(DOINGS, max_size=30))
def test_the_block_always_fits_and_has_no_marks_of_a_page(
    decision: str, rationale: str, dissent: str, identity: str, matters: str, actions: list[Doing]
) -> None:
    told = replace(
        OUTCOME,
        decision=decision + "<script>alert(1)</script>",
        rationale=rationale,
        dissent=dissent,
        matters=matters,
        actions=tuple(actions),
    )
    block = gp_block(identity, told)
    assert len(block) <= LONGEST_BLOCK
    assert "script>" not in block
    assert "Decided:" in block
    listed = sum(line.startswith("- ") for line in block.splitlines())
    assert listed == len(actions) or "more: see C-0012" in block


def test_what_does_not_fit_leaves_from_the_least_needed_up() -> None:
    long = replace(OUTCOME, put_aside="word " * 180, rationale="why " * 60)
    block = gp_block(WHO, long)
    assert "Put aside" not in block
    assert "Why: why" in block
    assert all(action.words in block for action in OUTCOME.actions)


def test_actions_that_do_not_fit_are_counted() -> None:
    many = replace(OUTCOME, actions=(replace(REVIEW, words="do this " * 20),) * 30)
    block = gp_block(WHO, many)
    assert len(block) <= LONGEST_BLOCK
    assert re.search(r"- and \d+ more: see C-0012", block)


def test_an_organisation_reads_what_it_has_to_do_and_nothing_else() -> None:
    text = organisation_list("SPECIMEN, Edith", "Phone 01632 960002", replace(OUTCOME, actions=(REVIEW,)))
    assert "Review medicines at home (Priya Patel, by 8 Dec 2026)" in text
    assert "Questions: Carla Coordinator, who coordinates." in text
    for hidden in (OUTCOME.decision, OUTCOME.rationale, OUTCOME.question, OUTCOME.matters):
        assert hidden not in text


def letter(reader: Reader = EDIE, outcome: Outcome = OUTCOME, ringing: Ringing = RING) -> str:
    return person_letter(reader, fit_for_letter(outcome)[0], ringing)


@pytest.mark.parametrize("is_easy", [False, True])
def test_a_letter_begins_with_their_own_words(is_easy: bool) -> None:
    text = letter(replace(EDIE, is_easy=is_easy))
    assert text.startswith("Dear Edie")
    assert text.index("To get to the allotment again.") < text.index("What we decided")


@pytest.mark.parametrize("is_easy", [False, True])
def test_a_letter_says_who_does_what_by_when_and_whom_to_ring(is_easy: bool) -> None:
    text = letter(replace(EDIE, is_easy=is_easy))
    for said in ("A medicines review at home.", "Priya Patel", "Elm Surgery", "Tuesday 8 December 2026"):
        assert said in text
    assert "ring Carla Coordinator on 01632 960001. Monday to Friday, 9am to 5pm." in text
    assert "say no" in text
    assert "C-0012" in text


@pytest.mark.parametrize("is_easy", [False, True])
def test_our_own_sentences_are_short_enough_for_their_reader(is_easy: bool) -> None:
    assert long_sentences(letter(replace(EDIE, is_easy=is_easy)), is_easy) == []


@pytest.mark.parametrize("is_easy", [False, True])
def test_a_letter_tells_nothing_of_what_was_argued(is_easy: bool) -> None:
    text = letter(replace(EDIE, is_easy=is_easy))
    for hidden in (OUTCOME.question, OUTCOME.rationale, OUTCOME.put_aside, OUTCOME.dissent, "NHS"):
        assert hidden not in text


TEAM = replace(REVIEW, team="pharmacist's team")


@pytest.mark.parametrize(
    ("is_easy", "said"),
    [
        (False, "- Priya Patel, pharmacist's team, Elm Surgery: Review medicines at home. By Tuesday 8"),
        (True, "Priya Patel (pharmacist's team, Elm Surgery) does this by Tuesday 8 December 2026."),
    ],
)
def test_a_letter_says_of_which_team_somebody_is(is_easy: bool, said: str) -> None:
    text = letter(replace(EDIE, is_easy=is_easy), replace(OUTCOME, actions=(TEAM,)))
    assert said in text
    assert long_sentences(text, is_easy) == []


@pytest.mark.parametrize("is_easy", [False, True])
def test_a_letter_promises_no_day_that_has_passed(is_easy: bool) -> None:
    late = replace(EDIE, is_easy=is_easy, reads_on=DUE + timedelta(1))
    assert "8 December" not in letter(late)
    assert "24 February 2027" in letter(late)
    assert "24 February 2027" not in letter(replace(late, reads_on=date(2027, 2, 25)))
    assert "Review medicines at home." in letter(late)
    assert "8 December" in letter(replace(late, reads_on=DUE))


def test_days_that_have_passed_are_found_in_a_letter() -> None:
    text = letter()
    days = [TUESDAY, DUE, DUE, date(2027, 2, 24)]
    assert passed_in(text, TUESDAY, days, DUE) == []
    assert passed_in(text, TUESDAY, days, DUE + timedelta(1)) == ["Tuesday 8 December 2026"]
    assert passed_in("Dear Edie", TUESDAY, days, DUE + timedelta(1)) == []


def test_whoever_is_given_by_name_only_is_found_in_a_letter() -> None:
    asked = OUTCOME.actions[1]
    assert bare_in("- Priya Patel: Review medicines.\n- Hill Opticians: Test.", (TEAM, TEAM, asked)) == [
        "Priya Patel"
    ]
    assert bare_in("- Kit Token: Ring.", (Doing("Ring", "Kit Token", "", DUE),)) == ["Kit Token"]
    assert bare_in(letter(outcome=replace(OUTCOME, actions=(TEAM,))), (TEAM,)) == []
    assert bare_in("- Priya Patel, Elm Surgery: Review medicines.", (TEAM,)) == []


def test_every_discipline_has_plain_words() -> None:
    assert set(TEAMS) == set(Discipline)


def test_an_organisation_that_is_asked_is_named_once() -> None:
    assert "Hill Opticians does this" in letter(replace(EDIE, is_easy=True))
    assert "from Hill Opticians" not in letter(replace(EDIE, is_easy=True))


def test_who_said_nothing_is_asked_nothing() -> None:
    text = letter(Reader("Mrs Specimen"))
    assert "You told us" not in text
    assert "You hoped" not in text


def test_without_a_phone_a_letter_still_names_somebody() -> None:
    assert "Please ring Carla Coordinator." in letter(ringing=Ringing("Carla Coordinator"))


def test_without_actions_a_letter_says_so() -> None:
    assert "Nobody has to do anything new." in letter(outcome=replace(OUTCOME, actions=()))


def test_words_of_the_trade_have_easier_ones() -> None:
    found = dict(easier_for("Medication review, and a referral to reablement."))
    assert found == {
        "medication review": "a check of all your medicines",
        "referral": "asking another team to help",
        "reablement": "help to do things for yourself again",
    }
    assert easier_for("We preferred this.") == []


def test_words_stand_in_a_row() -> None:
    assert [in_a_row(each) for each in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip

import itertools
import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mdt.actions.rules import (
    ACTION_MOVES,
    TO_DO,
    ActionState,
    Owner,
    is_overdue,
    read_action,
)
from network.vocabulary import Discipline

A = ActionState
MONDAY = date(2026, 12, 7)


def owner(name: str, organisation: str = "Elm", is_here: bool = False, **changes: object) -> Owner:
    given = {"account_id": uuid.uuid4(), "organisation_id": uuid.uuid4(), "discipline": None, **changes}
    return Owner(name=name, organisation=organisation, is_here=is_here, **given)


STANDARD = owner("Jo Standard", discipline=Discipline.PHARMACY, is_here=True)
SAMPLE = owner("Dr Beth Sample")
COPY, OTHER_COPY = owner("Lee Copy", "Oak Opticians"), owner("Lee Copy", "Elm")
FRIENDS = owner("Age Friends", "", account_id=None)
ELM_PHARMACY = owner("Elm Pharmacy", "", account_id=None, discipline=Discipline.PHARMACY)
OWNERS = (STANDARD, SAMPLE, COPY, OTHER_COPY, FRIENDS, ELM_PHARMACY)


def read(text: str, *owners: Owner):
    return read_action(text, owners or OWNERS, MONDAY)


@pytest.mark.parametrize(
    ("text", "who", "words", "due_on"),
    [
        ("a @Standard +14 Review medicines", STANDARD, "Review medicines", date(2026, 12, 21)),
        ("A @standard +14 review medicines", STANDARD, "Review medicines", date(2026, 12, 21)),
        ("@Jo Standard review medicines +7", STANDARD, "Review medicines", date(2026, 12, 14)),
        ("@J Standard +2w review", STANDARD, "Review", date(2026, 12, 21)),
        ("+3 @Standard: ring the daughter", STANDARD, "Ring the daughter", date(2026, 12, 10)),
        ("@Standard, +14 days, ring her", STANDARD, "Ring her", date(2026, 12, 21)),
        ("@Standard +14 day centre visit", STANDARD, "Day centre visit", date(2026, 12, 21)),
        ("@Dr Sample one letter", SAMPLE, "One letter", date(2026, 12, 21)),
        (
            "a @Age Friends +7 lift to allotment Thursdays",
            FRIENDS,
            "Lift to allotment Thursdays",
            date(2026, 12, 14),
        ),
        (
            "a lift to the allotment @Age Friends 14 Dec",
            FRIENDS,
            "A lift to the allotment",
            date(2026, 12, 14),
        ),
        ("@Age Friends 14th December lift", FRIENDS, "Lift", date(2026, 12, 14)),
        ("@Age Friends 2 Jan lift", FRIENDS, "Lift", date(2027, 1, 2)),
        ("@Age Friends 2 Jan 2027 lift", FRIENDS, "Lift", date(2027, 1, 2)),
        ("@Age Friends 2/1/2027 lift", FRIENDS, "Lift", date(2027, 1, 2)),
        ("@Age Friends by Friday: lift", FRIENDS, "Lift", date(2026, 12, 11)),
        ("@Age Friends lift by Friday.", FRIENDS, "Lift", date(2026, 12, 11)),
        ("@Age Friends Mon lift", FRIENDS, "Lift", date(2026, 12, 14)),
        ("@Age Friends tomorrow lift", FRIENDS, "Lift", date(2026, 12, 8)),
        ("@Age Friends today lift", FRIENDS, "Lift", MONDAY),
        ("@Age Friends lift her on Friday", FRIENDS, "Lift her on Friday", date(2026, 12, 21)),
        ("@Age Friends sat with her, do so again", FRIENDS, "Sat with her, do so again", date(2026, 12, 21)),
        ("@Lee Copy (Oak Opticians) +14 sight test", COPY, "Sight test", date(2026, 12, 21)),
        ("@Age Friends 2/1/27 lift", FRIENDS, "Lift", date(2027, 1, 2)),
        ("@Age Friends Monday to Friday lift", FRIENDS, "Monday to Friday lift", date(2026, 12, 21)),
        ("@Standard Add +2 tablets at night", STANDARD, "Add +2 tablets at night", date(2026, 12, 21)),
        ("Review medicines +7 @Standard", STANDARD, "Review medicines", date(2026, 12, 14)),
        ("@pharmacy +14 blister pack", STANDARD, "Blister pack", date(2026, 12, 21)),
        ("@Elm Pharmacy +14 blister pack", ELM_PHARMACY, "Blister pack", date(2026, 12, 21)),
        ("@ Standard write to jo@example.org", STANDARD, "Write to jo@example.org", date(2026, 12, 21)),
    ],
)
def test_a_line_says_who_does_what_by_when(text: str, who: Owner, words: str, due_on: date) -> None:
    found = read(text)
    assert (found.wrong, found.owner, found.words, found.due_on) == ("", who, words, due_on)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Review medicines", "Say who does it"),
        ("", "Say who does it"),
        ("@", "Nobody here is called that"),
        ("@nobody +14 review", "Nobody here is called nobody. Choose a name from the list."),
        ("@Copy +14 test", "write @Lee Copy (Oak Opticians) or @Lee Copy (Elm)."),
        ("@Standard +14", "Say what is to be done."),
        ("@Standard +14 review +7", "Two days are given"),
        ("@Standard ask @Sample for bloods", "An action has one owner"),
        ("@Standard +400 review", "Choose a day within a year."),
        ("@Standard 1 Dec 2026 review", "1 Dec has passed."),
        ("@Standard 1 Dec review", "1 Dec has passed."),
        ("@Standard 31 Nov review", "There is no such day."),
        ("@Standard 3/12 review", "3/12 could be a day or a time"),
        (f"@Standard {'x' * 301}", "Shorten what is to be done to 300 characters: it has 301."),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence_that_says_what_to_write(text: str, sentence: str) -> None:
    assert sentence in read(text).wrong


def test_of_two_called_alike_the_one_in_the_room_is_meant() -> None:
    here = owner("Lee Copy", "Ash", is_here=True)
    assert read("@Copy +14 test", COPY, here).owner == here


def test_a_whole_word_of_a_name_goes_before_one_that_is_only_begun() -> None:
    elm = owner("Elm Surgery", "", account_id=None)
    assert read("@Elm review", elm, owner("Elmer Sample")).owner == elm


@given(some.text(max_size=80))
def test_whatever_is_typed_there_is_an_action_or_a_sentence(text: str) -> None:
    found = read(f"a @Standard {text}")
    assert found.wrong or (found.owner and found.words and found.due_on)


@pytest.mark.parametrize(("state", "to"), [*itertools.product(A, A)])
def test_every_state_times_every_move(state: ActionState, to: ActionState) -> None:
    may = to in ACTION_MOVES[state]
    if state is A.PROPOSED:
        assert may == (to in {A.OPEN, A.CANCELLED})
    elif state in {A.HANDED_OVER, A.CANCELLED}:
        assert not may
    elif state in {A.DONE, A.NOT_DONE}:
        assert may == (to is A.OPEN)
    else:
        assert may == (to not in {A.PROPOSED, state})


@pytest.mark.parametrize("state", list(A))
def test_only_what_is_to_be_done_can_be_overdue(state: ActionState) -> None:
    assert is_overdue(state, date(2026, 12, 6), MONDAY) == (state in TO_DO)
    assert not is_overdue(state, MONDAY, MONDAY)

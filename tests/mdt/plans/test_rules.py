import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.plans.rules import (
    KEPT,
    LONGEST_TEXT,
    PLAN_MOVES,
    AgreedHow,
    Agreement,
    Criterion,
    PlanState,
    PlanWords,
    is_in_date,
    missing_to_agree,
    share_in_date,
    wrong_with_agreement,
    wrong_with_plan,
    year_after,
)

TODAY = date(2026, 12, 7)
WHOLE = PlanWords("Walks.", "The nurse looks in.", "Two falls.", "Ring the team.", "01632 960001")
AGREED = Agreement(
    AgreedHow.PERSON, "Edith", TODAY, date(2027, 12, 7), uuid.UUID(int=1), frozenset(Criterion)
)


def test_moves_lead_from_every_state_and_what_was_agreed_is_never_a_draft_again() -> None:
    assert PLAN_MOVES.keys() == set(PlanState)
    assert not any(PlanState.DRAFT in PLAN_MOVES[state] for state in KEPT)
    assert not PLAN_MOVES[PlanState.SUPERSEDED]


@given(st.dates(date(1900, 1, 1), date(2140, 12, 31)))
def test_a_year_later_is_the_same_day_or_the_last_of_february(day: date) -> None:
    after = year_after(day)
    assert after.year == day.year + 1
    assert (after.month, after.day) == ((2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day))


@pytest.mark.parametrize(
    ("words", "goals", "sentences"),
    [
        (WHOLE, 1, []),
        (WHOLE, 0, ["at least one goal"]),
        (replace(WHOLE, own_part="", others_part=" "), 1, ["what the person does"]),
        (replace(WHOLE, own_part=""), 1, []),
        (replace(WHOLE, signs=""), 1, ["how one knows"]),
        (replace(WHOLE, steps=" "), 1, ["how one knows"]),
        (replace(WHOLE, contact=""), 1, ["whom to ring"]),
        (PlanWords(), 0, ["goal", "person does", "how one knows", "whom to ring"]),
    ],
)
def test_what_a_plan_still_needs_is_named(words: PlanWords, goals: int, sentences: list[str]) -> None:
    missing = missing_to_agree(words, goals)
    assert len(missing) == len(sentences)
    assert all(part in said for part, said in zip(sentences, missing, strict=True))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"agreed_with": " "}, "who agreed"),
        ({"agreed_with": "x" * 201}, "Shorten"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "not in the future"),
        ({"agreed_on": TODAY - timedelta(days=91)}, "Agree it again"),
        ({"next_review": TODAY}, "after today"),
        ({"next_review": date(2027, 12, 8)}, "within twelve months"),
        ({"agreed_on": TODAY - timedelta(days=30)}, "within twelve months"),
        ({"coordinator_id": None}, "who coordinates"),
        ({"ticks": frozenset({Criterion.TALKED})}, "still missing"),
        ({"ticks": frozenset(), "unticked_why": "We ask again on Monday."}, ""),
        ({"unticked_why": "x" * 501}, "Shorten"),
    ],
)
def test_what_is_wrong_with_an_agreement_is_said(changes: dict[str, object], sentence: str) -> None:
    said = wrong_with_agreement(replace(AGREED, **changes), TODAY)
    assert sentence in said
    assert bool(said) == bool(sentence)


@given(st.dates(date(2026, 9, 9), TODAY), st.integers(-500, 800))
def test_no_plan_goes_longer_than_a_year_without_a_review(agreed_on: date, days: int) -> None:
    agreement = replace(AGREED, agreed_on=agreed_on, next_review=TODAY + timedelta(days=days))
    is_fine = not wrong_with_agreement(agreement, TODAY)
    assert is_fine == (TODAY < agreement.next_review <= year_after(agreed_on))


def test_a_plan_is_in_date_until_the_end_of_the_day_of_its_review() -> None:
    assert is_in_date(PlanState.AGREED, TODAY, TODAY)
    assert not is_in_date(PlanState.AGREED, TODAY - timedelta(days=1), TODAY)
    assert not is_in_date(PlanState.ENDED, TODAY, TODAY)
    assert not is_in_date(PlanState.DRAFT, None, TODAY)


def test_people_count_once_and_only_with_an_open_case() -> None:
    one, other, third = (uuid.UUID(int=number) for number in (1, 2, 3))
    assert share_in_date([one, one, other], [one, third]) == (1, 2)
    assert share_in_date([], [one]) == (0, 0)


def test_words_of_a_plan_have_an_end_and_empty_parts_no_heading() -> None:
    assert not wrong_with_plan(PlanWords())
    assert "Shorten “what to do”" in wrong_with_plan(PlanWords(steps="x" * (LONGEST_TEXT + 1)))
    assert [words for _, words in replace(WHOLE, steps="").contingency] == ["Two falls.", "01632 960001"]

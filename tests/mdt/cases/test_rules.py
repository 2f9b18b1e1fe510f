import itertools

import pytest

from mdt.cases.rules import LONGEST_QUESTION, MOVES, OPEN, CaseState, missing_to_submit

S = CaseState


def test_every_state_says_where_it_leads() -> None:
    assert set(MOVES) == set(CaseState)


def test_what_is_withdrawn_stays_so() -> None:
    assert not MOVES[S.WITHDRAWN]


@pytest.mark.parametrize("refused", [S.REDIRECTED, S.DECLINED], ids=str)
def test_a_refusal_is_over_but_may_be_taken_back(refused: CaseState) -> None:
    assert MOVES[refused] == {S.SUBMITTED}
    assert refused not in OPEN


def test_every_open_state_can_be_withdrawn() -> None:
    assert {state for state in OPEN if S.WITHDRAWN not in MOVES[state]} == set()


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached, border = {S.DRAFT}, {S.DRAFT}
    while border:
        border = set(itertools.chain.from_iterable(MOVES[state] for state in border)) - reached
        reached |= border
    assert reached == set(CaseState)


def test_nothing_is_listed_or_discussed_before_triage() -> None:
    before = {state for state, moves in MOVES.items() if moves & {S.LISTED, S.DISCUSSED}}
    assert before.isdisjoint({S.DRAFT, S.SUBMITTED, S.RETURNED})


def test_a_case_needs_a_question_and_the_persons_wish() -> None:
    assert not missing_to_submit("Why?", "To walk", "")
    assert not missing_to_submit("Why?", "", "She is asleep")
    assert len(missing_to_submit(" ", " ", " ")) == 2
    assert "Shorten" in missing_to_submit("x" * (LONGEST_QUESTION + 1), "To walk", "")[0]

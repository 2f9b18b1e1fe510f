from datetime import date, timedelta

import pytest

from mdt.cases.rules import MOVES, CaseState
from mdt.closing.rules import (
    CAN_CLOSE,
    CAN_COME_BACK,
    Standing,
    comes_back,
    missing_to_close,
    wrong_with_review,
)

S = CaseState
DAY = date(2026, 12, 7)


@pytest.mark.parametrize("state", [*S])
def test_only_what_was_discussed_can_be_closed(state: CaseState) -> None:
    assert bool(missing_to_close(Standing(state))) == (state not in {S.DISCUSSED, S.ACTING, S.REVIEW_DUE})
    assert (S.CLOSED in MOVES[state]) == (state in CAN_CLOSE)


def test_everything_that_is_missing_is_said_at_once() -> None:
    missing = missing_to_close(Standing(S.ACTING, open_actions=2, is_unsigned=True, is_told=False))
    assert len(missing) == 3
    assert missing[1].startswith("Answer for 2 open actions")
    assert missing_to_close(Standing(S.ACTING, open_actions=1))[0].startswith("Answer for 1 open action:")


def test_a_place_in_a_clinic_is_seen_to_first() -> None:
    (missing,) = missing_to_close(Standing(S.ACTING, has_place=True))
    assert missing == "Say whether they came to the clinic they are booked into, or give the place back."


def test_whoever_has_died_need_not_be_told() -> None:
    assert missing_to_close(Standing(S.ACTING, is_told=False))
    assert not missing_to_close(Standing(S.ACTING, is_told=False, has_died=True))


@pytest.mark.parametrize("state", [*S])
def test_a_case_comes_back_on_its_day_and_not_before(state: CaseState) -> None:
    assert comes_back(state, DAY, DAY) == (state in CAN_COME_BACK)
    assert not comes_back(state, DAY + timedelta(days=1), DAY)
    assert not comes_back(state, None, DAY)


@pytest.mark.parametrize(("days", "wrong"), [(0, "after today"), (1, ""), (365, ""), (401, "within about")])
def test_a_review_is_in_the_year_to_come(days: int, wrong: str) -> None:
    said = wrong_with_review(DAY + timedelta(days=days), DAY)
    assert wrong in said
    assert bool(said) == bool(wrong)

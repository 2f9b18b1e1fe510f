from dataclasses import replace
from datetime import date, timedelta

import pytest

from mdt.learners.rules import Told, stands, wrong_with_days, wrong_with_told

TODAY = date(2026, 12, 7)
TOLD = Told("At home.", "A Nurse", TODAY, did_not_object=True)


@pytest.mark.parametrize(
    ("first", "last", "role_ends", "wrong"),
    [
        (0, 0, None, ""),
        (0, 27, None, ""),
        (0, 28, None, "28 days at most"),
        (3, 2, None, "not before the first"),
        (-1, 2, None, "first day from today"),
        (57, 58, None, "within the next eight weeks"),
        (0, 7, 7, ""),
        (0, 8, 7, "role as a learner ends on 14 December 2026"),
    ],
)
def test_a_learner_sees_a_case_for_four_weeks_at_most_and_within_their_role(
    first: int, last: int, role_ends: int | None, wrong: str
) -> None:
    until = TODAY + timedelta(days=role_ends) if role_ends is not None else None
    said = wrong_with_days(TODAY + timedelta(days=first), TODAY + timedelta(days=last), until, TODAY)
    assert wrong in said
    assert bool(said) == bool(wrong)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, ""),
        ({"did_not_object": False}, "did not object"),
        ({"how": "  "}, "how the person was told"),
        ({"by": ""}, "by whom"),
        ({"on": TODAY + timedelta(days=1)}, "future"),
    ],
)
def test_nobody_learns_from_somebody_who_was_not_told(change: dict[str, object], wrong: str) -> None:
    said = wrong_with_told(replace(TOLD, **change), TODAY)
    assert wrong in said
    assert bool(said) == bool(wrong)


def test_a_visit_stands_until_its_last_day_or_its_end() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert stands(TODAY, TODAY, False, TODAY)
    assert not stands(TODAY, TODAY, False, tomorrow)
    assert not stands(TODAY, tomorrow, True, TODAY)

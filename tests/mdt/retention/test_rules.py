from datetime import date

import pytest

from mdt.retention.rules import Lengths, Life, draft_kept_until, kept_until, may_agree, wrong_with_lengths
from mdt.retention.wording import unsent_said, why_said

USUAL = Lengths()
OLD = date(1930, 5, 1)


@pytest.mark.parametrize(
    ("life", "until"),
    [
        (Life(date(2010, 3, 4), OLD), date(2018, 3, 4)),
        # Death asks for longer than the last contact, or for less: the later day counts.
        (Life(date(2010, 3, 4), OLD, date(2010, 3, 1)), date(2020, 3, 1)),
        (Life(date(2010, 3, 4), OLD, date(2001, 3, 1)), date(2018, 3, 4)),
        # Sixteen, then seventeen, then grown up, when it ended.
        (Life(date(2010, 3, 4), date(1994, 1, 1)), date(2019, 1, 1)),
        (Life(date(2010, 3, 4), date(1993, 1, 1)), date(2019, 1, 1)),
        (Life(date(2010, 3, 4), date(1992, 3, 4)), date(2018, 3, 4)),
        (Life(date(2010, 3, 4), date(2008, 1, 1)), date(2033, 1, 1)),
        (Life(date(2012, 2, 29), OLD), date(2020, 2, 29)),
    ],
)
def test_what_asks_for_longest_counts(life: Life, until: date) -> None:
    assert kept_until(life, USUAL) == until


def test_years_from_a_leap_day_end_a_day_later() -> None:
    assert kept_until(Life(date(2012, 2, 29), OLD), Lengths(years_after_closing=1)) == date(2013, 3, 1)


def test_a_draft_is_kept_for_days_from_the_last_time_it_was_saved() -> None:
    assert draft_kept_until(date(2026, 1, 1), USUAL) == date(2026, 4, 1)
    assert unsent_said(1) == "Not sent for 1 day"
    assert why_said(Life(OLD, OLD), Lengths(1, 1, 1)) == "Nothing recorded for 1 year"


@pytest.mark.parametrize(
    "lengths", [Lengths(0), Lengths(8, 0), Lengths(8, 10, 0), Lengths(101), Lengths(8, -1)]
)
def test_no_length_is_nothing_or_beyond_a_life(lengths: Lengths) -> None:
    assert wrong_with_lengths(lengths).startswith("Enter a number of")


def test_whoever_proposed_does_not_agree_and_nor_does_nobody() -> None:
    assert may_agree("one", {"another"})
    assert not may_agree("one", {"another", "one"})
    assert not may_agree("one", set())

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.periods.rules import QUARTERS, Period, periods_until, quarter_of


@pytest.mark.parametrize(
    ("day", "quarter", "name"),
    [
        (date(2026, 4, 1), Period(2026, 1), "April to June 2026"),
        (date(2026, 11, 22), Period(2026, 3), "October to December 2026"),
        (date(2027, 3, 31), Period(2026, 4), "January to March 2027"),
        (date(2027, 4, 1), Period(2027, 1), "April to June 2027"),
    ],
)
def test_a_day_lies_in_a_quarter_of_the_financial_year(day: date, quarter: Period, name: str) -> None:
    assert quarter_of(day) == quarter
    assert quarter.name == name


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_quarters_follow_each_other_and_make_up_their_year(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.covers(day)
    assert quarter.whole.covers(day)
    assert quarter_of(quarter.ends_on + timedelta(days=1)) != quarter
    quarters = [Period(quarter.year, each) for each in QUARTERS]
    assert [each for each in quarters if each.covers(day)] == [quarter]
    assert (quarters[0].starts_on, quarters[-1].ends_on) == (quarter.whole.starts_on, quarter.whole.ends_on)


def test_what_can_be_chosen_has_begun_and_says_whether_it_is_over() -> None:
    today = date(2026, 11, 22)
    chosen = periods_until(today)
    assert chosen[0] == Period(2026, 3)
    assert all(each.starts_on <= today for each in chosen)
    assert len({each.value for each in chosen}) == len(chosen)
    assert chosen[0].said(today) == "October to December 2026, so far"
    assert Period(2025).said(today) == "Year 2025/26"

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.self_assessment.queries import questionnaire
from mdt.self_assessment.rules import (
    FEWEST,
    Mean,
    as_questionnaire,
    change_of,
    is_over,
    results_of,
    wrong_with_days,
    wrong_with_improvement,
    wrong_with_sheet,
)
from mdt.self_assessment.wording import change_said, mean_said

TODAY = date(2026, 12, 7)
ASKED = questionnaire()
NAMES = [each.name for each in ASKED.statements]
SHEETS = st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 5), min_size=1), max_size=9)


def test_fifteen_statements_are_asked_in_four_domains() -> None:
    assert (len(ASKED.domains), len(NAMES)) == (4, 15)


@given(SHEETS)
def test_nothing_is_shown_of_which_fewer_than_five_answered(sheets) -> None:
    for result in results_of(ASKED, sheets):
        for name, mean in result.means.items():
            count = sum(name in sheet for sheet in sheets)
            assert (mean.value is None) == (count < FEWEST)
            assert mean.count in {0, count}


@given(SHEETS)
def test_what_is_held_back_cannot_be_worked_out_from_the_domain(sheets) -> None:
    for result in results_of(ASKED, sheets):
        hidden = [mean for mean in result.means.values() if mean.value is None]
        assert not hidden or result.mean == Mean(None, 0)


def test_five_answers_give_a_mean_with_its_number() -> None:
    name = NAMES[0]
    mean = results_of(ASKED, [{name: step} for step in (1, 2, 3, 4, 5)])[0].means[name]
    assert mean == Mean(3.0, 5)
    assert mean_said(mean) == "3.0 (5 answers)"
    assert mean_said(Mean(None, 0)) == "Too few answers"


def test_a_year_is_compared_only_where_both_may_be_shown() -> None:
    assert change_of(Mean(3.4, 8), Mean(3.0, 6)) == 0.4
    assert change_of(Mean(3.4, 8), Mean(None, 0)) is None
    assert change_of(Mean(None, 0), Mean(3.0, 6)) is None
    assert change_of(Mean(3.4, 8), None) is None
    assert change_said(Mean(3.0, 5), Mean(3.4, 5)) == "0.4 lower than the year before"
    assert change_said(Mean(3.0, 5), Mean(3.0, 5)) == "The same as the year before"


def test_results_wait_until_the_last_day_is_over() -> None:
    assert not is_over(TODAY, False, TODAY)
    assert is_over(TODAY, False, TODAY + timedelta(days=1))
    assert is_over(TODAY, True, TODAY)


def test_a_sheet_has_answers_to_what_is_asked() -> None:
    assert not wrong_with_sheet(ASKED, {NAMES[0]: 5})
    assert "at least one" in wrong_with_sheet(ASKED, {})
    assert "not asked" in wrong_with_sheet(ASKED, {"nonsense": 3})
    assert "from 1 to 5" in wrong_with_sheet(ASKED, {NAMES[0]: 6})


def test_members_get_one_to_eight_weeks() -> None:
    assert not wrong_with_days(TODAY, TODAY + timedelta(days=21))
    assert "7 to 56 days" in wrong_with_days(TODAY, TODAY + timedelta(days=6))
    assert "7 to 56 days" in wrong_with_days(TODAY, TODAY + timedelta(days=57))


def test_what_the_team_will_do_has_words_and_a_day_to_come() -> None:
    assert not wrong_with_improvement("Ask the person first.", TODAY, TODAY)
    assert "what you will do" in wrong_with_improvement(" ", TODAY, TODAY)
    assert "from today on" in wrong_with_improvement("Ask.", TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize("change", [{"version": ""}, {"source": ""}, {"domains": []}])
def test_a_pack_that_is_wrong_in_itself_is_refused(change) -> None:
    one = {"title": "T", "statements": [{"name": "a", "short": "A", "words": "A."}]}
    with pytest.raises(ValueError, match=r"Say|Give"):
        as_questionnaire({"version": "1", "source": "Own", "domains": [one]} | change)
    with pytest.raises(ValueError, match="once"):
        as_questionnaire({"version": "1", "source": "Own", "domains": [one, one]})

import copy
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mdt.instruments.queries import PACKS, get_instrument, instruments
from mdt.instruments.rules import Scoring, as_instrument, goodness, score_of, wrong_with_answers

ENDS = {"low": 0, "high": 4, "low_label": "Never", "high_label": "Always"}
ONS4, TOGETHER = get_instrument("ons4"), get_instrument("working_together")


def raw(code: str = "working_together") -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((PACKS / f"{code}.yaml").read_text())
    return copy.deepcopy(found)


def test_the_four_questions_of_ons_come_first_then_our_own_four() -> None:
    assert list(instruments()) == ["ons4", "working_together"]
    assert [len(each.items) for each in instruments().values()] == [4, 4]


# Source: Office for National Statistics, personal wellbeing harmonised standard.
def test_the_ons_questions_are_worded_as_the_standard_has_them() -> None:
    assert [item.words for item in ONS4.items] == [
        "Overall, how satisfied are you with your life nowadays?",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        "Overall, how happy did you feel yesterday?",
        'On a scale where 0 is "not at all anxious" and 10 is "completely anxious", overall, how anxious'
        " did you feel yesterday?",
    ]
    assert list(ONS4.scale.steps) == list(range(11))
    assert "Open Government Licence v3.0" in ONS4.licence


def test_only_of_anxiety_less_is_better() -> None:
    assert [item.name for item in ONS4.items if item.lower_is_better] == ["anxious"]


def test_no_total_is_made_of_the_four_questions_of_ons() -> None:
    assert score_of(ONS4, {"satisfied": 10, "worthwhile": 10, "happy": 10, "anxious": 0}) is None


def test_our_own_four_come_to_a_mean_with_the_clashes_turned() -> None:
    best = {"tell_again": 0, "advice": 0, "together": 4, "whose_job": 4}
    worst = {"tell_again": 4, "advice": 4, "together": 0, "whose_job": 0}
    assert score_of(TOGETHER, best) == 100
    assert score_of(TOGETHER, worst) == 0
    assert score_of(TOGETHER, {"tell_again": 1, "advice": 2, "together": 3, "whose_job": 4}) == 75


def test_nothing_is_scored_from_too_few_answers() -> None:
    assert score_of(TOGETHER, {"tell_again": 0, "advice": 0, "together": 4}) == 100
    assert score_of(TOGETHER, {"tell_again": 0, "advice": 0, "together": None, "whose_job": None}) is None
    assert score_of(TOGETHER, {}) is None


@given(st.dictionaries(st.sampled_from([item.name for item in TOGETHER.items]), st.integers(0, 4)))
def test_a_score_is_from_nought_to_a_hundred_and_a_better_answer_never_lowers_it(answers) -> None:
    score = score_of(TOGETHER, answers)
    assert (score is None) == (len(answers) < TOGETHER.fewest)
    if score is None:
        return
    assert 0 <= score <= 100
    for item in TOGETHER.items:
        better = {**answers, item.name: TOGETHER.scale.low if item.lower_is_better else TOGETHER.scale.high}
        if item.name in answers:
            assert score_of(TOGETHER, better) >= score
            assert goodness(TOGETHER, item, better[item.name]) == 1


def test_some_questions_may_be_left_out_and_some_not_be_said() -> None:
    assert not wrong_with_answers(ONS4, {"happy": 3, "anxious": None})
    assert "at least one" in wrong_with_answers(ONS4, {})
    assert "choose from 0 to 10" in wrong_with_answers(ONS4, {"happy": 11})
    assert "not asked" in wrong_with_answers(ONS4, {"nonsense": 1})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"licence": ""}, "licence"),
        ({"source": ""}, "licence"),
        ({"fewest": 0}, "mean"),
        ({"fewest": 5}, "mean"),
        ({"scoring": "each"}, "mean"),
        ({"scoring": "sum"}, "sum"),
        ({"scale": {"low": 0, "high": 0, "low_label": "a", "high_label": "b"}}, "steps"),
        (
            {"scale": {"low": 0, "high": 4, "low_label": "a", "high_label": "b", "labels": ["a"]}},
            "every step",
        ),
        ({"items": []}, "each question once"),
        ({"items": [{"name": "a b", "words": "Why?", "short": "Why"}]}, "needs a name"),
        ({"items": [{"name": "a", "words": "Why?", "short": "Why"}] * 2}, "each question once"),
        ({"owner": "us"}, "no owner"),
    ],
)
def test_a_pack_that_is_wrong_in_itself_is_refused_when_it_is_read(change, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        as_instrument(raw() | change)


def test_a_pack_that_lacks_something_says_what() -> None:
    lacking = raw()
    del lacking["version"]
    with pytest.raises(ValueError, match="needs version"):
        as_instrument(lacking)


def test_what_is_asked_one_by_one_needs_no_number_of_answers() -> None:
    assert replace(ONS4, scoring=Scoring.EACH).fewest == 0

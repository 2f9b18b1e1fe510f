import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.goals.rules import (
    GOAL_MOVES,
    GoalDetails,
    GoalSoFar,
    GoalState,
    Reached,
    course_of,
    score_at_start,
    score_now,
    t_score,
    wrong_with_goal,
    wrong_with_review,
)

START = date(2026, 3, 2)
SCALE = ("Not at all", "To the gate", "To the allotment", "And back", "And digs there")
WALK = GoalDetails("To get to the allotment.", "Edith", levels=SCALE, baseline=-1, importance=2, difficulty=2)
weighted = st.lists(st.tuples(st.integers(1, 9), st.integers(-2, 2)), min_size=1, max_size=10)


# The formula of Kiresuk and Sherman (1968) as the erratum to Turner-Stokes (2009), p. 364, prints it, worked
# out for goals of equal weight.
@pytest.mark.parametrize(
    ("goals", "total", "score"),
    [
        (1, 1, 60.0),
        (1, -2, 30.0),
        (2, 1, 56.2),
        (2, 2, 62.4),
        (2, 3, 68.6),
        (2, 4, 74.8),
        (3, 0, 50.0),
        (3, 1, 54.6),
        (3, 2, 59.1),
        (3, 3, 63.7),
        (3, -3, 36.3),
        (3, 4, 68.3),
        (3, 5, 72.8),
        (3, 6, 77.4),
    ],
)
def test_goals_of_equal_weight_score_by_the_published_formula(goals: int, total: int, score: float) -> None:
    levels = [0] * goals
    while sum(levels) != total:
        levels[levels.index(min(levels)) if total > 0 else levels.index(max(levels))] += (
            1 if total > 0 else -1
        )
    assert round(t_score((1, level) for level in levels) or 0, 1) == score


def test_weights_count_as_in_an_implementation_by_others() -> None:
    # The example of calc_tscore in the R package gasr (T. Dunn): 7 weighted points over the root of 196.
    levels, weights = (-2, 0, -1, 2, 0, 1), (3, 5, 1, 4, 2, 6)
    assert t_score(zip(weights, levels, strict=True)) == pytest.approx(55.0)


def test_no_goal_has_no_score_and_a_goal_without_weight_counts_nothing() -> None:
    assert t_score([]) is None
    assert t_score([(0, 2)]) is None
    assert t_score([(0, 2), (4, 0)]) == 50.0


@given(weighted)
def test_the_score_is_fifty_where_all_is_as_hoped_and_turns_over_with_the_levels(
    goals: list[tuple[int, int]],
) -> None:
    score = t_score(goals) or 0
    assert t_score([(weight, 0) for weight, _ in goals]) == 50.0
    assert t_score([(weight, -level) for weight, level in goals]) == pytest.approx(100 - score)
    # However important all of them are, what counts is which matter more.
    assert t_score([(7 * weight, level) for weight, level in goals]) == pytest.approx(score)


@given(weighted, st.integers(0, 9))
def test_reaching_more_never_lowers_the_score(goals: list[tuple[int, int]], place: int) -> None:
    at = place % len(goals)
    weight, level = goals[at]
    better = [*goals[:at], (weight, min(level + 1, 2)), *goals[at + 1 :]]
    assert (t_score(better) or 0) >= (t_score(goals) or 0)


def test_change_is_told_of_the_same_goals_throughout() -> None:
    walk = goal(WALK, reached(60, -1), reached(120, 1))
    later = goal(WALK, reached(120, 0), days=90)
    without_scale = goal(GoalDetails("To sleep.", "Edith"))
    over = goal(WALK, reached(10, 2), state=GoalState.ENDED)
    course = course_of([walk, later, without_scale, over])
    assert [day for day, _ in course] == [START, START + timedelta(days=60), START + timedelta(days=120)]
    assert course[0][1] == course[1][1] == score_at_start([walk, later])
    assert course[2][1] == score_now([walk, later]) == t_score([(4, 1), (4, 0)])


def test_a_goal_that_is_achieved_counts_on_as_hoped_at_least() -> None:
    walk = goal(WALK, reached(60, 0))
    ended = goal(WALK, state=GoalState.ACHIEVED)
    achieved = replace(ended, ended_on=START + timedelta(days=90))
    beyond = replace(ended, reached=(reached(30, 2),), ended_on=START + timedelta(days=40))
    assert (achieved.level, beyond.level) == (0, 2)
    assert score_now([walk, achieved, beyond]) == t_score([(4, 0), (4, 0), (4, 2)])
    assert dict(course_of([walk, achieved]))[START + timedelta(days=60)] == t_score([(4, 0), (4, -1)])
    assert dict(course_of([walk, achieved]))[START + timedelta(days=90)] == t_score([(4, 0), (4, 0)])


def test_there_is_no_course_before_anybody_has_looked() -> None:
    assert course_of([goal(WALK)]) == []
    assert course_of([]) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words": " "}, "in their words"),
        ({"words": "x" * 501}, "Shorten the goal to 500"),
        ({"said_by": ""}, "who said it"),
        ({"measure": "x" * 501}, "Shorten the way to measure"),
        ({"levels": (*SCALE[:4], "")}, "all five levels"),
        ({"levels": (*SCALE[:4], "x" * 201)}, "200"),
        ({"levels": (*SCALE[:4], "to the GATE")}, "two of them say the same"),
        ({"levels": ("",) * 5}, "all five levels"),
        ({"baseline": None}, "where the person starts"),
        ({"baseline": 1}, "beyond it already"),
    ],
)
def test_what_is_wrong_with_a_goal_is_said(changes: dict[str, object], sentence: str) -> None:
    assert sentence in wrong_with_goal(GoalDetails(**{**vars(WALK), **changes}))


def test_a_goal_may_wait_for_its_levels() -> None:
    assert not wrong_with_goal(WALK)
    assert not wrong_with_goal(GoalDetails("To sleep.", "Edith"))
    assert not GoalDetails("To sleep.", "Edith").is_scaled


def test_a_day_of_review_lies_between_the_start_and_today_and_is_one() -> None:
    today = START + timedelta(days=50)
    known = (reached(10, 0),)
    assert "future" in wrong_with_review(today + timedelta(days=1), START, known, today)
    assert "after the goal was set" in wrong_with_review(START - timedelta(days=1), START, known, today)
    assert "on that day already" in wrong_with_review(known[0].day, START, known, today)
    assert not wrong_with_review(today, START, known, today)


def test_moves_lead_to_states_that_exist() -> None:
    assert GOAL_MOVES.keys() == set(GoalState)


def reached(days: int, level: int) -> Reached:
    return Reached(START + timedelta(days=days), level)


def goal(
    details: GoalDetails, *reviews: Reached, days: int = 0, state: GoalState = GoalState.ACTIVE
) -> GoalSoFar:
    return GoalSoFar(uuid.uuid4(), details, START + timedelta(days=days), reviews, state)

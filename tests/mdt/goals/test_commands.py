from dataclasses import replace
from datetime import timedelta

import pytest

from mdt.goals import commands
from mdt.goals.queries import goals_of
from mdt.goals.records import Goal
from mdt.goals.rules import GoalDetails, GoalState, Level
from mdt.patients.records import Patient
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.attempts.plans import SCALE, WALK, with_goal
from tests.cast import Cast

CLINICIAN, CHARITY = Role.CLINICIAN, Role.VOLUNTARY_MEMBER


def test_a_goal_keeps_its_words_and_where_it_started(cast: Cast) -> None:
    case, _ = with_goal(cast)
    (goal,) = goals_of(case.patient_id)
    assert goal.details == WALK
    assert (goal.level, goal.reached, goal.set_on) == (-1, (), today())


def test_a_review_counts_and_what_was_wrong_is_taken_back(cast: Cast) -> None:
    case, goal_id = with_goal(cast)
    review_id = commands.review_goal(cast[CLINICIAN], goal_id, Level.MORE, " With a stick. ", today())
    (goal,) = goals_of(case.patient_id)
    assert (goal.level, goal.latest.words, goal.latest.by) == (1, "With a stick.", cast[CLINICIAN].name)
    with pytest.raises(Invalid, match="on that day already"):
        commands.review_goal(cast[CLINICIAN], goal_id, Level.LESS, "", today())
    commands.take_back_review(cast[CLINICIAN], review_id)
    assert goals_of(case.patient_id)[0].level == -1
    with pytest.raises(NotFound):
        commands.take_back_review(cast[CLINICIAN], review_id)
    commands.review_goal(cast[CLINICIAN], goal_id, Level.LESS, "", today())


def test_other_words_keep_what_was_reached_and_other_levels_begin_anew(cast: Cast) -> None:
    case, goal_id = with_goal(cast)
    commands.review_goal(cast[CLINICIAN], goal_id, Level.MORE, "", today())
    seen = db.session.get_one(Goal, goal_id).row_version
    worded = replace(WALK, words="To dig at the allotment.")
    commands.change_goal(cast[CLINICIAN], goal_id, worded, seen=seen)
    (goal,) = goals_of(case.patient_id)
    assert (goal.details.words, goal.level) == (worded.words, 1)
    with pytest.raises(commands.ChangedMeanwhile):
        commands.change_goal(cast[CLINICIAN], goal_id, WALK, seen=seen)
    scaled = replace(worded, levels=(*SCALE[:4], "Digs there twice a week"))
    commands.change_goal(cast[CLINICIAN], goal_id, scaled, seen=goal.version)
    (goal,) = goals_of(case.patient_id)
    assert (goal.level, goal.reached, len(goal.earlier)) == (-1, (), 1)
    assert [each.version for each in db.session.get_one(Goal, goal_id).wordings] == [1, 2, 3]


def test_a_goal_without_levels_is_not_measured(cast: Cast) -> None:
    case, _ = with_goal(cast)
    goal_id = commands.set_goal(cast[CLINICIAN], case.patient_id, GoalDetails("To sleep.", "Edith"))
    with pytest.raises(Invalid, match="five levels"):
        commands.review_goal(cast[CLINICIAN], goal_id, Level.EXPECTED, "", today())
    with pytest.raises(Invalid, match="in their words"):
        commands.set_goal(cast[CLINICIAN], case.patient_id, GoalDetails(" ", "Edith"))


def test_a_goal_that_ended_is_not_worked_on_and_comes_back(cast: Cast) -> None:
    case, goal_id = with_goal(cast)
    with pytest.raises(Invalid, match="why"):
        commands.end_goal(cast[CLINICIAN], goal_id, GoalState.ENDED)
    commands.end_goal(cast[CLINICIAN], goal_id, GoalState.ACHIEVED)
    assert not goals_of(case.patient_id)
    assert goals_of(case.patient_id, GoalState)[0].state is GoalState.ACHIEVED
    for again in (
        lambda: commands.review_goal(cast[CLINICIAN], goal_id, Level.LESS, "", today()),
        lambda: commands.end_goal(cast[CLINICIAN], goal_id, GoalState.ENDED, "No."),
    ):
        with pytest.raises(commands.Over):
            again()
    commands.resume_goal(cast[CLINICIAN], goal_id)
    assert goals_of(case.patient_id)[0].ended_on is None


def test_nothing_is_planned_for_who_has_died_and_nobody_works_on_too_much(cast: Cast) -> None:
    case, goal_id = with_goal(cast)
    for _ in range(9):
        commands.set_goal(cast[CLINICIAN], case.patient_id, WALK)
    with pytest.raises(Invalid, match="End a goal first"):
        commands.set_goal(cast[CLINICIAN], case.patient_id, WALK)
    db.session.get_one(Patient, case.patient_id).died_on = today()
    with pytest.raises(Refusal, match="has died"):
        commands.review_goal(cast[CLINICIAN], goal_id, Level.LESS, "", today() - timedelta(days=1))


def test_goals_are_for_those_who_know_the_person_and_learners_only_read(cast: Cast) -> None:
    case, goal_id = with_goal(cast)
    with pytest.raises(NotFound):
        commands.set_goal(cast[CHARITY], case.patient_id, WALK)
    with pytest.raises(NotFound):
        commands.end_goal(cast.stranger, goal_id, GoalState.ACHIEVED)
    with pytest.raises((NotFound, NotAllowed)):
        commands.set_goal(cast[Role.LEARNER], case.patient_id, WALK)

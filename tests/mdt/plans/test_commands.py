from dataclasses import replace
from datetime import timedelta

import pytest

from mdt.cases.queries import history_of
from mdt.goals.commands import change_goal, review_goal
from mdt.goals.queries import goals_of
from mdt.goals.rules import Level
from mdt.patients.records import Patient
from mdt.plans import commands
from mdt.plans.queries import (
    current_plan,
    find_draft,
    get_plan_for,
    people_in_date,
    plans_due_until,
    standing_version,
    version_of,
    versions_of,
)
from mdt.plans.records import CarePlan
from mdt.plans.rules import PlanState
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.attempts.plans import WALK, WORDS, agreed, agreement, drafted, with_goal
from tests.cast import Cast
from tests.mdt.scene import refer

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER


def test_an_agreed_plan_says_with_whom_when_and_until_when(cast: Cast) -> None:
    case, plan = agreed(cast)
    assert (plan.words, plan.agreed_with, plan.agreed_on) == (WORDS, "Edith", today())
    assert plan.coordinator == cast[COORDINATOR].name
    assert [goal.details.words for goal in plan.goals] == [WALK.words]
    assert plan.is_in_date
    assert find_draft(case.patient_id) is None
    assert people_in_date([case.patient_id]) == {case.patient_id}
    assert "agreed version 1 of the plan with the person" in history_of(case.id)[0].said


def test_the_next_version_starts_from_the_words_that_hold_and_leaves_them_as_they_were(cast: Cast) -> None:
    case, first = agreed(cast)
    draft_id = commands.begin_plan(cast[CLINICIAN], case.patient_id)
    assert commands.begin_plan(cast[CLINICIAN], case.patient_id) == draft_id
    draft = find_draft(case.patient_id)
    other = replace(WORDS, own_part="Walks twice a day.")
    assert draft.own_part == WORDS.own_part
    commands.write_plan(cast[CLINICIAN], draft_id, other, seen=draft.row_version)
    (goal,) = goals_of(case.patient_id)
    change_goal(cast[CLINICIAN], goal.goal_id, replace(WALK, words="To dig."), seen=goal.version)
    assert current_plan(case.patient_id).words == WORDS
    assert current_plan(case.patient_id).goals[0].details.words == WALK.words
    with pytest.raises(commands.ChangedMeanwhile):
        commands.write_plan(cast[CLINICIAN], draft_id, WORDS, seen=first.version)
    draft = find_draft(case.patient_id)
    heard = version_of(draft)
    change_goal(
        cast[CLINICIAN],
        goal.goal_id,
        replace(WALK, words="To dig!"),
        seen=goals_of(case.patient_id)[0].version,
    )
    with pytest.raises(commands.ChangedMeanwhile):
        commands.agree_plan(cast[CLINICIAN], draft.id, agreement(cast), seen=heard)
    draft = find_draft(case.patient_id)
    commands.agree_plan(cast[CLINICIAN], draft.id, agreement(cast), seen=version_of(draft))
    assert [(each.version, each.state) for each in versions_of(case.patient_id)] == [
        (2, PlanState.AGREED),
        (1, PlanState.SUPERSEDED),
    ]
    assert current_plan(case.patient_id).goals[0].details.words == "To dig!"
    earlier, _ = get_plan_for(cast[CLINICIAN], first.plan_id)
    assert earlier.own_part == WORDS.own_part
    for late in (
        lambda: commands.write_plan(cast[CLINICIAN], first.plan_id, other, seen=earlier.row_version),
        lambda: commands.discard_plan(cast[CLINICIAN], first.plan_id),
        lambda: commands.end_plan(cast[CLINICIAN], first.plan_id, "No more."),
    ):
        with pytest.raises(commands.NotNow):
            late()


def test_how_far_a_goal_is_reached_shows_in_the_plan_that_holds(cast: Cast) -> None:
    case, plan = agreed(cast)
    review_goal(cast[CLINICIAN], plan.goals[0].goal_id, Level.EXPECTED, "", today())
    assert current_plan(case.patient_id).goals[0].level == 0


def test_a_plan_with_gaps_is_not_agreed_and_nothing_is_half_written(cast: Cast) -> None:
    case = refer(cast)
    plan_id = commands.begin_plan(cast[CLINICIAN], case.patient_id)
    with pytest.raises(Invalid, match=r"goal.*others do.*go wrong.*ring"):
        commands.agree_plan(cast[CLINICIAN], plan_id, agreement(cast), seen=1)
    _, draft = drafted(cast)
    for changes, sentence in (
        ({"next_review": today() + timedelta(days=400)}, "twelve months"),
        ({"coordinator_id": cast[CLINICIAN].account_id}, "care coordinator"),
        ({"coordinator_id": None}, "somebody to turn to"),
        ({"ticks": frozenset()}, "still missing"),
    ):
        with pytest.raises(Invalid, match=sentence):
            commands.agree_plan(cast[CLINICIAN], draft.id, agreement(cast, **changes), seen=version_of(draft))
    assert current_plan(draft.patient_id) is None


def test_a_plan_agreed_again_is_a_version_of_its_own(cast: Cast) -> None:
    case, first = agreed(cast)
    commands.agree_again(
        cast[CLINICIAN],
        case.patient_id,
        agreement(cast, agreed_with="Edith and Ann"),
        seen=standing_version(case.patient_id),
    )
    plan = current_plan(case.patient_id)
    assert (plan.version, plan.words, plan.agreed_with) == (2, first.words, "Edith and Ann")
    commands.begin_plan(cast[CLINICIAN], case.patient_id)
    with pytest.raises(commands.NotNow, match="has been begun"):
        commands.agree_again(
            cast[CLINICIAN], case.patient_id, agreement(cast), seen=standing_version(case.patient_id)
        )


def test_drafts_and_endings_are_taken_back(cast: Cast) -> None:
    case, plan = agreed(cast)
    commands.end_plan(cast[CLINICIAN], plan.plan_id, "Wants none.")
    assert current_plan(case.patient_id) is None
    commands.resume_plan(cast[CLINICIAN], plan.plan_id)
    draft_id = commands.begin_plan(cast[CLINICIAN], case.patient_id)
    commands.discard_plan(cast[CLINICIAN], draft_id)
    assert find_draft(case.patient_id) is None
    commands.restore_plan(cast[CLINICIAN], draft_id)
    assert find_draft(case.patient_id).id == draft_id
    commands.discard_plan(cast[CLINICIAN], draft_id)
    commands.begin_plan(cast[CLINICIAN], case.patient_id)
    with pytest.raises(commands.NotNow, match="begun meanwhile"):
        commands.restore_plan(cast[CLINICIAN], draft_id)


def test_entries_that_were_joined_may_each_have_a_plan_and_the_next_replaces_both(cast: Cast) -> None:
    case, first = agreed(cast)
    commands.agree_again(
        cast[CLINICIAN], case.patient_id, agreement(cast), seen=standing_version(case.patient_id)
    )
    db.session.get_one(CarePlan, first.plan_id).state = PlanState.AGREED
    assert current_plan(case.patient_id).version == 2
    commands.agree_again(
        cast[CLINICIAN], case.patient_id, agreement(cast), seen=standing_version(case.patient_id)
    )
    states = [each.state for each in versions_of(case.patient_id)]
    assert states.count(PlanState.AGREED) == 1


def test_a_review_is_due_for_who_lives(cast: Cast) -> None:
    case, plan = agreed(cast, next_review=today() + timedelta(days=20))
    soon = today() + timedelta(days=30)
    (due,) = plans_due_until(cast[COORDINATOR], soon)
    assert (due.plan.id, due.is_late) == (plan.plan_id, False)
    assert not plans_due_until(cast[COORDINATOR], today())
    assert not plans_due_until(cast[CHARITY], soon)
    db.session.get_one(Patient, case.patient_id).died_on = today()
    db.session.flush()
    assert not plans_due_until(cast[COORDINATOR], soon)
    with pytest.raises(Refusal, match="has died"):
        commands.begin_plan(cast[CLINICIAN], case.patient_id)


def test_plans_are_for_clinical_readers_who_know_the_person(cast: Cast) -> None:
    charity = refer(cast, CHARITY)
    with pytest.raises(NotAllowed):
        commands.begin_plan(cast[CHARITY], charity.patient_id)
    case, _ = with_goal(cast)
    for actor in (cast.stranger, cast[Role.WORKFORCE_MANAGER]):
        with pytest.raises((NotFound, NotAllowed)):
            commands.begin_plan(actor, case.patient_id)

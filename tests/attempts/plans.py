from datetime import timedelta

from mdt.goals import commands as goals
from mdt.goals.rules import GoalDetails, GoalState, Level
from mdt.plan_reviews import commands as plan_reviews
from mdt.plans import commands as plans
from mdt.plans.queries import current_plan, find_draft, standing_version, version_of
from mdt.plans.rules import AgreedHow, Agreement, Criterion, PlanWords
from mdt.succession import commands as succession
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import refer

COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN
SCALE = ("Stays in bed", "To the gate", "To the allotment", "There and back", "Digs there")
WALK = GoalDetails("To get to the allotment.", "Edith", levels=SCALE, baseline=-1)
WORDS = PlanWords("Walks each day.", "The nurse looks in.", "Two falls.", "Ring the team.", "01632 960001")


def agreement(cast: Cast, **changes: object) -> Agreement:
    """Agree with Edith today, until in eleven months."""
    return Agreement(
        **{
            "how": AgreedHow.PERSON,
            "agreed_with": "Edith",
            "agreed_on": today(),
            "next_review": today() + timedelta(days=330),
            "coordinator_id": cast[COORDINATOR].account_id,
            "ticks": frozenset(Criterion),
            **changes,
        }
    )


def with_goal(cast: Cast):
    """Somebody who wants to get to the allotment."""
    case = refer(cast)
    return case, goals.set_goal(cast[CLINICIAN], case.patient_id, WALK)


def drafted(cast: Cast):
    """Somebody with a goal and a draft in which nothing is missing."""
    case, _ = with_goal(cast)
    plan_id = plans.begin_plan(cast[CLINICIAN], case.patient_id)
    plans.write_plan(cast[CLINICIAN], plan_id, WORDS, seen=find_draft(case.patient_id).row_version)
    return case, find_draft(case.patient_id)


def agreed(cast: Cast, **changes: object):
    """Somebody with a plan."""
    case, draft = drafted(cast)
    plans.agree_plan(cast[CLINICIAN], draft.id, agreement(cast, **changes), seen=version_of(draft))
    return case, current_plan(case.patient_id)


@attempt(goals.set_goal)
def _set_goal(cast: Cast):
    return by(cast[CLINICIAN], refer(cast).patient_id, WALK)


@attempt(goals.change_goal)
def _change_goal(cast: Cast):
    return by(cast[CLINICIAN], with_goal(cast)[1], GoalDetails("To dig.", "Edith"), seen=1)


@attempt(goals.review_goal)
def _review_goal(cast: Cast):
    return by(cast[CLINICIAN], with_goal(cast)[1], Level.EXPECTED, "With a stick.", today())


@attempt(goals.take_back_review)
def _take_back_review(cast: Cast):
    goal_id = with_goal(cast)[1]
    return by(cast[CLINICIAN], goals.review_goal(cast[CLINICIAN], goal_id, Level.LESS, "", today()))


@attempt(goals.end_goal)
def _end_goal(cast: Cast):
    return by(cast[CLINICIAN], with_goal(cast)[1], GoalState.ENDED, "Wants something else.")


@attempt(goals.resume_goal)
def _resume_goal(cast: Cast):
    goal_id = with_goal(cast)[1]
    goals.end_goal(cast[CLINICIAN], goal_id, GoalState.ACHIEVED)
    return by(cast[CLINICIAN], goal_id)


@attempt(plans.note_plan_opened)
def _note_plan_opened(cast: Cast):
    return by(cast[CLINICIAN], refer(cast).patient_id)


@attempt(plans.note_plan_printed)
def _note_plan_printed(cast: Cast):
    return by(cast[CLINICIAN], agreed(cast)[1].plan_id)


@attempt(plans.begin_plan)
def _begin_plan(cast: Cast):
    return by(cast[CLINICIAN], refer(cast).patient_id)


@attempt(plans.write_plan)
def _write_plan(cast: Cast):
    _, draft = drafted(cast)
    return by(cast[CLINICIAN], draft.id, PlanWords("Rests."), seen=draft.row_version)


@attempt(plans.discard_plan)
def _discard_plan(cast: Cast):
    return by(cast[CLINICIAN], drafted(cast)[1].id)


@attempt(plans.restore_plan)
def _restore_plan(cast: Cast):
    _, draft = drafted(cast)
    plans.discard_plan(cast[CLINICIAN], draft.id)
    return by(cast[CLINICIAN], draft.id)


@attempt(plans.agree_plan)
def _agree_plan(cast: Cast):
    _, draft = drafted(cast)
    return by(cast[CLINICIAN], draft.id, agreement(cast), seen=version_of(draft))


@attempt(plans.agree_again)
def _agree_again(cast: Cast):
    patient_id = agreed(cast)[0].patient_id
    return by(cast[CLINICIAN], patient_id, agreement(cast), seen=standing_version(patient_id))


@attempt(plans.end_plan)
def _end_plan(cast: Cast):
    return by(cast[CLINICIAN], agreed(cast)[1].plan_id, "Wants none.")


@attempt(plans.resume_plan)
def _resume_plan(cast: Cast):
    _, plan = agreed(cast)
    plans.end_plan(cast[CLINICIAN], plan.plan_id, "Wants none.")
    return by(cast[CLINICIAN], plan.plan_id)


@attempt(plan_reviews.note_review_opened)
def _note_review_opened(cast: Cast):
    return by(cast[CLINICIAN], agreed(cast)[0].patient_id)


@attempt(succession.pass_on)
def _pass_on(cast: Cast):
    return by(cast[COORDINATOR])

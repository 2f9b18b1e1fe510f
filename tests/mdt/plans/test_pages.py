"""Who reads what of a plan, and what may go on paper."""

from mdt.goals.commands import review_goal, set_goal
from mdt.goals.rules import Level
from mdt.plans.commands import agree_plan, begin_plan, write_plan
from mdt.plans.queries import current_plan, find_draft, standing_version, version_of
from mdt.plans.rules import PlanWords
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts.plans import WALK, WORDS, agreed, agreement
from tests.cast import Cast, client_for
from tests.mdt.outcomes.scene import answered, started
from tests.mdt.scene import refer

COORDINATOR, CHARITY = Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER


def planned(cast: Cast, words: PlanWords = WORDS):
    """Somebody whom the charity referred, with a plan."""
    case = refer(cast, CHARITY)
    set_goal(cast[COORDINATOR], case.patient_id, WALK)
    plan_id = begin_plan(cast[COORDINATOR], case.patient_id)
    write_plan(cast[COORDINATOR], plan_id, words, seen=1)
    draft = find_draft(case.patient_id)
    agree_plan(cast[COORDINATOR], plan_id, agreement(cast), seen=version_of(draft))
    return case.patient_id, current_plan(case.patient_id)


def test_a_voluntary_member_reads_goals_and_when_it_was_agreed_and_no_clinical_word(cast: Cast) -> None:
    patient_id, plan = planned(cast)
    remark = "Since the new tablets."
    review_goal(cast[COORDINATOR], plan.goals[0].goal_id, Level.MORE, remark, today())
    page = client_for(cast, CHARITY).get(f"/patients/{patient_id}/plan").text
    assert WALK.words in page
    assert remark not in page
    assert remark in client_for(cast, COORDINATOR).get(f"/patients/{patient_id}/plan").text
    assert "How it was agreed" in page
    assert WORDS.steps not in page
    assert WORDS.others_part not in page
    for path in (
        f"/plans/{plan.plan_id}",
        f"/plans/{plan.plan_id}/paper",
        f"/patients/{patient_id}/plan/review",
    ):
        assert client_for(cast, CHARITY).get(path).status_code == 403
    assert WORDS.steps in client_for(cast, COORDINATOR).get(f"/patients/{patient_id}/plan").text


def test_what_speaks_of_safeguarding_is_not_put_on_paper(cast: Cast) -> None:
    _, plan = planned(cast)
    client = client_for(cast, COORDINATOR)
    assert WORDS.steps in client.get(f"/plans/{plan.plan_id}/paper").text
    _, plan = planned(cast, PlanWords("Walks.", "The police look in.", "Two falls.", "Ring.", "111"))
    page = client.get(f"/plans/{plan.plan_id}/paper").text
    assert "Take out: police" in page
    assert "Two falls." not in page


def test_the_review_starts_from_what_the_person_answered_last(cast: Cast) -> None:
    case, _ = agreed(cast)
    client = client_for(cast, COORDINATOR)
    review = f"/patients/{case.patient_id}/plan/review"
    assert "Nothing is answered yet." in client.get(review).text
    assert f'value="{standing_version(case.patient_id)}"' in client.get(review).text
    answered(cast, started(cast, case))
    page = client.get(review).text
    assert "Nothing is answered yet." not in page
    assert "Nothing to compare it with yet." in page
    assert f"/cases/{case.id}/outcomes" in page

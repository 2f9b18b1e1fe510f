"""A goal put down and worded anew, with what a browser sends: every field, the empty ones too."""

from mdt.goals.queries import goals_of
from network.access.rules import Role
from tests.cast import Cast, client_for
from tests.mdt.scene import refer

COORDINATOR = Role.CARE_COORDINATOR
SENT = {
    "seen": "",
    "words": "Walk to the allotment again.",
    "said_by": "Edith",
    **dict.fromkeys(("measure", "much_less", "less", "expected", "more", "much_more", "baseline"), ""),
    "importance": "2",
    "difficulty": "2",
}


def test_a_goal_is_put_down_and_worded_anew(cast: Cast) -> None:
    patient_id = refer(cast, COORDINATOR).patient_id
    client = client_for(cast, COORDINATOR)
    page = f"/patients/{patient_id}/goals"
    assert 'name="seen" type="hidden" value=""' in client.get(page).text
    assert client.post(page, data=SENT).status_code == 303
    (goal,) = goals_of(patient_id)
    again = f"/goals/{goal.goal_id}"
    sent = SENT | {"seen": str(goal.version), "words": "Walk there with my stick."}
    assert client.post(again, data=SENT).status_code == 422
    assert client.post(again, data=sent).status_code == 303
    assert goals_of(patient_id)[0].details.words == "Walk there with my stick."

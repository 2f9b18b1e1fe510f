"""What a person wants to reach stands before whoever leads the talk about them."""

from mdt.cases.rules import CaseState
from mdt.goals.commands import review_goal, set_goal
from mdt.goals.rules import Level
from mdt.meetings.rules import MeetingState
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts.plans import WALK
from tests.cast import Cast, client_for
from tests.mdt.scene import make_case, make_item, make_meeting


def test_the_room_reads_goals_and_how_far_they_are_reached(cast: Cast) -> None:
    coordinator = cast[Role.CARE_COORDINATOR]
    case = make_case(cast, CaseState.LISTED)
    meeting = make_meeting(cast, MeetingState.PUBLISHED)
    make_item(meeting, case)
    goal_id = set_goal(coordinator, case.patient_id, WALK)
    review_goal(coordinator, goal_id, Level.MORE, "", today())
    page = client_for(cast, Role.CARE_COORDINATOR).get(f"/meetings/{meeting.id}/run").text
    assert WALK.words in page
    assert "somewhat more than hoped" in page

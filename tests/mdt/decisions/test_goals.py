"""A decision may name one of the person's goals: chosen in the room, read back, shown beside the goal."""

import pytest

from mdt.decisions.queries import decision_of_item, decisions_serving
from mdt.goals.commands import end_goal, set_goal
from mdt.goals.rules import GoalState
from mdt.lists.rules import ItemState
from mdt.minutes.commands import NotNow, link_goal
from mdt.readback.commands import confirm_item
from mdt.run.commands import open_item
from network.access.rules import Role
from network.plumbing.refusals import Invalid, NotAllowed
from network.vocabulary import Discipline
from tests.attempts.plans import WALK
from tests.cast import Cast, client_for
from tests.mdt.room import make_room, read_back
from tests.mdt.scene import expect
from tests.mdt.screen import Screen

CHAIR, CLINICIAN = Role.CHAIR, Role.CLINICIAN


def in_a_room(cast: Cast):
    """A case in a room whose person wants to get to the allotment, and another case."""
    meeting, (item, other) = make_room(cast)
    return meeting, item, other, set_goal(cast[CHAIR], item.case.patient_id, WALK)


def test_what_is_chosen_in_the_room_is_read_back_and_stands_beside_the_goal(cast: Cast) -> None:
    meeting, item, _, goal_id = in_a_room(cast)
    screen = Screen(cast, meeting)
    assert screen.post(f"/items/{item.id}/goal", {"goal": str(goal_id)}).status_code == 200
    state = screen.state()["minutes"][str(item.id)]
    assert state["goal_id"] == str(goal_id)
    assert "goal_linked" in state["checklist"]
    read_back(cast[CHAIR], item)
    decision = decision_of_item(item.id)
    assert decision.goal_id == goal_id
    assert "goal_linked" in item.checklist
    chair = client_for(cast, CHAIR)
    plan = chair.get(f"/patients/{item.case.patient_id}/plan").text
    assert "Decisions that serve this goal" in plan
    assert decision.words in plan
    assert "Serves their goal" in chair.get(f"/cases/{item.case_id}").text
    assert "Serves their goal" in chair.get(f"/meetings/{meeting.id}/minutes").text


def test_a_goal_is_chosen_by_whoever_minutes_from_those_of_the_person_alone(cast: Cast) -> None:
    meeting, item, other, goal_id = in_a_room(cast)
    expect(cast, meeting, CLINICIAN, Discipline.PHARMACY)
    with pytest.raises(NotAllowed):
        link_goal(cast[CLINICIAN], item.id, goal_id)
    with pytest.raises(Invalid):
        link_goal(cast[CHAIR], other.id, goal_id)
    end_goal(cast[CHAIR], goal_id, GoalState.ENDED, "Wants something else.")
    with pytest.raises(Invalid):
        link_goal(cast[CHAIR], item.id, goal_id)
    assert (item.goal_id, other.goal_id) == (None, None)


def test_another_goal_is_a_decision_that_is_read_back_again(cast: Cast) -> None:
    _, item, _, goal_id = in_a_room(cast)
    read_back(cast[CHAIR], item)
    first = decision_of_item(item.id)
    with pytest.raises(NotNow):
        link_goal(cast[CHAIR], item.id, goal_id)
    open_item(cast[CHAIR], item.id)
    link_goal(cast[CHAIR], item.id, goal_id)
    confirm_item(cast[CHAIR], item.id)
    again = decision_of_item(item.id)
    assert item.state is ItemState.DECIDED
    assert (again.replaces_id, again.goal_id) == (first.id, goal_id)
    assert decisions_serving([goal_id], lambda case_id: case_id == item.case_id) == {goal_id: [again]}
    assert decisions_serving([goal_id], lambda case_id: False) == {}
    open_item(cast[CHAIR], item.id)
    link_goal(cast[CHAIR], item.id, None)
    assert (item.goal_id, "goal_linked" in item.checklist) == (None, False)

"""Actions that are put down in the room, and bind when they are read back."""

import pytest

from mdt.actions.queries import actions_of_item
from mdt.actions.rules import ActionState
from mdt.decisions.queries import decision_of_item
from mdt.lists.rules import ItemState
from mdt.readback.commands import (
    carry_item,
    confirm_item,
    drop_proposed,
    take_action,
)
from mdt.run.commands import open_item
from network.access.rules import Role
from network.plumbing.refusals import Invalid
from tests.cast import Cast
from tests.mdt.room import make_room, read_back

CHAIR, COORDINATOR = Role.CHAIR, Role.CARE_COORDINATOR


def test_an_action_binds_when_it_is_read_back(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    action = take_action(cast[CHAIR], item.id, "a @Elm +7 ring her daughter", "one")
    assert action.state is ActionState.PROPOSED
    read_back(cast[CHAIR], item)
    assert action.state is ActionState.OPEN
    assert action.decision_id == decision_of_item(item.id).id


def test_an_action_that_is_sent_twice_is_put_down_once(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    first = take_action(cast[CHAIR], item.id, "@Elm +7 ring her", "one")
    assert take_action(cast[CHAIR], item.id, "@Elm +7 ring her", "one").id == first.id
    assert len(actions_of_item(item.id)) == 1


def test_the_same_action_may_be_meant_twice(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    take_action(cast[CHAIR], item.id, "@Elm +7 ring her", "one")
    take_action(cast[CHAIR], item.id, "@Elm +7 ring her", "two")
    assert len(actions_of_item(item.id)) == 2


def test_a_line_that_cannot_be_read_says_how_to_write_it(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    with pytest.raises(Invalid) as refused:
        take_action(cast[CHAIR], item.id, "somebody should ring her", "one")
    assert "@" in refused.value.sentence
    assert not actions_of_item(item.id)


def test_an_action_is_taken_back_once(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    action = take_action(cast[CHAIR], item.id, "@Elm +7 ring her", "one")
    drop_proposed(cast[CHAIR], action.id)
    drop_proposed(cast[CHAIR], action.id)
    assert not actions_of_item(item.id)


def test_what_is_to_be_done_until_a_case_comes_back_binds_at_once(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    action = take_action(cast[CHAIR], item.id, "@Elm +7 ring her", "one")
    carry_item(cast[CHAIR], item.id, "Her daughter could not come.")
    assert (action.state, action.decision_id) == (ActionState.OPEN, None)


def test_a_new_action_is_read_back_before_it_binds(cast: Cast) -> None:
    _, (item, other) = make_room(cast)
    read_back(cast[CHAIR], item)
    open_item(cast[CHAIR], item.id)
    action = take_action(cast[CHAIR], item.id, "@Elm +7 ring her", "one")
    open_item(cast[CHAIR], other.id)
    assert item.state is ItemState.PLANNED
    confirm_item(cast[CHAIR], item.id)
    assert action.state is ActionState.OPEN

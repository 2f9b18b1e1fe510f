from datetime import timedelta

import pytest

from network.plumbing.refusals import Invalid, Refusal
from rota.placing.commands import (
    ReasonWanted,
    clear_placement,
    move_placement,
    place_learner,
    unpin_placement,
)
from rota.placing.rules import Spot
from rota.rotations.commands import copy_plan_version, undo_edit
from rota.rotations.queries import held_in
from rota.rotations.rules import PlacementState
from tests.cast import Cast
from tests.rota.rotation_scene import make_published, make_scene


def test_what_is_placed_by_hand_is_pinned_and_can_be_taken_back(cast: Cast) -> None:
    scene = make_scene(cast)
    held = scene.place()
    assert (held.is_pinned, held.state) == (True, PlacementState.PROPOSED)
    # A supervisor of each kind is named from the host's, and they differ.
    assert len({member for member, _ in held.supervisors}) == 2
    moved = move_placement(scene.lead, scene.version_id, held.stay_id, scene.spot(8, 4, scene.oak))
    assert moved.stay_id == held.stay_id
    assert undo_edit(scene.lead, scene.version_id).endswith("moved")
    assert held_in(scene.version_id) == {held.stay_id: held}
    undo_edit(scene.lead, scene.version_id)
    assert not held_in(scene.version_id)
    with pytest.raises(Refusal, match="nothing to undo"):
        undo_edit(scene.lead, scene.version_id)


def test_a_change_by_hand_says_which_rules_it_breaks(cast: Cast) -> None:
    scene = make_scene(cast)
    short = place_learner(scene.lead, scene.version_id, scene.student, scene.spot(0, 1))
    assert short.breaks
    assert all("Alex" in said or "Nursing" in said or "Nina" in said for said in short.breaks)


def test_what_lies_in_the_way_goes_unless_it_is_pinned(cast: Cast) -> None:
    scene = make_scene(cast)
    first = scene.place()
    with pytest.raises(Refusal, match="pinned placement in these weeks"):
        scene.place(first=2, offer=scene.oak)
    unpin_placement(scene.lead, scene.version_id, first.stay_id)
    placed = place_learner(scene.lead, scene.version_id, scene.student, scene.spot(2, 4, scene.oak))
    assert placed.gone == 1
    assert set(held_in(scene.version_id)) == {placed.stay_id}


@pytest.mark.parametrize(
    ("first", "weeks", "days", "said"),
    [(0, 4, 1, "Monday"), (50, 4, 0, "within the plan"), (-1, 4, 0, "within the plan")],
)
def test_weeks_that_cannot_be_are_refused_in_words(cast: Cast, first, weeks, days, said) -> None:
    scene = make_scene(cast)
    spot = scene.spot(first, weeks)
    wrong = Spot(spot.offer_id, spot.starts_on + timedelta(days), weeks)
    with pytest.raises(Invalid, match=said):
        place_learner(scene.lead, scene.version_id, scene.student, wrong)


def test_nobody_is_moved_nearer_than_their_notice_without_a_reason(cast: Cast) -> None:
    published = make_published(cast)
    scene = published.on(copy_plan_version(published.lead, published.version_id))
    [told] = held_in(scene.version_id).values()
    with pytest.raises(ReasonWanted, match="weeks of notice"):
        move_placement(scene.lead, scene.version_id, told.stay_id, scene.spot(0, 4, scene.oak))
    assert held_in(scene.version_id) == {told.stay_id: told}
    move_placement(scene.lead, scene.version_id, told.stay_id, scene.spot(0, 4, scene.oak), "Elm floods")
    [moved] = held_in(scene.version_id).values()
    assert (moved.reason, moved.reason_by, moved.state) == (
        "Elm floods",
        scene.lead.name,
        PlacementState.PROPOSED,
    )
    # Beyond the notice nobody has to say why.
    scene.place(first=30)


def test_a_published_version_is_not_changed_by_hand(cast: Cast) -> None:
    scene = make_published(cast)
    [told] = held_in(scene.version_id).values()
    with pytest.raises(Refusal, match="Make a copy"):
        clear_placement(scene.lead, scene.version_id, told.stay_id)

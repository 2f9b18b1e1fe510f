from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.learners.queries import get_learner_for
from rota.placing.commands import clear_placement, move_placement, place_learner
from rota.placing.rules import Spot
from rota.rotation_news.commands import acknowledge_placements, publish_rotations
from rota.rotation_news.records import RotationNotice
from rota.rotations.commands import copy_plan_version, note_host_answer
from rota.rotations.queries import get_version_for, held_in, placements_by_member
from rota.rotations.records import Placement
from rota.rotations.rules import PlacementState, PlanVersionState
from tests.cast import Cast
from tests.rota.rotation_scene import LEAD, make_own_notice, make_published, make_scene
from tests.rota.training_scene import learner

REASON = "Flooded in the cellar"


def told_of(version_id):
    found = select(RotationNotice).where(RotationNotice.version_id == version_id)
    return {row.learner_id: row for row in db.session.scalars(found)}


def test_publishing_tells_only_those_whose_placement_changed(cast: Cast) -> None:
    scene = make_scene(cast)
    other = learner(cast, starts_on=scene.monday, ends_on=scene.monday + timedelta(weeks=50))
    scene.place()
    place_learner(scene.lead, scene.version_id, other, scene.spot(0, 4, scene.oak))
    assert publish_rotations(scene.lead, scene.version_id) == 2
    assert all(notice.is_first for notice in told_of(scene.version_id).values())
    draft = scene.on(copy_plan_version(scene.lead, scene.version_id))
    with pytest.raises(Refusal, match="nothing to publish"):
        publish_rotations(draft.lead, draft.version_id)
    draft.place(first=30)
    assert publish_rotations(draft.lead, draft.version_id) == 1
    assert set(told_of(draft.version_id)) == {scene.student}
    assert get_version_for(cast[LEAD], scene.version_id).state is PlanVersionState.SUPERSEDED
    states = {each.state for each in held_in(draft.version_id).values()}
    assert states == {PlacementState.LEARNER_INFORMED}


def test_a_change_on_short_notice_wants_a_reason_that_no_letter_names(cast: Cast) -> None:
    make_own_notice(cast)
    published = db.session.scalars(select(Placement)).one()
    draft = copy_plan_version(cast[LEAD], published.version_id)
    told = held_in(draft)[published.stay_id]
    spot = make_scene(cast).spot(0, 4)
    with pytest.raises(Invalid):
        move_placement(cast[LEAD], draft, told.stay_id, spot)
    move_placement(cast[LEAD], draft, told.stay_id, spot, REASON)
    publish_rotations(cast[LEAD], draft)
    letters = [letter.body for letter in db.session.scalars(select(Letter))]
    assert any("have changed" in body for body in letters)
    assert not any(REASON in body or "Elm" in body for body in letters)


def test_what_is_only_taken_away_on_short_notice_wants_a_reason_at_publishing(cast: Cast) -> None:
    scene = make_published(cast)
    draft = copy_plan_version(scene.lead, scene.version_id)
    held = held_in(draft)
    clear_placement(scene.lead, draft, next(iter(held)))
    with pytest.raises(Invalid, match="nearer than their notice"):
        publish_rotations(scene.lead, draft)
    publish_rotations(scene.lead, draft, REASON)
    [notice] = told_of(draft).values()
    assert (notice.reason, notice.reason_by) == (REASON, scene.lead.name)
    [gone] = held_in(scene.version_id).values()
    assert gone.state is PlacementState.CHANGED


def test_a_placement_that_its_host_declined_is_not_published(cast: Cast) -> None:
    scene = make_scene(cast)
    held = scene.place()
    note_host_answer(SYSTEM, held.stay_id, held.offer_id, held.stretch, False)
    with pytest.raises(Refusal, match="declined"):
        publish_rotations(scene.lead, scene.version_id)
    assert get_version_for(scene.lead, scene.version_id).declined == [held.pair]


def test_who_acknowledges_confirms_their_placements_and_nobody_elses(cast: Cast) -> None:
    trainee = make_own_notice(cast)
    acknowledge_placements(trainee)
    states = set(db.session.scalars(select(Placement.state)))
    assert states == {PlacementState.CONFIRMED}
    with pytest.raises(Refusal, match="nothing to acknowledge"):
        acknowledge_placements(trainee)


def test_who_acknowledges_late_confirms_what_a_later_version_left_as_it_was(cast: Cast) -> None:
    trainee = make_own_notice(cast)
    told = db.session.scalars(select(Placement)).one()
    draft, tried = (copy_plan_version(cast[LEAD], told.version_id, label) for label in ("", "What if"))
    other = learner(cast, starts_on=told.starts_on, ends_on=told.starts_on + timedelta(weeks=50))
    place_learner(cast[LEAD], draft, other, Spot(told.offer_id, told.starts_on, 4))
    publish_rotations(cast[LEAD], draft)
    acknowledge_placements(trainee)
    for version_id in (draft, tried):
        assert held_in(version_id)[told.stay_id].state is PlacementState.CONFIRMED
    [others] = [each for each in held_in(draft).values() if each.learner_id == other]
    assert others.state is PlacementState.LEARNER_INFORMED


def test_a_host_that_takes_a_told_placement_after_all_leaves_it_told(cast: Cast) -> None:
    scene = make_published(cast)
    [told] = held_in(scene.version_id).values()
    for accepted in (False, True):
        note_host_answer(SYSTEM, told.stay_id, told.offer_id, told.stretch, accepted)
    assert held_in(scene.version_id)[told.stay_id] == told
    # So the notice period still counts for it.
    draft = copy_plan_version(scene.lead, scene.version_id)
    clear_placement(scene.lead, draft, told.stay_id)
    with pytest.raises(Invalid, match="nearer than their notice"):
        publish_rotations(scene.lead, draft)


def test_drafts_are_for_those_who_plan_and_a_trainee_sees_no_plan(cast: Cast) -> None:
    scene = make_scene(cast)
    for role in (Role.TRAINEE, Role.STAFF, Role.WORKFORCE_MANAGER, Role.HOST_LEAD):
        with pytest.raises(NotFound):
            get_version_for(cast[role], scene.version_id)
    scene.place()
    publish_rotations(scene.lead, scene.version_id)
    assert get_version_for(cast[Role.WORKFORCE_MANAGER], scene.version_id)
    with pytest.raises(NotFound):
        get_version_for(cast[Role.TRAINEE], scene.version_id)


def test_the_rota_knows_where_learners_were_told_to_be(cast: Cast) -> None:
    scene = make_scene(cast)
    scene.place()
    weeks = scene.monday, scene.monday + timedelta(6)
    assert not placements_by_member(*weeks)
    publish_rotations(scene.lead, scene.version_id)
    member_id = get_learner_for(scene.lead, scene.student).member_id
    [placement] = placements_by_member(*weeks)[member_id]
    assert placement.offer.host.site_id == cast.elm_site.id

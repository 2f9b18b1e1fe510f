from datetime import timedelta

import pytest

from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, Refusal
from rota.hosts.commands import withdraw_offer
from rota.jobs.queries import view_of
from rota.jobs.records import SolveJob
from rota.jobs.rules import JobState
from rota.placing.queries import planned_for
from rota.rotation_news.commands import publish_rotations
from rota.rotation_runs.commands import LOST, accept_rotation_facts, ask_to_plan, replan
from rota.rotation_runs.tasks import plan_rotations
from rota.rotation_runs.wording import summary_said
from rota.rotations.commands import note_host_answer, undo_edit
from rota.rotations.queries import get_version_for, held_in
from rota.rotations.rules import PlacementSource, PlacementState
from rota.solver.limits import Limits
from tests.cast import Cast, client_for
from tests.rota.rotation_scene import Scene, make_published, make_scene

QUICK = Limits(seconds=5, workers=1)


def run(cast: Cast, version_id) -> JobState:
    """Do the work that waits for a version, as a worker would."""
    job_id = db.session.get_one(SolveJob, get_version_for(SYSTEM, version_id).job_id).id
    plan_rotations(cast.network.id, job_id=job_id)
    return view_of(SYSTEM, job_id).state


def fill(cast: Cast, scene: Scene) -> None:
    ask_to_plan(scene.lead, scene.version_id, QUICK)
    assert run(cast, scene.version_id) is JobState.DONE


def test_filling_places_learners_and_leaves_what_is_pinned(cast: Cast) -> None:
    scene = make_scene(cast)
    pinned = scene.place(first=0, weeks=4)
    fill(cast, scene)
    held = held_in(scene.version_id)
    assert held[pinned.stay_id] == pinned
    version = get_version_for(scene.lead, scene.version_id)
    assert version.input_hash == planned_for(version).hash
    assert "1 of 1 learner placed" in summary_said(version.summary)
    if len(held) > 1:
        undo_edit(scene.lead, scene.version_id)
        assert set(held_in(scene.version_id)) == {pinned.stay_id}


def test_a_draft_that_is_being_filled_is_not_changed_by_hand(cast: Cast) -> None:
    scene = make_scene(cast)
    ask_to_plan(scene.lead, scene.version_id, QUICK)
    with pytest.raises(Refusal, match="being filled"):
        scene.place()


def test_when_an_offer_is_withdrawn_the_copy_is_mended_and_only_that_changes(cast: Cast) -> None:
    scene = make_scene(cast)
    scene.place(first=0, weeks=6)
    scene.place(first=20, weeks=6)
    publish_rotations(scene.lead, scene.version_id)
    before = held_in(scene.version_id)
    withdraw_offer(scene.lead, scene.elm, scene.monday + timedelta(weeks=18), "The surgery closes")
    planned = planned_for(get_version_for(scene.lead, scene.version_id))
    assert [each.stretch.starts_on for each in planned.without_place] == [scene.monday + timedelta(weeks=20)]
    copy_id = replan(scene.lead, scene.version_id)
    assert run(cast, copy_id) is JobState.DONE
    after = held_in(copy_id)
    [first] = [each for each in before.values() if each.stretch.starts_on == scene.monday]
    assert after[first.stay_id] == first
    closed = scene.monday + timedelta(weeks=18)
    moved = [each for each in after.values() if each.stay_id != first.stay_id]
    assert all(each.source is PlacementSource.REPAIR for each in moved)
    assert not [each for each in moved if each.offer_id == scene.elm and each.stretch.ends_on >= closed]


def test_a_host_that_declined_is_not_asked_again_by_the_search(cast: Cast) -> None:
    scene = make_scene(cast)
    fill(cast, scene)
    declined = [each for each in held_in(scene.version_id).values() if each.offer_id == scene.elm]
    held = declined[0] if declined else scene.place(first=40)
    note_host_answer(SYSTEM, held.stay_id, held.offer_id, held.stretch, False)
    assert held_in(scene.version_id)[held.stay_id].state is PlacementState.HOST_DECLINED
    copy_id = replan(scene.lead, scene.version_id)
    run(cast, copy_id)
    assert scene.elm not in {each.offer_id for each in held_in(copy_id).values() if not each.is_pinned}


def test_a_changed_fact_makes_a_draft_out_of_date_until_it_was_looked_over(cast: Cast) -> None:
    scene = make_scene(cast)
    fill(cast, scene)
    withdraw_offer(scene.lead, scene.oak, scene.monday, "No supervisor")
    planned = planned_for(get_version_for(scene.lead, scene.version_id))
    assert planned.is_stale
    with pytest.raises(Refusal, match="changed once more"):
        accept_rotation_facts(scene.lead, scene.version_id, "another")
    accept_rotation_facts(scene.lead, scene.version_id, planned.hash)
    assert not planned_for(get_version_for(scene.lead, scene.version_id)).is_stale


def test_what_was_told_stays_where_facts_let_it(cast: Cast) -> None:
    scene = make_published(cast)
    copy_id = replan(scene.lead, scene.version_id)
    run(cast, copy_id)
    [told] = held_in(scene.version_id).values()
    assert held_in(copy_id)[told.stay_id] == told


def test_who_may_be_moved_nearer_than_their_notice_is_named_with_a_reason(cast: Cast) -> None:
    scene = make_published(cast)
    with pytest.raises(Invalid, match="Say why"):
        replan(scene.lead, scene.version_id, [scene.student])
    with pytest.raises(Invalid, match="Shorten"):
        replan(scene.lead, scene.version_id, [scene.student], "x" * 1001)
    withdraw_offer(scene.lead, scene.elm, scene.monday, "The surgery closes")
    copy_id = replan(scene.lead, scene.version_id)
    assert run(cast, copy_id) is JobState.DONE
    moved = [each for each in held_in(copy_id).values() if each.source is PlacementSource.REPAIR]
    # Whoever lost their host needs no reason of anybody's to be told of another.
    assert {each.reason for each in moved} <= {LOST}


def test_the_page_that_mends_asks_for_a_reason_and_keeps_what_was_ticked(cast: Cast) -> None:
    scene = make_published(cast)
    client = client_for(cast, Role.ROTATION_LEAD)
    url = f"/training/plans/{scene.version_id}/replan"
    answer = client.post(url, data={"allowed": str(scene.student)})
    assert answer.status_code == 422
    assert "Say why they may be moved" in answer.text
    assert client.post(url).status_code == 303

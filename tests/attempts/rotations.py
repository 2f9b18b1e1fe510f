from datetime import timedelta

from network.access.rules import SYSTEM
from network.plumbing.database import db
from rota.placing import commands as placing
from rota.placing.queries import planned_for
from rota.rotation_news import commands as news
from rota.rotation_runs import commands as runs
from rota.rotations import commands as rotations
from rota.rotations.queries import get_version_for
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota.host_scene import next_monday
from tests.rota.rotation_scene import LEAD, make_own_notice, make_published, make_scene


@attempt(rotations.make_plan)
def _make_plan(cast: Cast):
    return by(cast[LEAD], "Next year", next_monday() + timedelta(weeks=52), 52, 4)


@attempt(rotations.copy_plan_version)
def _copy(cast: Cast):
    return by(cast[LEAD], make_scene(cast).version_id, "If Oak took two")


@attempt(rotations.discard_plan_version)
def _discard(cast: Cast):
    return by(cast[LEAD], make_scene(cast).version_id)


@attempt(rotations.restore_plan_version)
def _restore(cast: Cast):
    version_id = make_scene(cast).version_id
    rotations.discard_plan_version(cast[LEAD], version_id)
    return by(cast[LEAD], version_id)


@attempt(rotations.undo_edit)
def _undo(cast: Cast):
    scene = make_scene(cast)
    scene.place()
    return by(cast[LEAD], scene.version_id)


@attempt(rotations.note_host_answer)
def _note_host_answer(cast: Cast):
    held = make_scene(cast).place()
    return by(SYSTEM, held.stay_id, held.offer_id, held.stretch, True)


@attempt(placing.place_learner)
def _place(cast: Cast):
    scene = make_scene(cast)
    return by(cast[LEAD], scene.version_id, scene.student, scene.spot())


@attempt(placing.move_placement)
def _move(cast: Cast):
    scene = make_scene(cast)
    return by(cast[LEAD], scene.version_id, scene.place().stay_id, scene.spot(first=4))


@attempt(placing.clear_placement)
def _clear(cast: Cast):
    scene = make_scene(cast)
    return by(cast[LEAD], scene.version_id, scene.place().stay_id)


@attempt(placing.pin_placement)
def _pin(cast: Cast):
    scene = make_scene(cast)
    stay_id = scene.place().stay_id
    placing.unpin_placement(cast[LEAD], scene.version_id, stay_id)
    return by(cast[LEAD], scene.version_id, stay_id)


@attempt(placing.unpin_placement)
def _unpin(cast: Cast):
    scene = make_scene(cast)
    return by(cast[LEAD], scene.version_id, scene.place().stay_id)


@attempt(runs.ask_to_plan)
def _ask_to_plan(cast: Cast):
    return by(cast[LEAD], make_scene(cast).version_id)


@attempt(runs.replan)
def _replan(cast: Cast):
    return by(cast[LEAD], make_published(cast).version_id)


@attempt(runs.accept_rotation_facts)
def _accept_facts(cast: Cast):
    version_id = make_scene(cast).version_id
    seen = planned_for(get_version_for(cast[LEAD], version_id)).hash
    db.session.commit()
    return by(cast[LEAD], version_id, seen)


@attempt(news.publish_rotations)
def _publish(cast: Cast):
    scene = make_scene(cast)
    scene.place()
    return by(cast[LEAD], scene.version_id)


@attempt(news.acknowledge_placements, own=True)
def _acknowledge(cast: Cast):
    return by(make_own_notice(cast))


@attempt(news.note_placements_seen, own=True)
def _see(cast: Cast):
    return by(make_own_notice(cast))

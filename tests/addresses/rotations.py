from rota.rotation_runs.commands import ask_to_plan
from tests.addresses import address
from tests.cast import Cast
from tests.rota.rotation_scene import LEAD, make_published, make_scene


@address("rotation_grid.show", "rotation_grid.compare")
def _told(cast: Cast):
    return {"version_id": make_published(cast).version_id}


@address("rotation_grid.copy", "rotation_grid.mend", "rotation_news.publish")
def _draft(cast: Cast):
    return {"version_id": make_scene(cast).version_id}


@address("rotation_grid.cell")
def _cell(cast: Cast):
    scene = make_published(cast)
    return {"version_id": scene.version_id, "learner": scene.student, "week": 0}


@address("rotation_runs.show", "rotation_runs.progress")
def _run(cast: Cast):
    return {"job_id": ask_to_plan(cast[LEAD], make_scene(cast).version_id)}

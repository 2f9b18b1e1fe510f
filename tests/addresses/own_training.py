from rota.exposure_choices.commands import book_exposure
from tests.addresses import address
from tests.cast import Cast
from tests.rota import exposure_scene
from tests.rota.rotation_scene import LEAD, make_own_notice, make_scene


@address("exposure_map.learner", "exposure_map.choose")
def _learner(cast: Cast):
    return {"learner_id": make_scene(cast).student}


@address("exposure_map.cancel")
def _cancel(cast: Cast):
    student, offer_id = make_scene(cast).student, exposure_scene.offer(cast)
    session_id = book_exposure(cast[LEAD], offer_id, student, exposure_scene.thursday())
    return {"learner_id": student, "session_id": session_id}


@address("exposure_map.end")
def _end(cast: Cast):
    return {"offer_id": exposure_scene.offer(cast)}


@address("own_training.cancel")
def _own_cancel(cast: Cast):
    return {"session_id": exposure_scene.book(cast, make_own_notice(cast)).id}

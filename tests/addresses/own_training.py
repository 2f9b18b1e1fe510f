from tests.addresses import address
from tests.cast import Cast
from tests.rota.rotation_scene import make_scene


@address("exposure_map.learner")
def _learner(cast: Cast):
    return {"learner_id": make_scene(cast).student}

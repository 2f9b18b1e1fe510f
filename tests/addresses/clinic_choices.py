from tests.addresses import address
from tests.cast import Cast
from tests.rota.clinic_scene import make_plan_found


@address("clinic_choices.show", "clinic_choices.found", alone=True)
def _plan(cast: Cast):
    return {"plan_id": make_plan_found(cast).id}

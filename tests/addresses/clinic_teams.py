from tests.addresses import address
from tests.cast import Cast
from tests.rota.clinic_scene import make_clinic_type


@address("clinic_teams.show", alone=True)
def _type(cast: Cast):
    return {"clinic_type_id": make_clinic_type(cast).id}

from tests.addresses import address
from tests.cast import Cast
from tests.rota.clinic_scene import hold_clinic


@address(
    "clinic_board.clinic",
    "clinic_board.visits",
    "clinic_board.stand_ins",
    "clinic_board.close",
    "clinic_board.move",
)
def _clinic(cast: Cast):
    return {"session_id": hold_clinic(cast).id}

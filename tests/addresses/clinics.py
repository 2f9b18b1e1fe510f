from network.access.rules import Role
from rota.clinic_examples.queries import get_example
from rota.clinics.commands import add_type
from rota.clinics.queries import get_type_for
from tests.addresses import address
from tests.cast import Cast


def _type(cast: Cast, key: str = "frailty"):
    example = get_example(key)
    return add_type(cast[Role.CLINIC_LEAD], example.design, example.seats)


@address("clinics.show", "clinics.change", "clinics.add_seat")
def _clinic(cast: Cast):
    return {"clinic_type_id": _type(cast)}


@address("clinics.change_seat")
def _seat(cast: Cast):
    return {"seat_id": get_type_for(cast[Role.CLINIC_LEAD], _type(cast, "eyes_and_mouth")).seats[0].id}

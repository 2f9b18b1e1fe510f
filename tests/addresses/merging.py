from datetime import date

from mdt.merging.commands import merge_people
from mdt.patients.rules import Identity
from network.access.rules import Role
from tests.addresses import address
from tests.attempts.merging import SAID, make_pair
from tests.cast import Cast
from tests.mdt.scene import refer


@address("merging.compare")
def _pair(cast: Cast):
    patient_id, other_id = make_pair(cast)
    return {"patient_id": patient_id, "other_id": other_id}


@address("merging.show")
def _merge(cast: Cast):
    first = refer(cast, identity=Identity("Pollux", "Lou", date(1937, 6, 1))).patient_id
    second = refer(cast, identity=Identity("Castor", "Lee", date(1937, 6, 2))).patient_id
    return {"merge_id": merge_people(cast[Role.CARE_COORDINATOR], first, second, "Said so.", **SAID)}

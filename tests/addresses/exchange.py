from network.access.rules import Role
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.exchange.files import brought
from tests.mdt.scene import refer


@address("exchange.give")
def _case(cast: Cast):
    return {"case_id": refer(cast).id}


@address("exchange.compare")
def _file(cast: Cast):
    return {"file_id": brought(cast, Role.CARE_COORDINATOR)}

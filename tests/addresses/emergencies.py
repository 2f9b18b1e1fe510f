from network.access.rules import Role
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.emergencies.scene import opened, to_be_explained


@address("emergencies.show")
def _opened(cast: Cast):
    return {"opening_id": opened(cast)}


@address("emergencies.explain")
def _to_be_explained(cast: Cast):
    # The chair's role reaches furthest of those that open in an emergency.
    return {"opening_id": to_be_explained(cast, Role.CHAIR)}

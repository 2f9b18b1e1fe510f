from network.access.rules import Role
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.casefinding.lists import EDITH, bring, found_id


@address("casefinding.show")
def _finding(cast: Cast):
    return {"finding_id": found_id(cast)}


@address("risk_lists.preview")
def _list(cast: Cast):
    return {"list_id": bring(cast, EDITH, role=Role.CARE_COORDINATOR)}

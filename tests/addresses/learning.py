from tests.addresses import address
from tests.cast import Cast
from tests.mdt.learning.scene import approved, discussed, offered, returned


@address("learning.show")
def _approved(cast: Cast):
    return {"example_id": approved(cast)}


@address("learning.consider", "learning.send_back", "learning.withdraw")
def _offered(cast: Cast):
    return {"example_id": offered(cast)}


@address("learning.rewrite")
def _returned(cast: Cast):
    return {"example_id": returned(cast)}


@address("learning.tell")
def _case(cast: Cast):
    return {"case_id": discussed(cast).id}

from tests.addresses import address
from tests.attempts.retention import propose
from tests.cast import Cast


@address("removals.show", alone=True)
def _removal(cast: Cast):
    return {"removal_id": propose(cast)}

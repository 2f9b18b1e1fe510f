from tests.addresses import address
from tests.cast import Cast


@address("evidence.show")
def _question(cast: Cast):
    return {"name": "implementation"}

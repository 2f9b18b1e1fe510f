from tests.addresses import address
from tests.cast import Cast


@address("funding.agree")
def _group(cast: Cast):
    cast.elm.list_size = 10_000
    return {"group": "gp"}

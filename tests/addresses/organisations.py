from tests.addresses import address
from tests.cast import Cast


@address("organisations.show", "organisations.change", "organisations.leave")
def _organisation(cast: Cast):
    return {"organisation_id": cast.elm.id}

from tests.addresses import address
from tests.attempts.agreements import recorded
from tests.cast import Cast


@address("agreements.show")
def _signed(cast: Cast):
    recorded(cast)
    return {"organisation_id": cast.elm.id}


@address("agreements.end")
def _to_end(cast: Cast):
    return {"agreement_id": recorded(cast)}

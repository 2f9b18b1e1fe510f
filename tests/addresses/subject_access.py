from tests.addresses import address
from tests.attempts.subject_access import asked_for_copy
from tests.cast import Cast


@address("copies.show")
def _request_for_a_copy(cast: Cast):
    return {"request_id": asked_for_copy(cast)}

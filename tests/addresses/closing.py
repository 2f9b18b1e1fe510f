from mdt.cases.rules import CaseState
from tests.addresses import address
from tests.attempts.actions import own_action
from tests.attempts.closing import told_case
from tests.cast import Cast


@address("closing.close", "closing.review")
def _case_to_close(cast: Cast):
    own_action(cast)
    return {"case_id": told_case(cast).id}


@address("closing.reopen")
def _closed_case(cast: Cast):
    return {"case_id": told_case(cast, CaseState.CLOSED).id}

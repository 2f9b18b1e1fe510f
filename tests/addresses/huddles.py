from tests.addresses import address
from tests.attempts.huddles import called
from tests.cast import Cast
from tests.mdt.scene import make_case


@address("huddles.call")
def _case_that_cannot_wait(cast: Cast):
    return {"case_id": make_case(cast).id}


@address("huddles.call_off")
def _huddle(cast: Cast):
    return {"meeting_id": called(cast)[1]}

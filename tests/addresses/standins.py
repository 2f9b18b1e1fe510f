from tests.addresses import address
from tests.attempts.leave import member_id
from tests.attempts.standins import fallen_out
from tests.cast import Cast


@address("standins.show", "standins.repairs", alone=True)
def _fallen_out(cast: Cast):
    return {"absence_id": fallen_out(cast)}


@address("board.person")
def _person(cast: Cast):
    return {"member_id": member_id(cast)}

from network.access.rules import Role
from rota.leave.commands import request_leave
from tests.addresses import address
from tests.attempts import leave
from tests.cast import Cast


@address("advice.show")
def _decision(cast: Cast):
    asked = request_leave(cast[Role.WORKFORCE_MANAGER], leave.member_id(cast), leave.LEAVE)
    return {"absence_id": asked}


@address("allowances.show")
def _allowance(cast: Cast):
    return {"member_id": leave.member_id(cast)}


@address("terms.change")
def _terms(cast: Cast):
    return {"organisation_id": cast.elm.id}

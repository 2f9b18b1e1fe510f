from mdt.decisions import commands as decisions
from mdt.decisions.rules import DecisionState
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import make_case, make_decision, make_item, make_meeting


@attempt(decisions.add_addendum)
def _add_addendum(cast: Cast):
    item = make_item(make_meeting(cast), make_case(cast))
    decision = make_decision(item, state=DecisionState.SIGNED)
    return by(cast[Role.CARE_COORDINATOR], decision.id, "Her daughter will drive.")

from mdt.coordination import commands as coordination
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.attempts.actions import own_action
from tests.cast import Cast


@attempt(coordination.remind_owner)
def _remind_owner(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], own_action(cast).id)

from tests.addresses import address
from tests.attempts.actions import own_action
from tests.cast import Cast
from tests.mdt.scene import make_case


@address("actions.show", "actions.leave_undone", "actions.hand_over", "actions.change_due", "actions.cancel")
def _action(cast: Cast):
    return {"action_id": own_action(cast).id}


@address("actions.add")
def _case_to_act_in(cast: Cast):
    return {"case_id": make_case(cast).id}

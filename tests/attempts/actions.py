from datetime import timedelta

from mdt.actions import commands as actions
from mdt.actions.rules import ActionState, NotDone
from network.access.rules import Role
from network.plumbing.database import db, today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import home_of, make_action, make_case

COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN


def own_action(cast: Cast, **changes: object):
    """Something that the cast's clinician has to do."""
    clinician = cast[CLINICIAN]
    action = make_action(make_case(cast), clinician.account_id, home_of(cast, CLINICIAN))
    for name, value in changes.items():
        setattr(action, name, value)
    db.session.commit()
    return action


@attempt(actions.add_action)
def _add_action(cast: Cast):
    own = cast[CLINICIAN].account_id
    return by(cast[CLINICIAN], make_case(cast).id, "Ring the daughter", today(), account_id=own)


@attempt(actions.accept_action)
def _accept_action(cast: Cast):
    return by(cast[CLINICIAN], own_action(cast, owner_id=None).id)


@attempt(actions.give_back_action)
def _give_back_action(cast: Cast):
    return by(cast[CLINICIAN], own_action(cast, state=ActionState.ACCEPTED).id)


@attempt(actions.finish_action)
def _finish_action(cast: Cast):
    return by(cast[CLINICIAN], own_action(cast).id)


@attempt(actions.leave_undone)
def _leave_undone(cast: Cast):
    return by(cast[CLINICIAN], own_action(cast).id, NotDone.DECLINED)


@attempt(actions.reopen_action)
def _reopen_action(cast: Cast):
    return by(cast[CLINICIAN], own_action(cast, state=ActionState.DONE).id)


@attempt(actions.hand_over)
def _hand_over(cast: Cast):
    return by(cast[CLINICIAN], own_action(cast).id, account_id=cast[Role.CHAIR].account_id)


@attempt(actions.change_due)
def _change_due(cast: Cast):
    return by(cast[CLINICIAN], own_action(cast).id, today() + timedelta(days=3))


@attempt(actions.cancel_action)
def _cancel_action(cast: Cast):
    return by(cast[COORDINATOR], own_action(cast).id, "She moved away.")

from mdt.goals.commands import set_goal
from mdt.lists.rules import ViewHeard
from mdt.meetings.rules import MeetingState
from mdt.minutes import commands as minutes
from mdt.minutes.rules import BlockName, CheckLine
from mdt.readback import commands as readback
from mdt.run import commands as run
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.attempts.plans import WALK
from tests.cast import Cast
from tests.mdt.room import make_room, write

COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN


def an_item(cast: Cast):
    return make_room(cast, 1)[1][0]


@attempt(minutes.save_block)
def _save_block(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id, BlockName.DECISION, "Rest.", seen=0, key="one")


@attempt(minutes.tick_line)
def _tick_line(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id, CheckLine.CARER, True)


@attempt(minutes.note_view)
def _note_view(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id, ViewHeard.STATEMENT)


@attempt(minutes.set_review)
def _set_review(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id, None)


@attempt(minutes.link_goal)
def _link_goal(cast: Cast):
    item = an_item(cast)
    return by(cast[COORDINATOR], item.id, set_goal(cast[CLINICIAN], item.case.patient_id, WALK))


@attempt(readback.confirm_item)
def _confirm_item(cast: Cast):
    item = an_item(cast)
    write(cast[COORDINATOR], item, "Rest.")
    minutes.note_view(cast[COORDINATOR], item.id, ViewHeard.STATEMENT)
    return by(cast[COORDINATOR], item.id)


@attempt(readback.carry_item)
def _carry_item(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id, "Her daughter could not come.")


@attempt(readback.mark_not_reached)
def _mark_not_reached(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id)


@attempt(readback.note_item)
def _note_item(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id, "An agreed pathway applies.")


@attempt(readback.take_action)
def _take_action(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id, "@Elm +7 Ring her", "one")


@attempt(readback.drop_proposed)
def _drop_proposed(cast: Cast):
    action = readback.take_action(cast[COORDINATOR], an_item(cast).id, "@Elm +7 Ring her", "one")
    return by(cast[COORDINATOR], action.id)


@attempt(run.enter_room)
def _enter_room(cast: Cast):
    return by(cast[COORDINATOR], make_room(cast)[0].id)


@attempt(run.begin_meeting)
def _begin_meeting(cast: Cast):
    return by(cast[COORDINATOR], make_room(cast, state=MeetingState.PUBLISHED)[0].id)


@attempt(run.finish_meeting)
def _finish_meeting(cast: Cast):
    return by(cast[COORDINATOR], make_room(cast)[0].id)


@attempt(run.open_item)
def _open_item(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id)


@attempt(run.borrow_minutes)
def _borrow_minutes(cast: Cast):
    return by(cast[COORDINATOR], an_item(cast).id, 1)

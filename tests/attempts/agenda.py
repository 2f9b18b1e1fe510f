from mdt.agenda import commands as agenda
from mdt.agenda.rules import Arranged
from mdt.cases.rules import CaseState
from mdt.lists import commands as lists
from mdt.meetings.rules import MeetingState
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import make_case, make_item, make_meeting

COORDINATOR = Role.CARE_COORDINATOR


def on_list(cast: Cast):
    return make_item(make_meeting(cast), make_case(cast, CaseState.LISTED))


@attempt(lists.put_on_list)
def _put_on_list(cast: Cast):
    return by(cast[COORDINATOR], make_meeting(cast).id, make_case(cast).id)


@attempt(lists.publish_list)
def _publish_list(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).meeting_id)


@attempt(agenda.put_all_on_list)
def _put_all_on_list(cast: Cast):
    return by(cast[COORDINATOR], make_meeting(cast).id, [make_case(cast).id, make_case(cast).id])


@attempt(agenda.withdraw_from_list)
def _withdraw_from_list(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).id)


@attempt(agenda.move_item)
def _move_item(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).id, 1)


@attempt(agenda.arrange_item)
def _arrange_item(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).id, Arranged(6.0, "A Nurse", frozenset({"pharmacy"})))


@attempt(agenda.plan_minutes)
def _plan_minutes(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).meeting_id)


@attempt(agenda.group_by_practice)
def _group_by_practice(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).meeting_id)


@attempt(agenda.end_slots)
def _end_slots(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).meeting_id)


@attempt(agenda.tell_those_added)
def _tell_those_added(cast: Cast):
    return by(cast[COORDINATOR], make_meeting(cast, MeetingState.PUBLISHED).id)


@attempt(agenda.cancel_meeting)
def _cancel_meeting(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).meeting_id, "The room is flooded.")


@attempt(agenda.note_list_opened)
def _note_list_opened(cast: Cast):
    return by(cast[COORDINATOR], on_list(cast).meeting_id)

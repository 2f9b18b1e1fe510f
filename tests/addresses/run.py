from mdt.meetings.rules import MeetingState
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.scene import make_case, make_item, make_meeting


@address("run.show", "run.pulse", "run.owners")
def _room(cast: Cast):
    meeting = make_meeting(cast, MeetingState.RUNNING)
    make_item(meeting, make_case(cast))
    return {"meeting_id": meeting.id}


@address("run.pane")
def _case(cast: Cast):
    meeting = make_meeting(cast, MeetingState.RUNNING)
    return {"meeting_id": meeting.id, "item_id": make_item(meeting, make_case(cast)).id}

from mdt.cases.rules import CaseState
from mdt.meetings.rules import MeetingState
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.scene import make_case, make_item, make_meeting


def on_list(cast: Cast, state: MeetingState = MeetingState.PLANNED):
    """A case on the list of a meeting, with others that wait."""
    make_case(cast)
    return make_item(make_meeting(cast, state), make_case(cast, CaseState.LISTED))


@address("agenda.build", "agenda.cancel", "handout.show")
def _list(cast: Cast):
    return {"meeting_id": on_list(cast).meeting_id}


@address("agenda.arrange")
def _line(cast: Cast):
    return {"item_id": on_list(cast).id}


@address("agenda.take_off")
def _published_line(cast: Cast):
    return {"item_id": on_list(cast, MeetingState.PUBLISHED).id}


@address("agenda.choose")
def _waiting(cast: Cast):
    make_meeting(cast)
    return {"case_id": make_case(cast).id}

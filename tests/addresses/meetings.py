from mdt.series.commands import add_member
from network.access.rules import Role
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.scene import expect, make_meeting, make_series


@address(
    "meetings.show", "dates.change", "dates.hand_over", "keeping.free", "meetings.expect", "meetings.calendar"
)
def _meeting(cast: Cast):
    meeting = make_meeting(cast, quorum={"pharmacy": 1}, link="https://example.org/room")
    expect(cast, meeting, Role.CARE_COORDINATOR)
    return {"meeting_id": meeting.id}


@address("meetings.answer")
def _attendance(cast: Cast):
    return {"attendance_id": expect(cast, make_meeting(cast), Role.CLINICIAN).id}


@address("series.show", "series.change", "series.dates", "series.add_member")
def _series(cast: Cast):
    series = make_series(cast)
    add_member(cast[Role.CARE_COORDINATOR], series.id, cast[Role.CLINICIAN].account_id)
    return {"series_id": series.id}

from mdt.meetings.commands import add_attender, note_attendance
from mdt.meetings.rules import AttendanceState
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import expect, make_meeting


@attempt(note_attendance)
def _note_attendance(cast: Cast):
    meeting = make_meeting(cast)
    attendance = expect(cast, meeting, Role.CLINICIAN)
    return by(cast[Role.CHAIR], meeting.id, attendance.id, AttendanceState.PRESENT)


@attempt(add_attender)
def _add_attender(cast: Cast):
    return by(cast[Role.CHAIR], make_meeting(cast).id, name="A Visitor")

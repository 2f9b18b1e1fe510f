from datetime import time, timedelta

from mdt.dates.commands import change_meeting, hand_over
from mdt.dates.rules import MeetingDetails
from mdt.meetings.commands import (
    add_attender,
    answer_invitation,
    expect_person,
    note_attendance,
    stop_expecting,
)
from mdt.meetings.rules import Answer, AttendanceState
from mdt.series.commands import (
    add_dates,
    add_member,
    change_series,
    end_series,
    remove_member,
    resume_series,
    start_series,
)
from mdt.series.rules import SeriesDetails
from network.access.rules import Role
from network.plumbing.database import now, today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import expect, make_meeting, make_series


@attempt(note_attendance)
def _note_attendance(cast: Cast):
    meeting = make_meeting(cast)
    attendance = expect(cast, meeting, Role.CLINICIAN)
    return by(cast[Role.CHAIR], meeting.id, attendance.id, AttendanceState.PRESENT)


@attempt(add_attender)
def _add_attender(cast: Cast):
    return by(cast[Role.CHAIR], make_meeting(cast).id, name="A Visitor")


@attempt(change_meeting)
def _change_meeting(cast: Cast):
    meeting = make_meeting(cast)
    return by(cast[Role.CHAIR], meeting.id, MeetingDetails(now() + timedelta(days=9)))


@attempt(hand_over)
def _hand_over(cast: Cast):
    meeting = make_meeting(cast, chair_id=None)
    return by(cast[Role.CARE_COORDINATOR], meeting.id, cast[Role.CHAIR].account_id, None)


@attempt(expect_person)
def _expect_person(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], make_meeting(cast).id, cast[Role.CLINICIAN].account_id)


@attempt(stop_expecting)
def _stop_expecting(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], expect(cast, make_meeting(cast), Role.CLINICIAN).id)


@attempt(answer_invitation)
def _answer_invitation(cast: Cast):
    attendance = expect(cast, make_meeting(cast), Role.CLINICIAN)
    return by(cast[Role.CLINICIAN], attendance.id, Answer.APOLOGIES)


def a_series(cast: Cast, **changes: object):
    return make_series(cast, chair_id=None, **changes).id


@attempt(start_series)
def _start_series(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], SeriesDetails("Frailty MDT"))


@attempt(change_series)
def _change_series(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], a_series(cast), SeriesDetails("Frailty MDT"))


@attempt(end_series)
def _end_series(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], a_series(cast))


@attempt(resume_series)
def _resume_series(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], a_series(cast, is_ended=True))


@attempt(add_member)
def _add_member(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], a_series(cast), cast[Role.CLINICIAN].account_id)


@attempt(remove_member)
def _remove_member(cast: Cast):
    series_id, account_id = a_series(cast), cast[Role.CLINICIAN].account_id
    add_member(cast[Role.CARE_COORDINATOR], series_id, account_id)
    return by(cast[Role.CARE_COORDINATOR], series_id, account_id)


@attempt(add_dates)
def _add_dates(cast: Cast):
    days = [today() + timedelta(days=7)]
    return by(cast[Role.CARE_COORDINATOR], a_series(cast), days, time(13, 0))

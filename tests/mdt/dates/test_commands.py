from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.dates.commands import change_meeting, hand_over
from mdt.dates.rules import MeetingDetails
from mdt.meetings.commands import WrongTime, answer_invitation
from mdt.meetings.queries import find_attendance
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import AHEAD, OVER, Answer, AttendanceState, MeetingState
from network.access.rules import Role
from network.plumbing.database import db, now
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotAllowed
from tests.cast import Cast
from tests.mdt import scene

A, M = AttendanceState, MeetingState
CHAIR, COORDINATOR, CLINICIAN = Role.CHAIR, Role.CARE_COORDINATOR, Role.CLINICIAN


def make_meeting(cast: Cast, state: MeetingState = M.PLANNED, **changes: object) -> Meeting:
    """Make a meeting that outlives a refusal."""
    meeting = scene.make_meeting(cast, state, **changes)
    db.session.commit()
    return meeting


def expect(cast: Cast, meeting: Meeting, role: Role) -> Attendance:
    """Expect somebody, refusals or not."""
    line = scene.expect(cast, meeting, role)
    db.session.commit()
    return line


def details_of(meeting: Meeting, **changes: object) -> MeetingDetails:
    names = ("starts_at", "minutes", "opening_minutes", "closing_minutes", "place", "link", "chair_id")
    same = {name: getattr(meeting, name) for name in (*names, "minute_taker_id", "quorum")}
    return MeetingDetails(**{**same, **changes})


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter)))


@pytest.mark.parametrize("state", MeetingState)
def test_a_date_changes_while_it_is_ahead_and_its_leaders_until_it_is_over(
    cast: Cast, state: MeetingState
) -> None:
    meeting = make_meeting(cast, state)
    details, clinician = details_of(meeting, place="Hub"), cast[CLINICIAN]
    if state in AHEAD:
        change_meeting(cast[COORDINATOR], meeting.id, details)
    else:
        with pytest.raises(WrongTime):
            change_meeting(cast[COORDINATOR], meeting.id, details)
    if state in OVER:
        with pytest.raises(WrongTime):
            hand_over(cast[COORDINATOR], meeting.id, clinician.account_id, None)
    else:
        hand_over(cast[COORDINATOR], meeting.id, clinician.account_id, None)
        assert (meeting.chair_id, meeting.chair) == (clinician.account_id, clinician.name)


def test_whoever_only_comes_changes_nothing(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, CLINICIAN)
    with pytest.raises(NotAllowed):
        change_meeting(cast[CLINICIAN], meeting.id, details_of(meeting, place="Hub"))
    with pytest.raises(NotAllowed):
        hand_over(cast[CLINICIAN], meeting.id, cast[CLINICIAN].account_id, None)


def test_at_another_time_all_are_asked_again_by_email_without_a_word_about_patients(cast: Cast) -> None:
    meeting = make_meeting(cast)
    line = expect(cast, meeting, CLINICIAN)
    answer_invitation(cast[CLINICIAN], line.id, Answer.APOLOGIES)
    before = len(letters())
    later = meeting.starts_at + timedelta(days=7)
    change_meeting(cast[COORDINATOR], meeting.id, details_of(meeting, starts_at=later, place="Hub"))
    assert (line.state, line.answered_at) == (A.EXPECTED, None)
    written = letters()[before:]
    assert {each.recipient for each in written} == {
        cast.accounts[CLINICIAN].email,
        cast.accounts[CHAIR].email,
    }
    assert all("Place: Hub" in each.body and f"/meetings/{meeting.id}" in each.body for each in written)


def test_another_quorum_asks_nobody_again(cast: Cast) -> None:
    meeting = make_meeting(cast)
    line = expect(cast, meeting, CLINICIAN)
    answer_invitation(cast[CLINICIAN], line.id, Answer.APOLOGIES)
    before = len(letters())
    change_meeting(cast[COORDINATOR], meeting.id, details_of(meeting, quorum={"pharmacy": 2}))
    assert (line.state, len(letters()), meeting.quorum) == (A.APOLOGIES, before, {"pharmacy": 2})


def test_two_dates_of_a_series_are_not_at_the_same_time(cast: Cast) -> None:
    series = scene.make_series(cast)
    first = make_meeting(cast, series_id=series.id)
    other = make_meeting(cast, starts_at=first.starts_at + timedelta(days=7), series_id=series.id)
    with pytest.raises(Invalid, match="has a meeting then already"):
        change_meeting(cast[COORDINATOR], other.id, details_of(other, starts_at=first.starts_at))


@pytest.mark.parametrize(
    "changes",
    [{"starts_at": now() - timedelta(days=1)}, {"minutes": 3}, {"link": "file:///x"}, {"quorum": {"x": 99}}],
)
def test_a_date_that_cannot_be_is_refused(cast: Cast, changes: dict[str, object]) -> None:
    meeting = make_meeting(cast)
    with pytest.raises(Invalid):
        change_meeting(cast[COORDINATOR], meeting.id, details_of(meeting, **changes))


def test_another_chair_is_expected(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, CHAIR)
    voluntary = cast[Role.VOLUNTARY_MEMBER]
    change_meeting(cast[COORDINATOR], meeting.id, details_of(meeting, chair_id=voluntary.account_id))
    assert (meeting.chair_id, meeting.chair) == (voluntary.account_id, voluntary.name)
    assert find_attendance(meeting.id, voluntary.account_id) is not None

import pytest
from sqlalchemy import select

from mdt.meetings import commands
from mdt.meetings.commands import (
    WrongTime,
    add_attender,
    answer_invitation,
    expect_person,
    move_meeting,
    note_attendance,
    note_change,
    stop_expecting,
)
from mdt.meetings.queries import members_expected
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import (
    AHEAD,
    MEETING_MOVES,
    OVER,
    Answer,
    AttendanceState,
    Happening,
    MeetingState,
)
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from network.vocabulary import Discipline
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


@command
def move(actor, meeting: Meeting, to: MeetingState) -> None:
    move_meeting(actor, meeting, to)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Happening, str]]:
    """What followers of meetings hear, but for whose time is asked: that is said with every change."""
    found: list[tuple[Happening, str]] = []
    followers = {
        happening: [lambda _, __, line, what=happening: found.append((what, line.name if line else ""))]
        for happening in Happening
    }
    monkeypatch.setattr(commands, "_followers", {**followers, Happening.TIME: []})
    return found


@pytest.mark.parametrize("state", MeetingState)
def test_a_meeting_moves_where_the_table_has_it(cast: Cast, state: MeetingState) -> None:
    for to in MeetingState:
        meeting = make_meeting(cast, state)
        if to in MEETING_MOVES[state]:
            move(cast[CHAIR], meeting, to)
            assert (meeting.state, meeting.change_number) == (to, 1)
        else:
            with pytest.raises(WrongTime):
                move(cast[CHAIR], meeting, to)
            assert meeting.state is state


def test_changes_are_counted_in_the_database(cast: Cast) -> None:
    meeting = make_meeting(cast)
    version = meeting.row_version
    assert [note_change(meeting), note_change(meeting)] == [1, 2]
    db.session.refresh(meeting)
    assert (meeting.change_number, meeting.row_version) == (2, version)


@pytest.mark.parametrize("state", AttendanceState)
def test_whoever_is_in_the_room_is_noted(cast: Cast, state: AttendanceState) -> None:
    meeting = make_meeting(cast, M.RUNNING)
    line = expect(cast, meeting, CLINICIAN)
    assert note_attendance(cast[CHAIR], meeting.id, line.id, state, "Sam Standin") == 1
    assert line.state is state
    assert line.deputy == ("Sam Standin" if state is A.DEPUTY else "")


def test_a_deputy_has_a_name_and_one_announced_keeps_it(cast: Cast) -> None:
    meeting = make_meeting(cast, M.RUNNING)
    line = expect(cast, meeting, CLINICIAN)
    with pytest.raises(Invalid, match="name of the deputy"):
        note_attendance(cast[CHAIR], meeting.id, line.id, A.DEPUTY)
    line.deputy = "Sam Standin"
    db.session.commit()
    note_attendance(cast[CHAIR], meeting.id, line.id, A.DEPUTY)
    assert (line.state, line.deputy) == (A.DEPUTY, "Sam Standin")


@pytest.mark.parametrize("state", MeetingState)
def test_who_came_stays_as_it_is_once_a_meeting_is_over(cast: Cast, state: MeetingState) -> None:
    meeting = make_meeting(cast, state)
    line = expect(cast, meeting, CLINICIAN)
    if state in OVER:
        with pytest.raises(WrongTime):
            note_attendance(cast[CHAIR], meeting.id, line.id, A.PRESENT)
        with pytest.raises(WrongTime):
            add_attender(cast[CHAIR], meeting.id, name="A Visitor")
    else:
        note_attendance(cast[CHAIR], meeting.id, line.id, A.PRESENT)


def test_whoever_only_comes_notes_nobody(cast: Cast) -> None:
    meeting = make_meeting(cast, M.RUNNING)
    line = expect(cast, meeting, CLINICIAN)
    with pytest.raises(NotAllowed):
        note_attendance(cast[CLINICIAN], meeting.id, line.id, A.PRESENT)
    with pytest.raises(NotAllowed):
        add_attender(cast[CLINICIAN], meeting.id, name="A Visitor")


def test_a_line_of_another_meeting_is_not_noted_here(cast: Cast) -> None:
    line = expect(cast, make_meeting(cast), CLINICIAN)
    with pytest.raises(NotFound):
        note_attendance(cast[CHAIR], make_meeting(cast).id, line.id, A.PRESENT)


def test_somebody_unexpected_is_there_by_name_for_their_organisation(cast: Cast) -> None:
    meeting = make_meeting(cast, M.RUNNING)
    add_attender(cast[CHAIR], meeting.id, name=" A Visitor ", organisation_id=cast.charity.id)
    (line,) = members_expected(meeting.id)
    assert (line.name, line.state, line.discipline) == ("A Visitor", A.PRESENT, Discipline.VOLUNTARY)


def test_a_visitor_without_a_name_or_an_account_of_no_member_is_refused(cast: Cast) -> None:
    meeting = make_meeting(cast, M.RUNNING)
    with pytest.raises(Invalid, match="Enter the name"):
        add_attender(cast[CHAIR], meeting.id, name=" ")
    with pytest.raises(Invalid, match="Choose somebody"):
        add_attender(cast[CHAIR], meeting.id, account_id=cast[Role.STAFF].account_id)


def test_a_visitor_who_is_sent_twice_is_there_once(cast: Cast) -> None:
    meeting = make_meeting(cast, M.RUNNING)
    first = add_attender(cast[CHAIR], meeting.id, name="Dr New")
    assert "without a sign-in" in first.said[0]
    assert add_attender(cast[CHAIR], meeting.id, name=" Dr New ") == first
    other = add_attender(cast[CHAIR], meeting.id, name="Dr New", organisation_id=cast.oak.id)
    assert other.id != first.id
    assert len(members_expected(meeting.id)) == 2


def test_somebody_expected_who_is_added_again_is_there_once(cast: Cast) -> None:
    meeting = make_meeting(cast, M.RUNNING)
    line = expect(cast, meeting, CLINICIAN)
    assert add_attender(cast[CHAIR], meeting.id, account_id=cast[CLINICIAN].account_id).id == line.id
    assert line.state is A.PRESENT


@pytest.mark.parametrize(
    ("answer", "state", "deputy"),
    [
        (Answer.COMING, A.EXPECTED, ""),
        (Answer.APOLOGIES, A.APOLOGIES, ""),
        (Answer.DEPUTY, A.EXPECTED, "Sam Standin"),
    ],
)
def test_one_answers_for_oneself(cast: Cast, answer: Answer, state: AttendanceState, deputy: str) -> None:
    line = expect(cast, make_meeting(cast), CLINICIAN)
    answer_invitation(cast[CLINICIAN], line.id, answer, "Sam Standin")
    assert (line.state, line.deputy) == (state, deputy)
    assert line.answered_at is not None


def test_a_deputy_is_announced_by_name(cast: Cast) -> None:
    line = expect(cast, make_meeting(cast), CLINICIAN)
    with pytest.raises(Invalid, match="name of the deputy"):
        answer_invitation(cast[CLINICIAN], line.id, Answer.DEPUTY, " ")


def test_those_who_prepare_a_meeting_answer_for_others_and_members_do_not(cast: Cast) -> None:
    meeting = make_meeting(cast)
    line = expect(cast, meeting, CLINICIAN)
    expect(cast, meeting, Role.SOCIAL_CARE_MEMBER)
    answer_invitation(cast[COORDINATOR], line.id, Answer.APOLOGIES)
    with pytest.raises(NotAllowed):
        answer_invitation(cast[Role.SOCIAL_CARE_MEMBER], line.id, Answer.COMING)
    with pytest.raises(NotFound):
        answer_invitation(cast[Role.VOLUNTARY_MEMBER], line.id, Answer.COMING)


@pytest.mark.parametrize("state", MeetingState)
def test_people_and_dates_change_while_a_meeting_is_ahead(cast: Cast, state: MeetingState) -> None:
    meeting = make_meeting(cast, state)
    line = expect(cast, meeting, CLINICIAN)
    coordinator, voluntary = cast[COORDINATOR], cast[Role.VOLUNTARY_MEMBER].account_id
    tries = (
        lambda: expect_person(coordinator, meeting.id, voluntary),
        lambda: answer_invitation(coordinator, line.id, Answer.COMING),
        lambda: stop_expecting(coordinator, line.id),
    )
    for attempt in tries:
        if state in AHEAD:
            attempt()
        else:
            with pytest.raises(WrongTime):
                attempt()


def test_nobody_is_expected_twice(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect_person(cast[COORDINATOR], meeting.id, cast[CLINICIAN].account_id)
    with pytest.raises(Invalid, match="expected already"):
        expect_person(cast[COORDINATOR], meeting.id, cast[CLINICIAN].account_id)


def test_whoever_leads_stays_expected(cast: Cast) -> None:
    meeting = make_meeting(cast)
    line = expect(cast, meeting, CHAIR)
    with pytest.raises(Invalid, match="Name somebody else first"):
        stop_expecting(cast[COORDINATOR], line.id)


def test_followers_hear_who_is_expected_and_who_is_not(
    cast: Cast, heard: list[tuple[Happening, str]]
) -> None:
    meeting = make_meeting(cast, chair_id=None)
    line_id = expect_person(cast[COORDINATOR], meeting.id, cast[CLINICIAN].account_id)
    stop_expecting(cast[COORDINATOR], line_id)
    name = cast[CLINICIAN].name
    assert heard == [(Happening.EXPECTED, name), (Happening.NOT_EXPECTED, name)]


def test_followers_hear_when_somebody_can_come_after_all(
    cast: Cast, heard: list[tuple[Happening, str]]
) -> None:
    line = expect(cast, make_meeting(cast), CLINICIAN)
    answer_invitation(cast[CLINICIAN], line.id, Answer.APOLOGIES)
    assert not heard
    answer_invitation(cast[CLINICIAN], line.id, Answer.COMING)
    assert heard == [(Happening.EXPECTED, line.name)]


def test_the_audit_knows_who_came_without_names(cast: Cast) -> None:
    meeting = make_meeting(cast, M.RUNNING)
    add_attender(cast[CHAIR], meeting.id, name="A Visitor")
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.verb == "add_attender", AuditEntry.about_id == meeting.id)
    ).one()
    line = db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)).one()
    assert entry.details == {"attendance": str(line.id)}

"""A published meeting and the rota: its people's time is kept, moved and let go, and trouble is noticed."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mdt.agenda.commands import cancel_meeting
from mdt.dates.commands import change_meeting
from mdt.dates.rules import MeetingDetails
from mdt.keeping.commands import count_visits, notice_rota
from mdt.keeping.queries import find_time_of
from mdt.learners.commands import end_learning
from mdt.learners.records import LearnerVisit
from mdt.lists.commands import publish_list
from mdt.meetings.commands import answer_invitation, note_attendance
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import Answer, AttendanceState, MeetingState
from mdt.run.commands import begin_meeting, finish_meeting
from mdt.signing.commands import sign_minutes
from network.access.rules import SYSTEM, Role
from network.plumbing.database import db, now, today
from network.plumbing.mail import Letter
from network.vocabulary import Discipline, JobRole
from rota import diary
from rota.exposures.queries import exposures_of
from rota.holds.queries import holds_between
from rota.holds.records import Hold
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for
from tests.mdt import scene
from tests.mdt.learners.scene import days, let_in
from tests.mdt.scene import make_case
from tests.rota.scene import join_rota

COORDINATOR = Role.CARE_COORDINATOR


@pytest.fixture
def member(cast: Cast) -> RotaMember:
    return join_rota(cast, Role.CLINICIAN)


@pytest.fixture
def line(cast: Cast, member: RotaMember) -> Attendance:
    """Expect somebody at a meeting on a working day, whose quorum is one of their discipline."""
    starts_at = (now() + timedelta(days=7 + (7 - now().weekday()) % 7)).replace(hour=10, minute=0)
    meeting = scene.make_meeting(cast, starts_at=starts_at, quorum={"general_practice": 1})
    scene.make_item(meeting, scene.make_case(cast))
    return scene.expect(cast, meeting, Role.CLINICIAN)


def published(cast: Cast, line: Attendance) -> Meeting:
    publish_list(cast[COORDINATOR], line.meeting_id)
    return db.session.get_one(Meeting, line.meeting_id)


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter)))


def held() -> list[Hold]:
    return list(holds_between(today(), today() + timedelta(60)))


def test_a_published_meeting_has_its_quorum_kept_and_says_nothing_of_what_it_is_about(
    cast: Cast, line: Attendance, member: RotaMember
) -> None:
    assert held() == []
    meeting = published(cast, line)
    [hold] = held()
    assert (hold.key, hold.starts.hour, hold.least) == (meeting.id, 10, {"general_practice": 1})
    [person] = hold.people
    assert (person.person_id, person.discipline, person.is_needed) == (
        member.engagement.person_id,
        Discipline.GENERAL_PRACTICE,
        False,
    )


def test_whoever_says_that_they_come_is_needed_and_whoever_cannot_is_not(
    cast: Cast, line: Attendance
) -> None:
    published(cast, line)
    answer_invitation(cast[Role.CLINICIAN], line.id, Answer.COMING)
    assert [each.is_needed for each in held()[0].people] == [True]
    answer_invitation(cast[Role.CLINICIAN], line.id, Answer.APOLOGIES)
    assert held()[0].people == []


def test_moved_the_time_moves_with_it_and_cancelled_it_is_let_go(cast: Cast, line: Attendance) -> None:
    meeting = published(cast, line)
    later = meeting.starts_at + timedelta(days=1)
    change_meeting(cast[COORDINATOR], meeting.id, MeetingDetails(later, chair_id=meeting.chair_id))
    assert [hold.day for hold in held()] == [later.date()]
    cancel_meeting(cast[COORDINATOR], meeting.id, "No cases are ready")
    assert held() == []
    assert find_time_of(meeting.id) is None


def test_when_the_rota_can_no_longer_keep_it_those_who_lead_it_are_told_once(
    cast: Cast, line: Attendance, member: RotaMember
) -> None:
    meeting = published(cast, line)
    day = held()[0].day
    report_sickness(cast[Role.WORKFORCE_MANAGER], member.id, Away(AbsenceKind.SICKNESS, day, day))
    before = set(letters())
    assert notice_rota(SYSTEM) == 1
    assert notice_rota(SYSTEM) == 0
    [letter] = set(letters()) - before
    assert letter.recipient == cast.accounts[Role.CHAIR].email
    assert "General practice: 1 needed, none free" in letter.body
    assert "sick" not in letter.body.lower()
    page = client_for(cast, COORDINATOR)
    assert b"As the rota is now, not everybody can come." in page.get(f"/meetings/{meeting.id}").data
    assert b"Meetings the rota cannot keep" in page.get("/").data
    assert b"In the rota" not in client_for(cast, Role.CLINICIAN).get(f"/meetings/{meeting.id}").data


def test_the_door_says_of_a_meeting_it_does_not_know_nothing(cast: Cast) -> None:
    assert diary.quorum_of([cast.network.id]) == {}


@pytest.mark.parametrize(
    ("first", "then", "counted"),
    [
        (AttendanceState.PRESENT, AttendanceState.PRESENT, 1),
        (AttendanceState.EXPECTED, AttendanceState.PRESENT, 1),
        (AttendanceState.PRESENT, AttendanceState.APOLOGIES, 0),
    ],
)
def test_whoever_trains_has_it_counted_once_by_what_the_signed_minutes_say(
    cast: Cast, member: RotaMember, first: AttendanceState, then: AttendanceState, counted: int
) -> None:
    member.engagement.role = JobRole.GP_REGISTRAR
    meeting = scene.make_meeting(cast, MeetingState.RUNNING)
    line, _ = (scene.expect(cast, meeting, role) for role in (Role.CLINICIAN, Role.CHAIR))
    chair, day = cast[Role.CHAIR], meeting.starts_at.date()
    note_attendance(chair, meeting.id, line.id, first)
    finish_meeting(chair, meeting.id)
    begin_meeting(chair, meeting.id)
    finish_meeting(chair, meeting.id)
    note_attendance(chair, meeting.id, line.id, then)
    sign_minutes(chair, meeting.id)
    found = exposures_of(member.engagement.person_id, day, day)
    assert [(each.key, each.discipline) for each in found] == [
        (meeting.id, Discipline.GENERAL_PRACTICE)
    ] * counted


def test_a_case_that_somebody_in_training_followed_is_counted_once_and_by_no_name(cast: Cast) -> None:
    learner = join_rota(cast, Role.LEARNER)
    learner.engagement.role = JobRole.GP_REGISTRAR
    case = make_case(cast)
    visit_id = let_in(cast, case)
    last = days()[1]
    assert count_visits(SYSTEM) == 0
    with time_machine.travel(last + timedelta(1)):
        assert (count_visits(SYSTEM), count_visits(SYSTEM)) == (1, 1)
    [found] = exposures_of(learner.engagement.person_id, today(), last)
    assert (found.day, found.kind) == (last, diary.ExposureKind.CASE)
    assert found.discipline is Discipline.GENERAL_PRACTICE
    assert found.key not in (visit_id, case.id)


def test_a_visit_that_ended_before_it_began_is_not_counted(cast: Cast) -> None:
    join_rota(cast, Role.LEARNER).engagement.role = JobRole.GP_REGISTRAR
    visit = db.session.get_one(LearnerVisit, let_in(cast, make_case(cast)))
    visit.starts_on = visit.starts_on + timedelta(1)
    end_learning(cast[COORDINATOR], visit.id)
    with time_machine.travel(visit.ends_on + timedelta(1)):
        assert count_visits(SYSTEM) == 0


def test_whoever_may_only_look_answers_an_invitation_and_has_their_time_kept(
    cast: Cast, line: Attendance
) -> None:
    join_rota(cast, Role.LEARNER)
    learner = scene.expect(cast, db.session.get_one(Meeting, line.meeting_id), Role.LEARNER)
    published(cast, line)
    answer_invitation(cast[Role.LEARNER], learner.id, Answer.COMING)
    assert cast[Role.LEARNER].person_id in {each.person_id for each in held()[0].people if each.is_needed}


def test_before_a_date_is_changed_it_is_said_who_would_be_free(
    cast: Cast, line: Attendance, member: RotaMember
) -> None:
    db.session.commit()
    page = client_for(cast, COORDINATOR)
    address = f"/meetings/{line.meeting_id}/free"
    assert "✓" in page.get(address).text
    assert "not at work then" in page.get(f"{address}?day=2027-01-04&at=21:00").text
    assert page.get(f"{address}?day=&at=21:00").status_code == 422
    assert client_for(cast, Role.CLINICIAN).get(address).status_code == 403

import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.cases.rules import CaseState
from mdt.dates.commands import change_meeting, hand_over
from mdt.dates.rules import MeetingDetails
from mdt.lists.commands import publish_list, put_on_list
from mdt.meetings.commands import (
    add_attender,
    answer_invitation,
    expect_person,
    note_attendance,
    stop_expecting,
)
from mdt.meetings.records import Meeting
from mdt.meetings.rules import Answer, AttendanceState
from mdt.objections.commands import object_to_sharing
from mdt.run.commands import begin_meeting
from mdt.sharing.queries import accesses, told_of
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import ENGLAND, db, today
from tests.cast import Cast
from tests.mdt.scene import expect, make_case, make_meeting

CHAIR, COORDINATOR, VOLUNTARY = Role.CHAIR, Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER


@pytest.fixture
def published(cast: Cast) -> Meeting:
    """A meeting whose list of one case is out, with one member who sent apologies before."""
    case = make_case(cast, CaseState.TRIAGED)
    meeting = make_meeting(cast)
    away = expect(cast, meeting, VOLUNTARY)
    answer_invitation(cast[VOLUNTARY], away.id, Answer.APOLOGIES)
    put_on_list(cast[COORDINATOR], meeting.id, case.id)
    publish_list(cast[COORDINATOR], meeting.id)
    return meeting


def knows(cast: Cast, role: Role) -> bool:
    patient_ids = {each.patient_id for each in db.session.scalars(select(CareRelation))}
    return bool(accesses(cast[role], patient_ids))


def test_somebody_asked_after_a_list_was_published_knows_its_cases_until_they_are_taken_off(
    cast: Cast, published: Meeting
) -> None:
    assert not knows(cast, VOLUNTARY)
    member = cast[Role.SOCIAL_CARE_MEMBER]
    line_id = expect_person(cast[COORDINATOR], published.id, member.account_id)
    patient_id = db.session.scalars(select(CareRelation.patient_id)).first()
    assert member.name in {each.told for each in told_of(patient_id)}
    assert max(relations_of(member.account_id)) > today()
    stop_expecting(cast[COORDINATOR], line_id)
    assert max(relations_of(member.account_id)) < today()


def relations_of(account_id) -> set:
    """The last days of what somebody may know because of a list."""
    rows = db.session.scalars(select(CareRelation).where(CareRelation.account_id == account_id))
    return {row.ends_on for row in rows if row.ends_on is not None}


def test_somebody_who_can_come_after_all_knows_the_cases(cast: Cast, published: Meeting) -> None:
    (line,) = [each for each in published.attendances if each.account_id == cast[VOLUNTARY].account_id]
    answer_invitation(cast[VOLUNTARY], line.id, Answer.COMING)
    assert knows(cast, VOLUNTARY)


def test_somebody_who_comes_in_spite_of_apologies_knows_the_cases(cast: Cast, published: Meeting) -> None:
    (line,) = [each for each in published.attendances if each.account_id == cast[VOLUNTARY].account_id]
    note_attendance(cast[CHAIR], published.id, line.id, AttendanceState.PRESENT)
    assert knows(cast, VOLUNTARY)


def test_somebody_who_comes_unasked_knows_the_cases_for_as_long_as_those_who_were_asked(
    cast: Cast, published: Meeting
) -> None:
    member = cast[Role.SOCIAL_CARE_MEMBER].account_id
    begin_meeting(cast[CHAIR], published.id)
    assert add_attender(cast[CHAIR], published.id, account_id=member).said == ()
    assert relations_of(member) == relations_of(cast[CHAIR].account_id)


def test_somebody_who_comes_unasked_and_whom_the_person_shuts_out_knows_nothing_and_the_chair_hears_why(
    cast: Cast, published: Meeting
) -> None:
    patient_id = db.session.scalars(select(CareRelation.patient_id)).first()
    object_to_sharing(
        cast[COORDINATOR], patient_id, ObjectionScope.ORGANISATION, organisation_id=cast.charity.id
    )
    begin_meeting(cast[CHAIR], published.id)
    said = add_attender(cast[CHAIR], published.id, account_id=cast[VOLUNTARY].account_id).said
    assert said == (f"{cast[VOLUNTARY].name} is not told of C-0001: the person objected.",)
    assert not knows(cast, VOLUNTARY)


def test_the_application_brings_what_follows_its_meetings() -> None:
    # In a process of its own: here, tests have imported more than the application does.
    asked = "import app, sys; sys.exit('mdt.latecomers.commands' not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_whoever_could_not_come_is_asked_again_to_a_new_time_and_knows_the_cases(
    cast: Cast, published: Meeting
) -> None:
    details = MeetingDetails(published.starts_at + timedelta(days=1), chair_id=published.chair_id)
    change_meeting(cast[COORDINATOR], published.id, details)
    assert knows(cast, VOLUNTARY)


def test_another_chair_knows_the_cases(cast: Cast, published: Meeting) -> None:
    hand_over(cast[COORDINATOR], published.id, cast[VOLUNTARY].account_id, None)
    assert knows(cast, VOLUNTARY)


def test_those_who_were_told_know_until_some_days_after_the_new_date(cast: Cast, published: Meeting) -> None:
    later = published.starts_at + timedelta(days=30)
    details = MeetingDetails(later, chair_id=published.chair_id)
    change_meeting(cast[COORDINATOR], published.id, details)
    last = later.astimezone(ENGLAND).date() + timedelta(days=14)
    assert relations_of(cast[CHAIR].account_id) == {last}


def test_a_list_that_is_being_built_tells_nobody(cast: Cast) -> None:
    case = make_case(cast, CaseState.TRIAGED)
    meeting = make_meeting(cast)
    put_on_list(cast[COORDINATOR], meeting.id, case.id)
    expect_person(cast[COORDINATOR], meeting.id, cast[VOLUNTARY].account_id)
    assert not knows(cast, VOLUNTARY)

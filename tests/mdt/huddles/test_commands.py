from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.cases.rules import CaseState
from mdt.huddles.commands import call_huddle, call_off_huddle
from mdt.huddles.queries import huddles_of, item_of_huddle, open_huddle_of, people_to_ask
from mdt.huddles.rules import CAN_HUDDLE, wrong_with_huddle
from mdt.meetings.commands import expect_person
from mdt.meetings.queries import get_meeting_for, may_minute, may_sign
from mdt.meetings.records import Meeting
from mdt.meetings.rules import MeetingKind, MeetingState
from mdt.sharing.queries import accesses
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import ObjectionScope, Reason
from network.access.rules import Role
from network.plumbing.database import db, now
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.attempts.huddles import ASKED, called
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.scene import make_case

CLINICIAN, CHAIR, CHARITY = Role.CLINICIAN, Role.CHAIR, Role.VOLUNTARY_MEMBER
COORDINATOR = Role.CARE_COORDINATOR


def test_whoever_calls_a_huddle_leads_it_and_those_asked_may_know(cast: Cast) -> None:
    case = make_case(cast)
    asked = [cast[CHARITY].account_id]
    meeting_id = call_huddle(cast[CLINICIAN], case.id, account_ids=asked, **ASKED)
    meeting = get_meeting_for(cast[CHARITY], meeting_id)
    assert (meeting.kind, meeting.state, meeting.name) == (
        MeetingKind.HUDDLE,
        MeetingState.PLANNED,
        f"Huddle on {case.ref}",
    )
    assert may_minute(cast[CLINICIAN], meeting)
    assert may_sign(cast[CLINICIAN], meeting)
    assert not may_sign(cast[COORDINATOR], meeting)
    assert accesses(cast[CHARITY], [case.patient_id])[case.patient_id].relation.reason is Reason.MEETING
    assert item_of_huddle(meeting).case_id == case.id
    assert open_huddle_of(case.id) == meeting


def test_letters_about_a_huddle_name_nobody(cast: Cast) -> None:
    called(cast)
    letters = db.session.scalars(select(Letter)).all()
    assert {letter.recipient for letter in letters} >= {cast.accounts[CHAIR].email}
    for letter in letters:
        assert "C-0001" in letter.body
        assert "Example" not in letter.body + letter.subject
        assert "fell" not in letter.body + letter.subject


def test_one_huddle_at_a_time(cast: Cast) -> None:
    case, _ = called(cast)
    with pytest.raises(Refusal, match="called already"):
        call_huddle(cast[CLINICIAN], case.id, account_ids=[cast[CHAIR].account_id], **ASKED)


def test_called_off_nobody_knows_by_it_any_more(cast: Cast) -> None:
    case = make_case(cast)
    meeting_id = call_huddle(cast[CLINICIAN], case.id, account_ids=[cast[CHARITY].account_id], **ASKED)
    with pytest.raises(NotAllowed):
        call_off_huddle(cast[CHARITY], meeting_id, "No.")
    call_off_huddle(cast[CLINICIAN], meeting_id, "In hospital.")
    assert db.session.get_one(Meeting, meeting_id).state is MeetingState.CANCELLED
    assert not accesses(cast[CHARITY], [case.patient_id])
    assert not huddles_of(case.id)
    assert case.state is CaseState.TRIAGED


def test_nobody_is_asked_whom_the_person_does_not_let_know(cast: Cast) -> None:
    case = make_case(cast)
    assert cast[CHARITY].account_id in {
        each.colleague.account_id for each in people_to_ask(cast[CLINICIAN], case.id)
    }
    keep(
        ObjectionRecord(
            patient_id=case.patient_id,
            scope=ObjectionScope.ORGANISATION,
            organisation_id=cast.charity.id,
            recorded_by="Nobody",
        )
    )
    db.session.commit()
    with pytest.raises(Invalid, match="Choose people from the list"):
        call_huddle(cast[CLINICIAN], case.id, account_ids=[cast[CHARITY].account_id], **ASKED)


def test_the_voluntary_sector_calls_none_and_strangers_to_a_case_find_nothing(cast: Cast) -> None:
    case = make_case(cast)
    with pytest.raises(NotFound):
        call_huddle(cast[CHARITY], case.id, account_ids=[cast[CHAIR].account_id], **ASKED)
    call_huddle(cast[CLINICIAN], case.id, account_ids=[cast[CHARITY].account_id], **ASKED)
    with pytest.raises(NotAllowed):
        call_huddle(cast[CHARITY], case.id, account_ids=[cast[CHAIR].account_id], **ASKED)


@pytest.mark.parametrize("state", [*CaseState])
def test_a_huddle_is_called_once_a_case_was_taken_on_and_until_it_is_over(
    cast: Cast, state: CaseState
) -> None:
    case = make_case(cast, state, referrer_id=cast[CLINICIAN].account_id)
    if state in CAN_HUDDLE:
        call_huddle(cast[CLINICIAN], case.id, account_ids=[cast[CHAIR].account_id], **ASKED)
        assert case.state is state
    else:
        with pytest.raises(Refusal):
            call_huddle(cast[CLINICIAN], case.id, account_ids=[cast[CHAIR].account_id], **ASKED)


@pytest.mark.parametrize(
    ("reason", "others", "hours", "wrong"),
    [
        ("Fell again", [1], None, ""),
        ("Fell again", [1], 2, ""),
        (" ", [1], None, "Enter why"),
        ("x" * 301, [1], None, "Shorten"),
        ("Fell again", [], None, "at least one other"),
        ("Fell again", [1], -2, "still to come"),
        ("Fell again", [1], 24 * 40, "within four weeks"),
    ],
)
def test_a_huddle_needs_a_reason_somebody_else_and_a_time_to_come(reason, others, hours, wrong) -> None:
    moment = now()
    starts_at = None if hours is None else moment + timedelta(hours=hours)
    said = wrong_with_huddle(reason, others, starts_at, moment)
    assert wrong in said
    assert bool(said) == bool(wrong)


def test_whoever_is_asked_later_knows_of_the_case_too(cast: Cast) -> None:
    case, meeting_id = called(cast)
    expect_person(cast[CLINICIAN], meeting_id, cast[CHARITY].account_id)
    assert accesses(cast[CHARITY], [case.patient_id])[case.patient_id].relation.reason is Reason.MEETING


def test_the_page_of_a_huddle_leads_to_its_room_and_lets_its_chair_call_it_off(cast: Cast) -> None:
    _, meeting_id = called(cast)
    page = client_for(cast, CLINICIAN).get(f"/meetings/{meeting_id}").text
    assert "Open the room" in page
    assert "Call it off" in page
    page = client_for(cast, CHAIR).get(f"/meetings/{meeting_id}").text
    assert "Open the room" in page
    assert "Call it off" not in page

import pytest
from sqlalchemy import select

from mdt.actions.commands import finish_action
from mdt.cases.queries import history_of
from mdt.cases.rules import CaseState
from mdt.closing.commands import close_case
from mdt.closing.rules import ClosedWhy
from mdt.decisions.rules import DecisionState
from mdt.letters.commands import note_told
from mdt.letters.queries import tellings_of
from mdt.letters.records import Letter
from mdt.letters.rules import Audience, Way
from mdt.lists.rules import ItemState
from mdt.meetings.rules import AttendanceState, MeetingState
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from mdt.signing.commands import ChangedMeanwhile, NotReady, add_to_decision, sign_minutes
from mdt.signing.queries import minutes_for, to_sign
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.after import CHAIR, CLINICIAN, COORDINATOR, let_know, make_over, make_signed
from tests.mdt.scene import expect, make_case, make_decision, make_item

QUORUM = {"pharmacy": 1}


def test_the_chair_signs_all_decisions_at_once(cast: Cast) -> None:
    over = make_over(cast)
    assert [each.id for each in to_sign(cast[CHAIR])] == [over.meeting.id]
    assert sign_minutes(cast[CHAIR], over.meeting.id) == 1
    assert (over.meeting.state, over.meeting.signed_by) == (MeetingState.SIGNED, cast[CHAIR].name)
    assert (over.decision.state, over.decision.signed_by) == (DecisionState.SIGNED, cast[CHAIR].name)
    assert to_sign(cast[CHAIR]) == []


def test_a_case_with_open_actions_goes_on_acting(cast: Cast) -> None:
    over = make_signed(cast)
    assert over.case.state is CaseState.ACTING
    assert any("signed the decision of Frailty MDT" in event.said for event in history_of(over.case.id))


def test_a_case_without_actions_stays_discussed(cast: Cast) -> None:
    over = make_over(cast)
    for action in over.actions:
        db.session.delete(action)
    db.session.commit()
    sign_minutes(cast[CHAIR], over.meeting.id)
    assert over.case.state is CaseState.DISCUSSED


def test_signing_writes_to_each_who_must_know(cast: Cast) -> None:
    over = make_signed(cast)
    found = {(each.audience, each.organisation_id) for each in db.session.scalars(select(Letter))}
    assert found == {
        (Audience.PERSON, None),
        (Audience.PRACTICE, cast.elm.id),
        (Audience.ORGANISATION, cast.charity.id),
        (Audience.ORGANISATION, cast.oak.id),
    }
    assert over.letter().words.startswith("Dear Edie")


@pytest.mark.parametrize("role", [COORDINATOR])
def test_nobody_but_the_chair_signs(cast: Cast, role: Role) -> None:
    over = make_over(cast)
    with pytest.raises(NotAllowed):
        sign_minutes(cast[role], over.meeting.id)
    assert over.meeting.state is MeetingState.MINUTES_DRAFT


def test_who_has_nothing_to_do_with_the_meeting_finds_no_minutes(cast: Cast) -> None:
    over = make_over(cast)
    for role in (CLINICIAN, Role.VOLUNTARY_MEMBER, Role.GOVERNANCE_LEAD):
        with pytest.raises(NotFound):
            minutes_for(cast[role], over.meeting.id)


def test_a_case_that_nobody_finished_with_stops_the_signature(cast: Cast) -> None:
    over = make_over(cast)
    other = make_case(cast, CaseState.LISTED)
    item = make_item(over.meeting, other, 2, state=ItemState.PLANNED)
    chair = cast[CHAIR]
    let_know(other, item.id, account_id=chair.account_id)
    db.session.commit()
    with pytest.raises(NotReady, match=f"Finish {other.ref} first"):
        sign_minutes(chair, over.meeting.id)
    assert over.meeting.state is MeetingState.MINUTES_DRAFT


def test_cases_that_the_chair_may_not_know_are_counted_only(cast: Cast) -> None:
    over = make_over(cast)
    other = make_case(cast, CaseState.DISCUSSED)
    make_item(over.meeting, other, 2, state=ItemState.CARRIED)
    db.session.commit()
    object_to_sharing(
        cast[COORDINATOR], other.patient_id, ObjectionScope.ORGANISATION, organisation_id=cast.elm.id
    )
    minutes = minutes_for(cast[CHAIR], over.meeting.id)
    assert (len(minutes.cases), minutes.hidden) == (1, 1)


def test_without_its_quorum_the_chair_says_why_decisions_hold(cast: Cast) -> None:
    over = make_over(cast, quorum=QUORUM)
    with pytest.raises(NotReady, match="pharmacy was missing"):
        sign_minutes(cast[CHAIR], over.meeting.id)
    sign_minutes(cast[CHAIR], over.meeting.id, "The pharmacist read and agreed by phone.")
    assert any("The quorum was not met: The pharmacist" in each.said for each in history_of(over.case.id))


def test_with_its_quorum_nothing_is_asked(cast: Cast) -> None:
    over = make_over(cast, quorum=QUORUM)
    expect(cast, over.meeting, CLINICIAN, Discipline.PHARMACY).state = AttendanceState.PRESENT
    db.session.commit()
    assert sign_minutes(cast[CHAIR], over.meeting.id) == 1


def test_the_person_is_told_of_what_was_only_noted_and_their_case_can_be_closed(cast: Cast) -> None:
    over = make_over(cast)
    db.session.delete(over.decision)
    over.item.state = ItemState.NOTED
    for action in over.actions:
        action.decision_id = None
    db.session.commit()
    sign_minutes(cast[CHAIR], over.meeting.id)
    # Somebody has something to do all the same.
    assert over.case.state is CaseState.ACTING
    note_told(cast[COORDINATOR], over.tellings[Audience.PERSON].id, Way.PHONE)
    for action in over.actions:
        finish_action(cast[COORDINATOR], action.id)
    close_case(cast[COORDINATOR], over.case.id, ClosedWhy.ANSWERED)
    assert over.case.state is CaseState.CLOSED


def test_the_dead_are_not_told_of_what_was_noted(cast: Cast) -> None:
    over = make_over(cast, died_on=today())
    over.item.state = ItemState.NOTED
    db.session.commit()
    sign_minutes(cast[CHAIR], over.meeting.id)
    assert over.tellings == {}


def test_what_was_put_right_since_it_was_read_is_not_signed_unread(cast: Cast) -> None:
    over = make_over(cast)
    seen = minutes_for(cast[CHAIR], over.meeting.id).version
    make_decision(over.item, "A medicines review at the surgery.", replaces_id=over.decision.id)
    db.session.commit()
    with pytest.raises(ChangedMeanwhile):
        sign_minutes(cast[CHAIR], over.meeting.id, seen=seen)
    assert over.meeting.state is MeetingState.MINUTES_DRAFT
    sign_minutes(cast[CHAIR], over.meeting.id, seen=minutes_for(cast[CHAIR], over.meeting.id).version)
    assert over.meeting.state is MeetingState.SIGNED


def test_minutes_are_signed_once(cast: Cast) -> None:
    over = make_signed(cast)
    with pytest.raises(Refusal, match="Signed"):
        sign_minutes(cast[CHAIR], over.meeting.id)


def test_what_the_chair_may_no_longer_read_is_not_signed(cast: Cast) -> None:
    over = make_over(cast)
    object_to_sharing(cast[COORDINATOR], over.case.patient_id, ObjectionScope.ALL)
    assert sign_minutes(cast[CHAIR], over.meeting.id) == 0
    assert over.decision.state is DecisionState.CONFIRMED
    assert db.session.scalars(select(Letter)).all() == []


def test_what_is_added_later_stands_beside_what_was_signed(cast: Cast) -> None:
    over = make_signed(cast)
    add_to_decision(
        cast[COORDINATOR], over.decision.id, "The review was brought forward.", is_person_to_be_told=True
    )
    assert over.decision.words == "A medicines review at home."
    assert [each.words for each in over.decision.addenda] == ["The review was brought forward."]
    people = [each for each in tellings_of(over.case.id) if each.audience is Audience.PERSON]
    assert len(people) == 2


def test_the_trail_names_no_words(cast: Cast) -> None:
    make_signed(cast)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "sign_minutes")).one()
    assert entry.details["decisions"] == 1
    assert "medicines" not in str(entry.details)

from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.audience.rules import KNOWS_FOR_DAYS
from mdt.cases.rules import CaseState, Stream
from mdt.lists.commands import (
    NotForThisList,
    publish_list,
    put_on_list,
    take_off,
)
from mdt.lists.queries import get_item_for, items_for, items_on, pool_for
from mdt.lists.rules import ItemState
from mdt.meetings.rules import AttendanceState, MeetingState
from mdt.objections.commands import object_to_sharing
from mdt.sharing.queries import accesses, told_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db, now, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.lists.steps import ask, dates, do, put, sentences
from tests.mdt.scene import expect, make_case, make_item, make_meeting

COORDINATOR, CHAIR, CLINICIAN = Role.CARE_COORDINATOR, Role.CHAIR, Role.CLINICIAN
SOCIAL, VOLUNTARY = Role.SOCIAL_CARE_MEMBER, Role.VOLUNTARY_MEMBER
S = ItemState


def test_a_case_goes_on_a_list_and_the_minutes_are_shared_out(cast: Cast) -> None:
    meeting = make_meeting(cast)
    first, second = put(cast, meeting, make_case(cast)), put(cast, meeting, make_case(cast))
    assert [item.position for item in items_on(meeting.id)] == [1, 2]
    assert first.planned_minutes == second.planned_minutes == 27
    assert first.case.state is CaseState.LISTED
    assert sentences(first.case)[0].startswith("Put on the list of Frailty MDT, ")


def test_what_is_for_note_and_what_is_set_by_hand_keep_less_and_the_same(cast: Cast) -> None:
    meeting = make_meeting(cast)
    note = put(cast, meeting, make_case(cast, stream=Stream.FOR_NOTE))
    fixed = put(cast, meeting, make_case(cast))
    fixed.planned_minutes, fixed.minutes_fixed = 10, True
    db.session.commit()
    full = put(cast, meeting, make_case(cast))
    assert fixed.planned_minutes == 10
    assert note.planned_minutes == 11
    assert full.planned_minutes == 33


def test_it_needs_those_who_were_asked_and_whoever_referred(cast: Cast) -> None:
    meeting, case = make_meeting(cast), make_case(cast)
    ask(case, Discipline.PHARMACY, cast.oak.id)
    item = put(cast, meeting, case)
    assert item.invited == ["general_practice", "pharmacy"]


def test_only_who_builds_lists_puts_cases_on_them(cast: Cast) -> None:
    meeting, case = make_meeting(cast), make_case(cast)
    with pytest.raises(NotAllowed):
        put_on_list(cast[CHAIR], meeting.id, case.id)
    with pytest.raises(NotFound):
        put_on_list(cast[VOLUNTARY], meeting.id, case.id)


@pytest.mark.parametrize("state", CaseState, ids=str)
def test_cases_go_on_a_list_from_the_states_that_may(cast: Cast, state: CaseState) -> None:
    meeting = make_meeting(cast)
    case = make_case(cast, state)
    may = state in {CaseState.TRIAGED, CaseState.DISCUSSED, CaseState.ACTING, CaseState.REVIEW_DUE}
    if may:
        assert put(cast, meeting, case).state is S.PLANNED
    else:
        with pytest.raises(Refusal):
            put(cast, meeting, case)
        assert not items_on(meeting.id)


@pytest.mark.parametrize("state", MeetingState, ids=str)
def test_a_list_that_is_out_takes_a_case_with_a_reason_and_one_that_is_over_takes_none(
    cast: Cast, state: MeetingState
) -> None:
    meeting, case = make_meeting(cast, state), make_case(cast)
    is_out = state in {MeetingState.PUBLISHED, MeetingState.RUNNING}
    if state is MeetingState.PLANNED:
        assert put(cast, meeting, case).late_reason == ""
        return
    with pytest.raises(Invalid if is_out else NotForThisList):
        put(cast, meeting, case)
    if is_out:
        assert put(cast, meeting, case, "Cannot wait.").late_reason == "Cannot wait."


def test_a_case_stands_on_one_list_at_a_time(cast: Cast) -> None:
    first, second = dates(cast)
    case = make_case(cast)
    put(cast, first, case)
    with pytest.raises(NotForThisList, match="Take it off there first"):
        put(cast, second, case)


def test_a_case_whose_minutes_nobody_has_signed_waits(cast: Cast) -> None:
    over = make_meeting(cast, MeetingState.MINUTES_DRAFT, starts_at=now())
    case = make_case(cast, CaseState.DISCUSSED, review_due=today())
    make_item(over, case, state=S.DECIDED)
    assert not pool_for(cast[COORDINATOR])
    with pytest.raises(NotForThisList, match="not signed"):
        put(cast, make_meeting(cast), case)


def test_nobody_dead_or_unwilling_goes_on_a_list(cast: Cast) -> None:
    meeting, dead, unwilling = make_meeting(cast), make_case(cast), make_case(cast)
    dead.patient.died_on = today()
    db.session.commit()
    object_to_sharing(cast[COORDINATOR], unwilling.patient_id, ObjectionScope.ALL)
    for case in (dead, unwilling):
        with pytest.raises(NotForThisList):
            put(cast, meeting, case)


def test_taken_off_a_case_waits_again_and_can_come_back(cast: Cast) -> None:
    meeting, case = make_meeting(cast), make_case(cast)
    item, other = put(cast, meeting, case), put(cast, meeting, make_case(cast))
    do(cast[COORDINATOR], take_off, item, "Better already")
    assert (item.state, case.state) == (S.WITHDRAWN, CaseState.TRIAGED)
    assert "Better already" in sentences(case)[0]
    assert [each.id for each in items_on(meeting.id)] == [other.id]
    assert other.planned_minutes == 54
    assert put(cast, meeting, case).id == item.id
    assert [each.id for each in items_on(meeting.id)] == [other.id, item.id]


def test_publishing_lets_those_know_whom_each_case_needs(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, SOCIAL, Discipline.SOCIAL_CARE)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    narrow, wide = put(cast, meeting, make_case(cast)), put(cast, meeting, make_case(cast))
    narrow.invited, wide.invited = ["voluntary"], []
    assert publish_list(cast[COORDINATOR], meeting.id) == []
    assert meeting.state is MeetingState.PUBLISHED
    seen = {
        role: [each.item.id for each in items_for(cast[role], meeting.id)]
        for role in (SOCIAL, VOLUNTARY, CHAIR)
    }
    # All of the cast but the volunteer work at the practice that referred.
    assert seen == {
        SOCIAL: [narrow.id, wide.id],
        VOLUNTARY: [narrow.id, wide.id],
        CHAIR: [narrow.id, wide.id],
    }
    told = {each.told for each in told_of(narrow.case.patient_id)}
    assert told == {cast[CHAIR].name, cast[VOLUNTARY].name}
    assert {each.told for each in told_of(wide.case.patient_id)} == told | {cast[SOCIAL].name}


def test_what_a_case_does_not_need_somebody_for_they_do_not_see(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    item = put(cast, meeting, make_case(cast))
    item.invited = ["pharmacy"]
    publish_list(cast[COORDINATOR], meeting.id)
    assert items_for(cast[VOLUNTARY], meeting.id) == []
    with pytest.raises(NotFound):
        get_item_for(cast[VOLUNTARY], item.id)
    with pytest.raises(NotFound):
        items_for(cast[Role.STAFF], meeting.id)


def test_who_is_told_knows_until_two_weeks_after(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    item = put(cast, meeting, make_case(cast))
    item.invited = []
    publish_list(cast[COORDINATOR], meeting.id)
    patient_id = item.case.patient_id
    relation = accesses(cast[VOLUNTARY], [patient_id])[patient_id].relation
    assert relation.ends_on - meeting.starts_at.date() == timedelta(days=KNOWS_FOR_DAYS)


def test_letters_name_cases_and_nobody(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    item = put(cast, meeting, make_case(cast))
    item.invited = []
    publish_list(cast[COORDINATOR], meeting.id)
    letters = db.session.scalars(select(Letter)).all()
    assert {letter.recipient for letter in letters} == {
        cast.accounts[CHAIR].email,
        cast.accounts[VOLUNTARY].email,
    }
    for letter in letters:
        assert item.case.ref in letter.body
        for word in (item.case.patient.family_name, item.case.patient.given_name, item.case.question):
            assert word not in letter.body + letter.subject


def test_whom_an_objection_keeps_out_is_named_and_not_told(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    item = put(cast, meeting, make_case(cast))
    item.invited = []
    object_to_sharing(
        cast[COORDINATOR], item.case.patient_id, ObjectionScope.ORGANISATION, organisation_id=cast.charity.id
    )
    (said,) = publish_list(cast[COORDINATOR], meeting.id)
    assert cast[VOLUNTARY].name in said
    assert item.case.ref in said
    assert items_for(cast[VOLUNTARY], meeting.id) == []
    assert cast[VOLUNTARY].name not in {each.told for each in told_of(item.case.patient_id)}


def test_who_sent_apologies_is_not_told(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY).state = AttendanceState.APOLOGIES
    item = put(cast, meeting, make_case(cast))
    item.invited = []
    publish_list(cast[COORDINATOR], meeting.id)
    assert items_for(cast[VOLUNTARY], meeting.id) == []


def test_an_empty_list_is_not_published(cast: Cast) -> None:
    with pytest.raises(NotForThisList):
        publish_list(cast[COORDINATOR], make_meeting(cast).id)


def test_taken_off_a_published_list_nobody_knows_any_more(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    item = put(cast, meeting, make_case(cast))
    item.invited = []
    publish_list(cast[COORDINATOR], meeting.id)
    with pytest.raises(Invalid):
        do(cast[COORDINATOR], take_off, item, " ")
    do(cast[COORDINATOR], take_off, item, "She asked")
    assert not accesses(cast[VOLUNTARY], [item.case.patient_id])
    letter = db.session.scalars(select(Letter).order_by(Letter.written_at.desc())).first()
    assert "Taken off" in letter.body
    assert "She asked" not in letter.body

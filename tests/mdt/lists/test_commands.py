from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.audience.rules import KNOWS_FOR_DAYS
from mdt.cases.queries import history_of
from mdt.cases.rules import CaseState, Stream
from mdt.contributions.records import Contribution
from mdt.lists.commands import (
    ChairsChoice,
    NotForThisList,
    WrongItemState,
    carry_over,
    publish_list,
    put_on_list,
    set_item_state,
    take_off,
)
from mdt.lists.queries import get_item_for, item_of_case, items_for, items_on, pool_for
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ITEM_MOVES, ItemState
from mdt.meetings.rules import AttendanceState, MeetingState
from mdt.objections.commands import object_to_sharing
from mdt.sharing.queries import accesses, told_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.scene import expect, make_case, make_item, make_meeting, make_series

COORDINATOR, CHAIR, CLINICIAN = Role.CARE_COORDINATOR, Role.CHAIR, Role.CLINICIAN
SOCIAL, VOLUNTARY = Role.SOCIAL_CARE_MEMBER, Role.VOLUNTARY_MEMBER
S = ItemState


@command
def do(actor, part, *args):
    """Run a part of a command as a command would."""
    answer = part(actor, *args)
    record(actor, "try", "meeting")
    return answer


def put(cast: Cast, meeting, case, reason: str = "") -> AgendaItem:
    return db.session.get_one(AgendaItem, put_on_list(cast[COORDINATOR], meeting.id, case.id, reason))


def dates(cast: Cast, number: int = 2, **changes):
    """Make some dates of one series, two weeks apart."""
    series = make_series(cast)
    return [
        make_meeting(cast, series_id=series.id, starts_at=now() + timedelta(days=2 + 14 * each), **changes)
        for each in range(number)
    ]


def ask(case, discipline: Discipline, organisation_id, **answered) -> None:
    db.session.add(
        Contribution(
            case_id=case.id, discipline=discipline, organisation_id=organisation_id, asked_by="X", **answered
        )
    )
    db.session.commit()


def sentences(case) -> list[str]:
    return [event.said for event in history_of(case.id)]


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


def test_carried_over_a_case_goes_to_the_next_date(cast: Cast) -> None:
    first, second = dates(cast)
    item = put(cast, first, make_case(cast))
    with pytest.raises(Invalid):
        do(cast[COORDINATOR], carry_over, item, "")
    do(cast[COORDINATOR], carry_over, item, "The pharmacist is away")
    later = item_of_case(item.case_id)
    assert (later.meeting_id, later.carried_before) == (second.id, 1)
    assert (item.state, item.case.state) == (S.CARRIED, CaseState.LISTED)


def test_where_there_is_no_next_date_it_waits(cast: Cast) -> None:
    (only,) = dates(cast, 1)
    item = put(cast, only, make_case(cast))
    do(cast[COORDINATOR], set_item_state, item, S.NOT_REACHED)
    assert item.case.state is CaseState.TRIAGED
    (ready,) = pool_for(cast[COORDINATOR])
    assert ready.waiting.carried == 1


def test_a_third_time_only_the_chair_carries_it_over(cast: Cast) -> None:
    first, _ = dates(cast)
    item = put(cast, first, make_case(cast))
    item.carried_before = 2
    db.session.commit()
    with pytest.raises(ChairsChoice):
        do(cast[COORDINATOR], carry_over, item, "Again")
    do(cast[CHAIR], carry_over, item, "Her daughter is away")
    assert item_of_case(item.case_id).carried_before == 3


@pytest.mark.parametrize("state", [S.CARRIED, S.NOT_REACHED], ids=str)
def test_opened_again_it_comes_back_from_the_next_date(cast: Cast, state: ItemState) -> None:
    first, second = dates(cast)
    item = put(cast, first, make_case(cast))
    do(cast[COORDINATOR], set_item_state, item, state, "Late")
    do(cast[COORDINATOR], set_item_state, item, S.OPEN)
    assert not items_on(second.id)
    assert item.case.state is CaseState.LISTED
    assert item_of_case(item.case_id).id == item.id


def test_opened_again_where_no_date_followed_it_is_listed_again(cast: Cast) -> None:
    (only,) = dates(cast, 1)
    item = put(cast, only, make_case(cast))
    do(cast[COORDINATOR], set_item_state, item, S.CARRIED, "Late")
    do(cast[COORDINATOR], set_item_state, item, S.OPEN)
    assert item.case.state is CaseState.LISTED


def test_it_is_not_opened_again_once_the_next_list_is_published(cast: Cast) -> None:
    first, second = dates(cast)
    item = put(cast, first, make_case(cast))
    do(cast[COORDINATOR], set_item_state, item, S.CARRIED, "Late")
    second.state = MeetingState.PUBLISHED
    db.session.commit()
    with pytest.raises(NotForThisList):
        do(cast[COORDINATOR], set_item_state, item, S.OPEN)


def test_decided_in_a_huddle_it_leaves_the_list_it_waited_on(cast: Cast) -> None:
    meeting, huddle = make_meeting(cast), make_meeting(cast, kind="huddle", starts_at=now())
    case = make_case(cast)
    waiting = put(cast, meeting, case)
    urgent = make_item(huddle, case, state=S.OPEN)
    do(cast[COORDINATOR], set_item_state, urgent, S.DECIDED)
    assert waiting.state is S.WITHDRAWN
    assert not items_on(meeting.id)


def test_decided_in_a_huddle_those_who_wait_for_it_on_a_list_hear_of_it(cast: Cast) -> None:
    meeting, huddle = make_meeting(cast), make_meeting(cast, kind="huddle", starts_at=now())
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    case = make_case(cast)
    put(cast, meeting, case).invited = []
    publish_list(cast[COORDINATOR], meeting.id)
    number = meeting.change_number
    do(cast[COORDINATOR], set_item_state, make_item(huddle, case, state=S.OPEN), S.DECIDED)
    told = [each for each in db.session.scalars(select(Letter)) if "Taken off" in each.body]
    assert cast.accounts[VOLUNTARY].email in {each.recipient for each in told}
    # The screens that show the list draw it anew.
    assert meeting.change_number > number


def test_taken_off_while_it_is_open_a_case_comes_back_as_one_that_waits(cast: Cast) -> None:
    meeting = make_meeting(cast, MeetingState.RUNNING)
    item = put(cast, meeting, make_case(cast), "Cannot wait.")
    item.state, item.opened_at = S.OPEN, now()
    do(cast[COORDINATOR], take_off, item, "Better already")
    assert put(cast, meeting, item.case, "Worse again.").opened_at is None


def test_a_huddle_has_no_list(cast: Cast) -> None:
    huddle, case = make_meeting(cast, kind="huddle"), make_case(cast)
    make_item(huddle, case)
    with pytest.raises(NotForThisList):
        publish_list(cast[COORDINATOR], huddle.id)
    with pytest.raises(NotForThisList):
        put_on_list(cast[COORDINATOR], huddle.id, make_case(cast).id)


def test_decided_and_opened_again_it_can_still_be_put_off(cast: Cast) -> None:
    (only,) = dates(cast, 1)
    item = put(cast, only, make_case(cast))
    item.state, item.case.state = S.OPEN, CaseState.DISCUSSED
    db.session.commit()
    do(cast[COORDINATOR], set_item_state, item, S.CARRIED, "Not right yet")
    assert item.case.state is CaseState.TRIAGED


@pytest.mark.parametrize("to", ItemState, ids=str)
@pytest.mark.parametrize("state", ItemState, ids=str)
def test_a_case_on_a_list_moves_where_the_table_says(cast: Cast, state: ItemState, to: ItemState) -> None:
    meeting = make_meeting(cast, MeetingState.RUNNING)
    item = make_item(meeting, make_case(cast, CaseState.LISTED), state=state)
    before = meeting.change_number
    if to in ITEM_MOVES[state]:
        do(cast[COORDINATOR], set_item_state, item, to, "Because")
        assert item.state is to
        assert meeting.change_number > before
    else:
        with pytest.raises(WrongItemState):
            do(cast[COORDINATOR], set_item_state, item, to, "Because")


def test_the_pool_is_the_coordinators_and_ranked(cast: Cast) -> None:
    late, soon = make_case(cast), make_case(cast, urgency="soon")
    review = make_case(cast, CaseState.ACTING, review_due=today() - timedelta(days=3))
    make_case(cast, CaseState.ACTING, review_due=today() + timedelta(days=3))
    make_case(cast, CaseState.SUBMITTED)
    pool = pool_for(cast[COORDINATOR])
    assert [each.case.id for each in pool] == [soon.id, review.id, late.id]
    assert pool[1].days == 3
    with pytest.raises(NotAllowed):
        pool_for(cast[CLINICIAN])

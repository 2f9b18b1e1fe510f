"""What becomes of a case once it stands on a list."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.cases.rules import CaseState
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
from mdt.lists.queries import item_of_case, items_on, pool_for
from mdt.lists.rules import ITEM_MOVES, ItemState
from mdt.meetings.rules import MeetingState
from network.access.rules import Role
from network.plumbing.database import db, now, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotAllowed
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.lists.steps import dates, do, put
from tests.mdt.scene import expect, make_case, make_item, make_meeting

COORDINATOR, CHAIR, CLINICIAN = Role.CARE_COORDINATOR, Role.CHAIR, Role.CLINICIAN
SOCIAL, VOLUNTARY = Role.SOCIAL_CARE_MEMBER, Role.VOLUNTARY_MEMBER
S = ItemState


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

from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.lists.rules import ItemState, ViewHeard
from mdt.meetings.rules import MeetingState
from mdt.minutes.commands import Clash, NotNow, note_view, save_block, set_review, tick_line
from mdt.minutes.queries import blocks_of
from mdt.minutes.rules import BlockName, CheckLine
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from tests.cast import Cast
from tests.mdt.room import bring_to, make_room, write
from tests.mdt.scene import expect

CHAIR, COORDINATOR = Role.CHAIR, Role.CARE_COORDINATOR


def test_each_save_has_the_next_number(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    assert write(cast[CHAIR], item, "Rest", key="a").number == 1
    assert write(cast[CHAIR], item, "Rest.", seen=1, key="b").number == 2
    assert blocks_of(item.id)[BlockName.DECISION].words == "Rest."


def test_a_save_that_comes_twice_is_kept_once(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    first = write(cast[CHAIR], item, "Rest", key="a")
    changes = meeting.change_number
    assert write(cast[CHAIR], item, "Rest", key="a") == first
    assert meeting.change_number == changes


def test_a_save_that_comes_again_after_others_were_kept_changes_nothing(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    write(cast[CHAIR], item, "Rest", key="a")
    write(cast[CHAIR], item, "Rest and water", seen=1, key="b")
    assert write(cast[CHAIR], item, "Rest", key="a").number == 1
    assert blocks_of(item.id)[BlockName.DECISION].words == "Rest and water"


def test_two_who_write_in_one_box_see_both_versions(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    write(cast[CHAIR], item, "Hers", key="a")
    with pytest.raises(Clash) as clash:
        write(cast[COORDINATOR], item, "His", key="b")
    assert (clash.value.theirs.words, clash.value.theirs.number) == ("Hers", 1)
    assert cast[CHAIR].name in clash.value.sentence
    assert blocks_of(item.id)[BlockName.DECISION].words == "Hers"


def test_who_has_seen_the_others_words_may_write_over_them(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    write(cast[CHAIR], item, "Hers", key="a")
    assert write(cast[COORDINATOR], item, "Hers and his", seen=1, key="b").by == cast[COORDINATOR].name


def test_the_same_words_are_no_clash(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    write(cast[CHAIR], item, "Rest.", key="a")
    assert write(cast[COORDINATOR], item, "Rest.", key="b").number == 1


def test_two_write_side_by_side_in_two_boxes(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    write(cast[CHAIR], item, "Rest.", key="a")
    assert write(cast[COORDINATOR], item, "Tired.", key="b", name=BlockName.RATIONALE).number == 1


def test_two_cases_are_written_apart(cast: Cast) -> None:
    _, (first, second) = make_room(cast)
    write(cast[CHAIR], first, "Rest.", key="a")
    assert write(cast[CHAIR], second, "Walk.", key="a").number == 1
    assert blocks_of(first.id)[BlockName.DECISION].words == "Rest."


SHUT = [state for state in MeetingState if state not in {MeetingState.RUNNING, MeetingState.MINUTES_DRAFT}]


@pytest.mark.parametrize("state", SHUT)
def test_minutes_are_written_from_the_beginning_until_they_are_signed(cast: Cast, state) -> None:
    _, (item, _) = make_room(cast, state=state)
    with pytest.raises(NotNow):
        write(cast[CHAIR], item, "Rest.")
    assert not blocks_of(item.id)


def test_words_that_come_late_are_kept_until_the_minutes_are_signed(cast: Cast) -> None:
    _, (item, _) = make_room(cast, state=MeetingState.MINUTES_DRAFT)
    assert write(cast[CHAIR], item, "Rest.").number == 1


NOT_DECIDED = [state for state in ItemState if state not in {ItemState.WITHDRAWN, ItemState.DECIDED}]


@pytest.mark.parametrize("state", NOT_DECIDED)
def test_words_are_kept_however_the_case_stands(cast: Cast, state) -> None:
    _, (item, _) = make_room(cast)
    bring_to(cast, item, state)
    assert write(cast[CHAIR], item, "They rang.", name=BlockName.DISCUSSION).number == 1


def test_what_was_read_back_is_not_written_over(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    bring_to(cast, item, ItemState.DECIDED)
    with pytest.raises(Clash) as clash:
        write(cast[CHAIR], item, "Something else.", seen=1, key="late")
    assert item.case.ref in clash.value.sentence
    assert blocks_of(item.id)[BlockName.DECISION].words == "A medicines review at home."


def test_only_those_who_run_the_room_write(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    expect(cast, meeting, Role.CLINICIAN)
    with pytest.raises(NotAllowed):
        write(cast[Role.CLINICIAN], item, "Rest.")
    with pytest.raises(NotFound):
        write(cast[Role.SOCIAL_CARE_MEMBER], item, "Rest.")


def test_the_trail_holds_no_words_of_the_minutes(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    write(cast[CHAIR], item, "Allotment")
    kept = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "write_minutes")).all()
    assert [entry.about_id for entry in kept] == [item.case_id]
    assert "Allotment" not in str([entry.details for entry in kept])


def test_words_that_are_too_long_are_refused(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    with pytest.raises(Invalid):
        write(cast[CHAIR], item, "x" * 10_001)
    with pytest.raises(Invalid):
        save_block(cast[CHAIR], item.id, BlockName.DECISION, "x", seen=0, key="")


def test_a_line_is_ticked_and_unticked(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    tick_line(cast[CHAIR], item.id, CheckLine.CARER, True)
    tick_line(cast[CHAIR], item.id, CheckLine.CARER, True)
    assert item.checklist == ["carer"]
    tick_line(cast[CHAIR], item.id, CheckLine.CARER, False)
    assert item.checklist == []


def test_a_line_that_follows_from_the_screen_is_not_ticked(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    with pytest.raises(Invalid):
        tick_line(cast[CHAIR], item.id, CheckLine.REVIEW, True)


def test_a_review_is_agreed_and_taken_back(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    day = today() + timedelta(days=90)
    set_review(cast[CHAIR], item.id, day)
    assert item.case.review_due == day
    set_review(cast[CHAIR], item.id, None)
    assert item.case.review_due is None
    with pytest.raises(Invalid):
        set_review(cast[CHAIR], item.id, today())


OUTCOMES = (ItemState.DECIDED, ItemState.NOTED, ItemState.CARRIED, ItemState.NOT_REACHED)


@pytest.mark.parametrize("state", OUTCOMES)
def test_what_has_an_outcome_is_opened_again_before_anything_is_changed(cast: Cast, state) -> None:
    _, (item, _) = make_room(cast)
    bring_to(cast, item, state)
    for change in (
        lambda: tick_line(cast[CHAIR], item.id, CheckLine.CARER, True),
        lambda: note_view(cast[CHAIR], item.id, ViewHeard.MET_THEM),
        lambda: set_review(cast[CHAIR], item.id, today() + timedelta(days=9)),
    ):
        with pytest.raises(NotNow):
            change()


def test_every_change_has_a_number_that_grows(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    numbers = [
        tick_line(cast[CHAIR], item.id, CheckLine.CARER, True),
        note_view(cast[CHAIR], item.id, ViewHeard.MET_THEM),
        set_review(cast[CHAIR], item.id, None),
    ]
    assert numbers == sorted(set(numbers))
    assert meeting.change_number == numbers[-1]

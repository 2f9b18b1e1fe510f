from collections.abc import Callable
from datetime import timedelta

import pytest

from mdt.cases.queries import history_of
from mdt.cases.rules import CaseState, Stream
from mdt.decisions.queries import decision_of_item, decisions_of
from mdt.lists.queries import item_of_case
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState, ViewHeard
from mdt.meetings.rules import AttendanceState, MeetingState
from mdt.minutes.commands import NotNow, note_view
from mdt.minutes.rules import BlockName
from mdt.readback.commands import (
    NotReady,
    carry_item,
    confirm_item,
    mark_not_reached,
    note_item,
    take_action,
)
from mdt.run.commands import open_item
from network.access.rules import Actor, Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.room import bring_to, make_room, read_back, write
from tests.mdt.scene import expect, make_meeting, make_series

S = ItemState
CHAIR, COORDINATOR = Role.CHAIR, Role.CARE_COORDINATOR

# What the room can do with a case, and where that leads from each state; elsewhere it is refused.
ENDINGS: dict[str, Callable[[Actor, AgendaItem], None]] = {
    "read back": lambda actor, item: confirm_item(actor, item.id),
    "carry": lambda actor, item: carry_item(actor, item.id, "Her daughter could not come."),
    "note": lambda actor, item: note_item(actor, item.id, "An agreed pathway applies."),
    "not reached": lambda actor, item: mark_not_reached(actor, item.id),
    "open": lambda actor, item: open_item(actor, item.id),
}
LEADS_TO = {
    ("read back", S.PLANNED): S.DECIDED,
    ("read back", S.OPEN): S.DECIDED,
    ("read back", S.DECIDED): S.DECIDED,
    ("carry", S.PLANNED): S.CARRIED,
    ("carry", S.OPEN): S.CARRIED,
    ("carry", S.CARRIED): S.CARRIED,
    ("note", S.PLANNED): S.NOTED,
    ("note", S.OPEN): S.NOTED,
    ("note", S.NOTED): S.NOTED,
    ("not reached", S.PLANNED): S.NOT_REACHED,
    ("not reached", S.OPEN): S.NOT_REACHED,
    ("not reached", S.NOT_REACHED): S.NOT_REACHED,
    **{("open", state): S.OPEN for state in S if state is not S.WITHDRAWN},
}


@pytest.mark.parametrize("state", S, ids=str)
@pytest.mark.parametrize("ending", ENDINGS)
def test_each_ending_leads_from_each_state_where_it_should(cast: Cast, ending: str, state: S) -> None:
    _, (item, _) = make_room(cast)
    bring_to(cast, item, state)
    if state is S.WITHDRAWN:
        item.state = state
    if ending == "read back" and state in {S.PLANNED, S.OPEN}:
        write(cast[CHAIR], item, "Rest.")
        note_view(cast[CHAIR], item.id, ViewHeard.STATEMENT)
    db.session.commit()
    expected = LEADS_TO.get((ending, state))
    if expected is None:
        with pytest.raises(Refusal):
            ENDINGS[ending](cast[CHAIR], item)
    else:
        ENDINGS[ending](cast[CHAIR], item)
    assert item.state is (expected or state)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "state",
    [state for state in MeetingState if state not in {MeetingState.RUNNING, MeetingState.MINUTES_DRAFT}],
    ids=str,
)
def test_nothing_ends_before_the_meeting_begins_or_after_it_was_signed(cast: Cast, ending, state) -> None:
    _, (item, _) = make_room(cast, state=state)
    with pytest.raises(NotNow):
        ENDINGS[ending](cast[CHAIR], item)
    assert item.state is S.PLANNED


@pytest.mark.parametrize("ending", ENDINGS)
def test_only_those_who_run_the_room_end_a_case(cast: Cast, ending) -> None:
    meeting, (item, _) = make_room(cast)
    expect(cast, meeting, Role.CLINICIAN)
    with pytest.raises(NotAllowed):
        ENDINGS[ending](cast[Role.CLINICIAN], item)


def test_what_was_read_back_is_kept_with_those_at_the_table(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    expect(cast, meeting, CHAIR).state = AttendanceState.PRESENT
    expect(cast, meeting, Role.CLINICIAN, Discipline.PHARMACY)
    expect(cast, meeting, Role.SOCIAL_CARE_MEMBER, Discipline.SOCIAL_CARE).state = AttendanceState.DEPUTY
    write(cast[CHAIR], item, "Falls.", name=BlockName.RATIONALE, key="why")
    write(cast[CHAIR], item, "The pharmacist.", name=BlockName.DISSENT, key="who")
    read_back(cast[CHAIR], item, "  A medicines review. ")
    decision = decision_of_item(item.id)
    assert (decision.words, decision.rationale, decision.dissent) == (
        "A medicines review.",
        "Falls.",
        "The pharmacist.",
    )
    assert decision.agreed_by == ["general_practice", "social_care"]
    assert decision.read_back_by == cast[CHAIR].name


def test_a_case_that_was_read_back_is_discussed_and_says_so(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    read_back(cast[CHAIR], item)
    assert item.case.state is CaseState.DISCUSSED
    assert "the decision was read back" in history_of(item.case_id)[0].said


def test_a_decision_without_words_or_view_is_not_read_back(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    with pytest.raises(NotReady) as refused:
        confirm_item(cast[CHAIR], item.id)
    assert [each.box for each in refused.value.missing] == ["decision", "view_heard"]
    assert decision_of_item(item.id) is None
    assert item.case.state is CaseState.LISTED


def test_what_is_confirmed_twice_is_decided_once(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    read_back(cast[CHAIR], item)
    confirm_item(cast[CHAIR], item.id)
    assert len(decisions_of(item.case_id)) == 1
    assert decision_of_item(item.id).replaces_id is None


def test_put_right_and_read_back_again_it_is_a_new_decision_in_place_of_the_first(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    read_back(cast[CHAIR], item)
    first = decision_of_item(item.id)
    open_item(cast[CHAIR], item.id)
    write(cast[CHAIR], item, "Rest.", seen=1, key="two")
    confirm_item(cast[CHAIR], item.id)
    second = decision_of_item(item.id)
    assert (second.words, second.replaces_id) == ("Rest.", first.id)
    assert [each.id for each in decisions_of(item.case_id)] == [second.id]
    assert first.words == "A medicines review at home."


def test_opened_again_and_left_as_it_was_it_stays_decided(cast: Cast) -> None:
    _, (item, other) = make_room(cast)
    read_back(cast[CHAIR], item)
    open_item(cast[CHAIR], item.id)
    open_item(cast[CHAIR], other.id)
    assert item.state is S.DECIDED


def test_opened_again_and_changed_it_waits_to_be_read_back(cast: Cast) -> None:
    _, (item, other) = make_room(cast)
    read_back(cast[CHAIR], item)
    open_item(cast[CHAIR], item.id)
    write(cast[CHAIR], item, "Rest.", seen=1, key="two")
    open_item(cast[CHAIR], other.id)
    assert item.state is S.PLANNED


def test_opened_again_and_left_as_it_was_it_stays_noted(cast: Cast) -> None:
    _, (item, other) = make_room(cast)
    bring_to(cast, item, S.NOTED)
    open_item(cast[CHAIR], item.id)
    open_item(cast[CHAIR], other.id)
    assert item.state is S.NOTED
    assert item.reason == "An agreed pathway applies."
    assert item.case.state is CaseState.DISCUSSED


@pytest.mark.parametrize("ending", ["read back", "note"])
def test_a_review_that_was_due_is_held_and_does_not_come_back_by_itself(cast: Cast, ending: str) -> None:
    _, (item, other) = make_room(cast)
    item.case.review_due, other.case.review_due = today(), today() + timedelta(days=90)
    for each in (item, other):
        if ending == "read back":
            read_back(cast[CHAIR], each)
        else:
            ENDINGS[ending](cast[CHAIR], each)
    assert item.case.review_due is None
    assert other.case.review_due == today() + timedelta(days=90)


def test_a_case_that_is_put_off_goes_to_the_next_date_and_back_when_that_was_a_slip(cast: Cast) -> None:
    series = make_series(cast)
    meeting, (item, _) = make_room(cast, series_id=series.id)
    upcoming = make_meeting(cast, series_id=series.id, starts_at=meeting.starts_at.replace(year=2040))
    carry_item(cast[CHAIR], item.id, "Her daughter could not come.")
    assert item_of_case(item.case_id).meeting_id == upcoming.id
    assert item_of_case(item.case_id).carried_before == 1
    open_item(cast[CHAIR], item.id)
    assert item_of_case(item.case_id).id == item.id
    assert item.case.state is CaseState.LISTED


def test_putting_off_asks_for_a_reason(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    with pytest.raises(Invalid):
        carry_item(cast[CHAIR], item.id, " ")
    assert item.state is S.PLANNED


def test_a_third_time_in_a_row_only_the_chair_puts_a_case_off(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    item.carried_before = 2
    with pytest.raises(Refusal):
        carry_item(cast[COORDINATOR], item.id, "No time.")
    carry_item(cast[CHAIR], item.id, "Waits for the scan.")
    assert item.state is S.CARRIED


def test_a_case_that_was_decided_is_put_right_and_not_put_off(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    read_back(cast[CHAIR], item)
    open_item(cast[CHAIR], item.id)
    for ending in ("carry", "note", "not reached"):
        with pytest.raises(NotNow):
            ENDINGS[ending](cast[CHAIR], item)
    assert decision_of_item(item.id)


def test_what_is_for_note_needs_no_reason(cast: Cast) -> None:
    _, (item, other) = make_room(cast)
    item.case.stream = Stream.FOR_NOTE
    note_item(cast[CHAIR], item.id)
    assert item.case.state is CaseState.DISCUSSED
    with pytest.raises(Invalid):
        note_item(cast[CHAIR], other.id)


def test_a_case_with_minutes_was_reached(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    write(cast[CHAIR], item, "They rang.", name=BlockName.DISCUSSION)
    with pytest.raises(NotNow):
        mark_not_reached(cast[CHAIR], item.id)


def test_the_checklist_is_kept_as_it_was_when_it_was_read_back(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    take_action(cast[CHAIR], item.id, "@Elm +7 ring her", "one")
    read_back(cast[CHAIR], item)
    assert item.checklist == ["view_heard", "owned"]

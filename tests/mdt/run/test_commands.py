from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mdt.cases.rules import CaseState
from mdt.lists.rules import ItemState
from mdt.meetings.rules import AttendanceState, MeetingKind, MeetingState
from mdt.minutes.commands import NotNow
from mdt.minutes.rules import BlockName
from mdt.run.commands import (
    begin_meeting,
    borrow_minutes,
    enter_room,
    finish_meeting,
    note_visit,
    open_item,
)
from mdt.run.queries import names_here
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, now
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from tests.cast import Cast
from tests.mdt.room import bring_to, make_room, read_back, write
from tests.mdt.scene import expect

S, M = ItemState, MeetingState
CHAIR, COORDINATOR = Role.CHAIR, Role.CARE_COORDINATOR


def test_a_published_meeting_begins_and_whoever_begins_it_is_there(cast: Cast) -> None:
    meeting, _ = make_room(cast, state=M.PUBLISHED)
    own, other = expect(cast, meeting, CHAIR), expect(cast, meeting, Role.CLINICIAN)
    begin_meeting(cast[CHAIR], meeting.id)
    assert (meeting.state, own.state, other.state) == (
        M.RUNNING,
        AttendanceState.PRESENT,
        AttendanceState.EXPECTED,
    )
    assert meeting.began_at is not None


def test_a_list_is_published_before_its_meeting_begins(cast: Cast) -> None:
    meeting, _ = make_room(cast, state=M.PLANNED)
    with pytest.raises(NotNow):
        begin_meeting(cast[CHAIR], meeting.id)


def test_a_huddle_begins_at_once(cast: Cast) -> None:
    meeting, _ = make_room(cast, 1, state=M.PLANNED, kind=MeetingKind.HUDDLE)
    begin_meeting(cast[CHAIR], meeting.id)
    assert meeting.state is M.RUNNING


def test_a_meeting_that_is_begun_twice_began_once(cast: Cast) -> None:
    meeting, _ = make_room(cast, state=M.PUBLISHED)
    begin_meeting(cast[CHAIR], meeting.id)
    began = meeting.began_at
    begin_meeting(cast[CHAIR], meeting.id)
    assert meeting.began_at == began


@pytest.mark.parametrize("state", [M.SIGNED, M.CANCELLED])
@pytest.mark.parametrize("move", [begin_meeting, finish_meeting])
def test_what_is_over_neither_begins_nor_ends(cast: Cast, move, state) -> None:
    meeting, _ = make_room(cast, state=state)
    with pytest.raises(Refusal):
        move(cast[CHAIR], meeting.id)
    assert meeting.state is state


@pytest.mark.parametrize("state", [M.PLANNED, M.PUBLISHED])
def test_what_has_not_begun_does_not_end(cast: Cast, state) -> None:
    meeting, (item, _) = make_room(cast, state=state)
    with pytest.raises(Refusal):
        finish_meeting(cast[CHAIR], meeting.id)
    assert (meeting.state, item.state) == (state, S.PLANNED)


@pytest.mark.parametrize("move", [begin_meeting, finish_meeting])
def test_only_those_who_run_the_room_begin_and_end(cast: Cast, move) -> None:
    meeting, _ = make_room(cast)
    expect(cast, meeting, Role.CLINICIAN)
    with pytest.raises(NotAllowed):
        move(cast[Role.CLINICIAN], meeting.id)
    with pytest.raises(NotFound):
        move(cast[Role.SOCIAL_CARE_MEMBER], meeting.id)


def test_time_counts_for_the_case_that_is_open_alone(cast: Cast) -> None:
    _, (first, second) = make_room(cast)
    with time_machine.travel(now(), tick=False) as clock:
        open_item(cast[CHAIR], first.id)
        clock.shift(250)
        open_item(cast[CHAIR], second.id)
        clock.shift(60)
        open_item(cast[CHAIR], first.id)
        clock.shift(10)
        read_back(cast[CHAIR], first)
        clock.shift(500)
    assert (first.seconds_taken, first.opened_at) == (260, None)
    assert (second.seconds_taken, second.state) == (60, S.PLANNED)


def test_a_case_that_is_opened_twice_runs_on(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    open_item(cast[CHAIR], item.id)
    opened = item.opened_at
    open_item(cast[CHAIR], item.id)
    assert (item.opened_at, item.seconds_taken) == (opened, 0)


def test_one_case_is_open_at_a_time(cast: Cast) -> None:
    _, items = make_room(cast, 3)
    for item in items:
        open_item(cast[CHAIR], item.id)
    assert [item.state for item in items] == [S.PLANNED, S.PLANNED, S.OPEN]


def test_minutes_are_borrowed_once_however_often_that_is_sent(cast: Cast) -> None:
    _, (item, _) = make_room(cast)
    borrow_minutes(cast[CHAIR], item.id, 1, had=0)
    borrow_minutes(cast[CHAIR], item.id, 1, had=0)
    assert item.borrowed_minutes == 1
    borrow_minutes(cast[CHAIR], item.id, -5)
    assert item.borrowed_minutes == 0


def test_what_was_not_reached_is_ready_for_another_list(cast: Cast) -> None:
    meeting, (first, second) = make_room(cast)
    read_back(cast[CHAIR], first)
    finish_meeting(cast[CHAIR], meeting.id)
    assert (meeting.state, first.state, second.state) == (M.MINUTES_DRAFT, S.DECIDED, S.NOT_REACHED)
    assert second.case.state is CaseState.TRIAGED
    assert meeting.ended_at is not None


def test_a_meeting_does_not_end_over_minutes_that_nobody_read_back(cast: Cast) -> None:
    meeting, (first, second) = make_room(cast)
    write(cast[CHAIR], first, "They rang.", name=BlockName.DISCUSSION)
    with pytest.raises(NotNow) as refused:
        finish_meeting(cast[CHAIR], meeting.id)
    assert first.case.ref in refused.value.sentence
    assert second.case.ref not in refused.value.sentence
    assert (meeting.state, second.state) == (M.RUNNING, S.PLANNED)


def test_a_meeting_that_is_ended_twice_ended_once(cast: Cast) -> None:
    meeting, _ = make_room(cast)
    finish_meeting(cast[CHAIR], meeting.id)
    ended = meeting.ended_at
    finish_meeting(cast[CHAIR], meeting.id)
    assert meeting.ended_at == ended


def test_opening_a_case_goes_on_with_minutes_that_nobody_signed_but_takes_no_time(cast: Cast) -> None:
    meeting, (first, _) = make_room(cast)
    read_back(cast[CHAIR], first)
    finish_meeting(cast[CHAIR], meeting.id)
    ended, taken = meeting.ended_at, first.seconds_taken
    with time_machine.travel(now() + timedelta(hours=5)):
        open_item(cast[CHAIR], first.id)
        assert (meeting.state, first.state) == (M.RUNNING, S.OPEN)
        finish_meeting(cast[CHAIR], meeting.id)
    assert (meeting.state, first.state) == (M.MINUTES_DRAFT, S.DECIDED)
    assert (meeting.ended_at, first.seconds_taken) == (ended, taken)


def test_every_case_that_somebody_sees_is_in_the_trail(cast: Cast) -> None:
    meeting, items = make_room(cast)
    enter_room(cast[CHAIR], meeting.id)
    opened = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "open_case")).all()
    assert {entry.about_id for entry in opened} == {item.case_id for item in items}


def test_who_has_the_screen_open_is_here_until_half_a_minute_after(cast: Cast) -> None:
    meeting, _ = make_room(cast)
    with time_machine.travel(now(), tick=False) as clock:
        note_visit(cast[CHAIR], meeting)
        note_visit(cast[COORDINATOR], meeting)
        assert names_here(meeting.id, now()) == sorted([cast[CHAIR].name, cast[COORDINATOR].name])
        clock.shift(25)
        note_visit(cast[COORDINATOR], meeting)
        clock.shift(6)
        assert names_here(meeting.id, now()) == [cast[COORDINATOR].name]


def test_the_others_hear_of_who_comes_and_who_goes_and_of_nothing_else(cast: Cast) -> None:
    meeting, _ = make_room(cast)
    with time_machine.travel(now(), tick=False) as clock:
        numbers = []
        for role, pause in [(CHAIR, 0), (CHAIR, 2), (COORDINATOR, 10), (COORDINATOR, 12), (COORDINATOR, 12)]:
            clock.shift(pause)
            note_visit(cast[role], meeting)
            numbers.append(meeting.change_number)
    # The chair came, stayed, the coordinator came and stayed, and found that the chair had gone.
    assert [later - numbers[0] for later in numbers] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("state", [S.DECIDED, S.NOTED, S.CARRIED])
def test_nobody_lends_minutes_to_what_has_an_outcome(cast: Cast, state) -> None:
    _, (item, _) = make_room(cast)
    bring_to(cast, item, state)
    with pytest.raises(NotNow):
        borrow_minutes(cast[CHAIR], item.id, 1)

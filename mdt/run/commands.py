"""What is done in the room: come in, begin and end the meeting, open a case, lend it minutes."""

import uuid

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from mdt.lists.commands import set_item_state
from mdt.lists.queries import items_for, items_on
from mdt.lists.rules import ItemState
from mdt.meetings.commands import lock_meeting, move_meeting, note_change
from mdt.meetings.queries import find_attendance, get_meeting_for, may_minute
from mdt.meetings.records import Meeting
from mdt.meetings.rules import AttendanceState, MeetingState
from mdt.minutes.commands import NotNow, item_to_change, item_to_minute
from mdt.readback.commands import has_minutes, leave_item
from mdt.run.queries import find_visit, meetings_showing
from mdt.run.records import RoomVisit
from mdt.run.rules import BEAT, HERE, borrowed_after, cannot_begin
from mdt.run.wording import unread_said
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, now

S = ItemState


@command
def enter_room(actor: Actor, meeting_id: uuid.UUID) -> None:
    """Keep that somebody opened the screen of a meeting, and with it every case on it that they may see."""
    meeting = get_meeting_for(actor, meeting_id)
    record(actor, "enter_room", "meeting", meeting.id)
    for seen in items_for(actor, meeting.id):
        record(actor, "open_case", "case", seen.case.id, reason=seen.access.relation.reason.value)


def note_visit(actor: Actor, meeting: Meeting) -> None:
    """Note that somebody has the screen open, and who has left; the others hear of it.

    No `@command`: a sign of life every few seconds changes nothing that anybody would look for in the trail.
    """
    at, known = now(), find_visit(actor, meeting.id)
    if actor.account_id is None or (known is not None and at - known.seen_at < BEAT):
        return
    left = db.session.execute(
        delete(RoomVisit)
        .where(RoomVisit.meeting_id == meeting.id, RoomVisit.seen_at < at - HERE)
        .returning(RoomVisit.id)
    ).all()
    whose = {"meeting_id": meeting.id, "account_id": actor.account_id, "network_id": current_network()}
    seen = {"name": actor.name, "seen_at": at}
    db.session.execute(
        insert(RoomVisit)
        .values(id=uuid.uuid4(), **whose, **seen)
        .on_conflict_do_update(index_elements=["meeting_id", "account_id"], set_=seen)
    )
    if left or known is None:
        note_change(meeting)
    db.session.commit()


@command
def begin_meeting(actor: Actor, meeting_id: uuid.UUID) -> None:
    """Begin a meeting, or go on with it until its minutes are signed; whoever begins it is there."""
    meeting = _meeting_to_run(actor, meeting_id)
    record(actor, "begin_meeting", "meeting", meeting.id)
    if meeting.state is MeetingState.RUNNING:
        return
    if refused := cannot_begin(meeting.state, meeting.kind):
        raise NotNow(refused)
    move_meeting(actor, meeting, MeetingState.RUNNING)
    meeting.began_at = meeting.began_at or now()
    own = find_attendance(meeting.id, actor.account_id)
    if own is not None and own.state is AttendanceState.EXPECTED:
        own.state = AttendanceState.PRESENT


@command
def finish_meeting(actor: Actor, meeting_id: uuid.UUID) -> None:
    """End a meeting: what was not reached goes on to the next one, what was not read back is named."""
    meeting = _meeting_to_run(actor, meeting_id)
    record(actor, "finish_meeting", "meeting", meeting.id)
    if meeting.state is MeetingState.MINUTES_DRAFT:
        return
    _leave_open(actor, meeting)
    waiting = [item for item in items_on(meeting.id) if item.state is S.PLANNED]
    if unread := [item.case.ref for item in waiting if has_minutes(item)]:
        raise NotNow(unread_said(unread))
    move_meeting(actor, meeting, MeetingState.MINUTES_DRAFT)
    meeting.ended_at = meeting.ended_at or now()
    for item in waiting:
        set_item_state(actor, item, S.NOT_REACHED)


@command
def open_item(actor: Actor, item_id: uuid.UUID) -> None:
    """Let the room talk about a case: the one before is left, and time counts for this one."""
    item = item_to_minute(actor, item_id)
    record(actor, "open_item", "case", item.case_id, item=str(item.id))
    if item.meeting.state is MeetingState.MINUTES_DRAFT:
        begin_meeting(actor, item.meeting_id)
    if item.state is S.OPEN:
        return
    _leave_open(actor, item.meeting)
    set_item_state(actor, item, S.OPEN)
    # What is put right after the end is no time of the meeting's.
    item.opened_at = now() if item.meeting.ended_at is None else None


@command
def borrow_minutes(actor: Actor, item_id: uuid.UUID, minutes: float, had: float | None = None) -> int:
    """Lend a case minutes, or take them back; `had` says how many it had, so that nobody lends twice."""
    item = item_to_change(actor, item_id)
    record(actor, "borrow_minutes", "case", item.case_id, item=str(item.id), minutes=minutes)
    if had is None or had == item.borrowed_minutes:
        item.borrowed_minutes = borrowed_after(item.borrowed_minutes, minutes)
    return note_change(item.meeting)


def tell_screens(patient_id: uuid.UUID) -> None:
    """Let every screen that may show a person ask anew who may know of them; part of a command."""
    for meeting in meetings_showing(patient_id):
        note_change(meeting)


def _meeting_to_run(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    meeting = get_meeting_for(actor, meeting_id)
    require(may_minute(actor, meeting))
    return lock_meeting(meeting)


def _leave_open(actor: Actor, meeting: Meeting) -> None:
    for item in items_on(meeting.id):
        if item.state is S.OPEN:
            leave_item(actor, item)

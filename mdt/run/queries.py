"""What the screens in the room show: one state, as far as the viewer may know of the cases in it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from mdt.actions.queries import actions_of_items, is_for, owners_for
from mdt.actions.records import Action
from mdt.actions.rules import said_due
from mdt.bookings.queries import bookings_of_items
from mdt.bookings.records import Booking
from mdt.cases.records import Case
from mdt.decisions.queries import decisions_of_items
from mdt.decisions.records import Decision
from mdt.lists.queries import ItemSeen, items_for
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.meetings.queries import get_meeting_for, may_minute, may_sign, members_expected, next_meeting_of
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import OVER, AttendanceState, MeetingKind, quorum_of
from mdt.minutes.queries import blocks_of_items
from mdt.minutes.records import MinuteBlock
from mdt.minutes.rules import BlockName, review_ahead, ticked
from mdt.readback.rules import seconds_taken
from mdt.run.records import RoomVisit
from mdt.run.rules import HERE, Part, leave_after, seconds_run
from mdt.run.wording import passed_on_said
from network.access.rules import Actor
from network.plumbing.database import ENGLAND, db, now, today

State = dict[str, Any]


@dataclass(frozen=True)
class Room:
    """A meeting as one viewer may see it, read in as few questions as there are tables."""

    meeting: Meeting
    seen: list[ItemSeen]
    attendances: list[Attendance]
    blocks: dict[uuid.UUID, dict[BlockName, MinuteBlock]]
    actions: dict[uuid.UUID, list[Action]]
    bookings: dict[uuid.UUID, list[Booking]]
    decisions: dict[uuid.UUID, Decision]
    at: datetime


def room_for(viewer: Actor, meeting: Meeting) -> Room:
    """Read all that the screen of a meeting shows to somebody."""
    seen = items_for(viewer, meeting.id)
    ids = [each.item.id for each in seen]
    return Room(
        meeting=meeting,
        seen=seen,
        attendances=list(members_expected(meeting.id)),
        blocks=blocks_of_items(ids),
        actions=actions_of_items(ids),
        bookings=bookings_of_items(ids),
        decisions=decisions_of_items(ids),
        at=now(),
    )


def state_for(viewer: Actor, meeting_id: uuid.UUID) -> State:
    """Return what the screen of a meeting shows to somebody, ready to be sent."""
    meeting = get_meeting_for(viewer, meeting_id)
    # Before the rest is read: what changes meanwhile is told by the next answer, not lost.
    number = meeting.change_number
    room = room_for(viewer, meeting)
    last = max((each.item.position for each in room.seen), default=0)
    return {
        "number": number,
        "server_now": room.at.isoformat(),
        "meeting": _meeting_said(viewer, room),
        "attendances": [_attendance_said(each) for each in room.attendances],
        "here": names_here(meeting_id, room.at),
        "items": [_item_said(room, each) for each in room.seen],
        "minutes": {str(each.item.id): _minutes_said(viewer, room, each) for each in room.seen},
        "leave_after": [
            {"name": each.name, "position": each.to_position} for each in leave_after(_parts(room), last)
        ],
    }


def _parts(room: Room) -> list[Part]:
    return [
        Part(f"{each.name}, {each.organisation.short_name}", each.to_position)
        for each in room.attendances
        if each.state is not AttendanceState.APOLOGIES
    ]


def names_here(meeting_id: uuid.UUID, at: datetime) -> list[str]:
    """Return the names of those who have the screen of a meeting open."""
    return list(
        db.session.scalars(
            select(RoomVisit.name)
            .where(RoomVisit.meeting_id == meeting_id, RoomVisit.seen_at > at - HERE)
            .order_by(RoomVisit.name)
        )
    )


def owners_found(viewer: Actor, meeting_id: uuid.UUID, typed: str, item_id: uuid.UUID | None) -> list[State]:
    """Name those who can be asked in a case, the one that is open where no other is said."""
    seen = items_for(viewer, meeting_id)
    is_open = [each for each in seen if each.item.state is ItemState.OPEN]
    asked = [each for each in seen if each.item.id == item_id] or is_open or seen
    if not asked:
        return []
    words = typed.casefold()
    return [
        {
            "handle": each.handle,
            "name": each.name,
            "organisation": each.organisation,
            "discipline": each.discipline.label if each.discipline else "",
        }
        for each in owners_for(viewer, meeting_id, asked[0].case.id)
        if words in f"{each.handle} {each.organisation}".casefold()
    ]


def where_cases_go(viewer: Actor, meeting_id: uuid.UUID) -> str:
    """Say where a case goes that a meeting does not decide; a huddle sends none on."""
    meeting = get_meeting_for(viewer, meeting_id)
    if meeting.kind is MeetingKind.HUDDLE:
        return ""
    following = next_meeting_of(meeting)
    return passed_on_said(following.starts_at.astimezone(ENGLAND) if following else None)


def find_visit(viewer: Actor, meeting_id: uuid.UUID) -> RoomVisit | None:
    """Find when somebody last had the screen of a meeting open."""
    return db.session.scalars(
        select(RoomVisit).where(RoomVisit.meeting_id == meeting_id, RoomVisit.account_id == viewer.account_id)
    ).one_or_none()


def meetings_showing(patient_id: uuid.UUID) -> Sequence[Meeting]:
    """Return the meetings that are not over and have a case of somebody on their lists."""
    return db.session.scalars(
        select(Meeting)
        .where(
            Meeting.state.not_in(OVER),
            select(AgendaItem.id)
            .join(AgendaItem.case)
            .where(AgendaItem.meeting_id == Meeting.id, Case.patient_id == patient_id)
            .exists(),
        )
        .order_by(Meeting.id)
    ).all()


def _meeting_said(viewer: Actor, room: Room) -> State:
    meeting = room.meeting
    quorum = quorum_of(meeting.quorum, room.attendances)
    elapsed = seconds_run(meeting.began_at, meeting.ended_at, room.at)
    return {
        "state": meeting.state.value,
        "name": meeting.name,
        "starts_at": meeting.starts_at.isoformat(),
        "began_at": _moment(meeting.began_at),
        "minutes": meeting.minutes,
        # What is put right after the end is no time of the meeting's: no clock runs for it.
        "is_timed": meeting.ended_at is None,
        "elapsed_s": elapsed,
        "left_s": meeting.minutes * 60 - elapsed,
        "quorum": {
            "is_met": quorum.is_met,
            "have": [each.label for each in quorum.have],
            "waiting": [each.label for each in quorum.waiting],
        },
        "may_minute": may_minute(viewer, meeting),
        "may_sign": may_sign(viewer, meeting),
    }


def _attendance_said(attendance: Attendance) -> State:
    return {
        "id": str(attendance.id),
        "name": attendance.name,
        "organisation": attendance.organisation.short_name,
        "discipline": attendance.discipline.label,
        "state": attendance.state.value,
        "deputy": attendance.deputy,
        "from": attendance.from_position,
        "to": attendance.to_position,
    }


def _item_said(room: Room, seen: ItemSeen) -> State:
    item, patient = seen.item, seen.access.patient
    return {
        "id": str(item.id),
        "position": item.position,
        "ref": seen.case.ref,
        "name": f"{patient.family_name.upper()}, {patient.given_name}",
        "state": item.state.value,
        "planned_s": round(item.planned_minutes * 60),
        "borrowed_s": round(item.borrowed_minutes * 60),
        "taken_s": seconds_taken(item.seconds_taken, item.opened_at, room.at),
        "opened_at": _moment(item.opened_at),
        "carried_before": item.carried_before,
        "is_for_note": seen.is_for_note,
        "review": seen.is_review,
    }


def _minutes_said(viewer: Actor, room: Room, seen: ItemSeen) -> State:
    item, actions = seen.item, room.actions.get(seen.item.id, [])
    is_clinical = seen.access.standing.is_clinical
    # Who is not clinical hears what is decided; what they read of it is their own part.
    blocks = room.blocks.get(item.id, {}) if is_clinical else {}
    shown = [each for each in actions if is_clinical or is_for(viewer, each)]
    decision = room.decisions.get(item.id)
    review_due = review_ahead(seen.case.review_due, today())
    return {
        "blocks": {name.value: block_said(each) for name, each in blocks.items()},
        "actions": [action_said(each) for each in shown],
        "bookings": [booking_said(each) for each in room.bookings.get(item.id, []) if is_clinical],
        "checklist": ticked(
            item.checklist,
            item.view_heard is not None,
            len(actions),
            review_due is not None,
            item.goal_id is not None,
        ),
        "goal_id": str(item.goal_id) if item.goal_id and is_clinical else "",
        "view_heard": item.view_heard.value if item.view_heard else None,
        "review_due": review_due.isoformat() if review_due else None,
        "decision": _decision_said(decision) if decision else None,
    }


def block_said(block: MinuteBlock) -> State:
    """Say what one block of the minutes holds, and who wrote it when."""
    return {"words": block.words, "number": block.number, "by": block.by, "at": block.at.isoformat()}


def action_said(action: Action) -> State:
    """Say what somebody will do, and by when."""
    return {
        "id": str(action.id),
        "words": action.words,
        "owner": action.owner,
        "organisation": action.organisation.short_name if action.organisation else "",
        "due_on": action.due_on.isoformat(),
        "due_said": said_due(action.due_on),
        "state": action.state.value,
    }


def booking_said(booking: Booking) -> State:
    """Say into which clinic somebody is booked, and by when they are to be seen."""
    return {"id": str(booking.id), "clinic": booking.clinic, "due_said": said_due(booking.due_on)}


def _decision_said(decision: Decision) -> State:
    return {
        "confirmed_at": decision.confirmed_at.isoformat(),
        "read_back_by": decision.read_back_by,
        "is_signed": decision.signed_at is not None,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

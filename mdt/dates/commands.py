"""Changing one date: when and where it is, who leads it, and its quorum."""

import uuid

from mdt.dates.queries import is_taken, letters_to
from mdt.dates.rules import MeetingDetails, wrong_with_date
from mdt.dates.wording import moved_letter
from mdt.meetings.commands import (
    let_follow,
    lock_meeting,
    meeting_to_prepare,
    name_leaders,
    note_change,
    refuse_unless,
)
from mdt.meetings.queries import get_meeting_for, may_prepare
from mdt.meetings.records import Meeting
from mdt.meetings.rules import OVER, AttendanceState, Happening
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import now
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid


@command
def change_meeting(actor: Actor, meeting_id: uuid.UUID, details: MeetingDetails) -> None:
    """Change one date; at a new time all are asked again whether they come, and told so by email."""
    meeting = meeting_to_prepare(actor, meeting_id)
    if wrong := wrong_with_date(details, meeting.starts_at, now()):
        raise Invalid(wrong)
    if is_taken(meeting, details.starts_at):
        raise Invalid("Choose another time: this series has a meeting then already.")
    before = (meeting.starts_at, meeting.place, meeting.link)
    for name in ("starts_at", "minutes", "opening_minutes", "closing_minutes", "place", "link"):
        setattr(meeting, name, getattr(details, name))
    meeting.quorum = dict(details.quorum)
    name_leaders(actor, meeting, details.chair_id, details.minute_taker_id)
    record(actor, "change_meeting", "meeting", meeting.id, starts_at=details.starts_at.isoformat())
    if before != (details.starts_at, details.place, details.link):
        _ask_again(actor, meeting)
    let_follow(Happening.TIME, actor, meeting, None)
    note_change(meeting)


@command
def hand_over(
    actor: Actor, meeting_id: uuid.UUID, chair_id: uuid.UUID | None, minute_taker_id: uuid.UUID | None
) -> None:
    """Let somebody else lead a meeting or take its minutes, until these are signed: chairs fall ill."""
    meeting = get_meeting_for(actor, meeting_id)
    require(may_prepare(actor, meeting))
    meeting = lock_meeting(meeting)
    refuse_unless(meeting.state not in OVER, meeting)
    name_leaders(actor, meeting, chair_id, minute_taker_id)
    record(actor, "hand_over", "meeting", meeting.id, chair=str(chair_id), minute_taker=str(minute_taker_id))
    let_follow(Happening.TIME, actor, meeting, None)
    note_change(meeting)


def _ask_again(actor: Actor, meeting: Meeting) -> None:
    """Forget what was answered for another time or place, and write to everybody expected."""
    for attendance in meeting.attendances:
        attendance.state, attendance.deputy, attendance.answered_at = AttendanceState.EXPECTED, "", None
    let_follow(Happening.MOVED, actor, meeting, None)
    page = address_of("meetings.show", meeting_id=meeting.id)
    letter = moved_letter(meeting.name, meeting.starts_at, meeting.place, page)
    for email in letters_to(meeting):
        post(email, *letter)

"""Changing one date: its time and place, who is expected, what they answer, and who came."""

import uuid
from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from mdt.meetings.queries import (
    Colleague,
    find_attendance,
    get_colleague_for,
    get_meeting_for,
    is_taken,
    letters_to,
    may_minute,
    may_prepare,
)
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import (
    AHEAD,
    MEETING_MOVES,
    OVER,
    Answer,
    AttendanceState,
    Happening,
    MeetingDetails,
    MeetingState,
    wrong_with_date,
)
from mdt.meetings.wording import moved_letter
from mdt.sharing.rules import SPEAKS_FOR
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.organisations.queries import get_network_for, get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import Discipline

Follower = Callable[[Actor, Meeting, Attendance | None], None]

LONGEST_NAME = 120
_followers: dict[Happening, list[Follower]] = {happening: [] for happening in Happening}


class WrongTime(Refusal):
    """The meeting is past the point, or not yet at it, where this could be done."""


def follows(happening: Happening) -> Callable[[Follower], Follower]:
    """Name a function that is part of every command in which this happens to a meeting."""

    def register(follower: Follower) -> Follower:
        _followers[happening].append(follower)
        return follower

    return register


def note_change(meeting: Meeting) -> int:
    """Count a change in the room, for the others' screens; part of a command."""
    # In the database itself: two who change something at once must each get a number of their own. The
    # second of them waits here until the first has finished.
    number = db.session.execute(
        update(Meeting)
        .where(Meeting.id == meeting.id)
        .values(change_number=Meeting.change_number + 1)
        .returning(Meeting.change_number)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    set_committed_value(meeting, "change_number", number)
    return number


def lock_meeting(meeting: Meeting) -> Meeting:
    """Lock a meeting, so that two who move it follow each other; part of a command."""
    locked = select(Meeting).where(Meeting.id == meeting.id).with_for_update()
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def move_meeting(actor: Actor, meeting: Meeting, to: MeetingState) -> None:
    """Move a meeting to another state where the table of moves has it; part of a command."""
    if to not in MEETING_MOVES[meeting.state]:
        raise WrongTime(f"Look again: “{meeting.state.label}” is where this meeting stands now.")
    meeting.state = to
    note_change(meeting)
    record(actor, "move_meeting", "meeting", meeting.id, to=to.value)


@command
def change_meeting(actor: Actor, meeting_id: uuid.UUID, details: MeetingDetails) -> None:
    """Change one date; at a new time all are asked again whether they come, and told so by email."""
    meeting = _meeting_to_prepare(actor, meeting_id)
    if wrong := wrong_with_date(details, now()):
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
    note_change(meeting)


def name_leaders(
    actor: Actor, meeting: Meeting, chair_id: uuid.UUID | None, minute_taker_id: uuid.UUID | None
) -> None:
    """Name who chairs a meeting and who takes its minutes; both are expected at it. Part of a command."""
    meeting.chair_id, meeting.chair = chair_id, _name_to_expect(actor, meeting, chair_id)
    meeting.minute_taker_id = minute_taker_id
    meeting.minute_taker = _name_to_expect(actor, meeting, minute_taker_id)


@command
def expect_person(
    actor: Actor, meeting_id: uuid.UUID, account_id: uuid.UUID, discipline: Discipline | None = None
) -> uuid.UUID:
    """Expect somebody at a meeting, for the discipline of their post where no other is said."""
    meeting = _meeting_to_prepare(actor, meeting_id)
    if find_attendance(meeting.id, account_id) is not None:
        raise Invalid("Choose somebody else: they are expected already.")
    row = expect(actor, meeting, get_colleague_for(actor, account_id), discipline)
    note_change(meeting)
    return row.id


@command
def stop_expecting(actor: Actor, attendance_id: uuid.UUID) -> None:
    """Take somebody off those who are expected."""
    attendance = _attendance(attendance_id)
    meeting = _meeting_to_prepare(actor, attendance.meeting_id)
    if attendance.account_id and attendance.account_id in (meeting.chair_id, meeting.minute_taker_id):
        raise Invalid(f"Name somebody else first: {attendance.name} chairs it or takes its minutes.")
    drop(actor, meeting, attendance)
    note_change(meeting)


@command
def answer_invitation(actor: Actor, attendance_id: uuid.UUID, answer: Answer, deputy: str = "") -> None:
    """Say whether somebody comes: oneself, or somebody who told those who prepare the meeting."""
    attendance = _attendance(attendance_id)
    meeting = get_meeting_for(actor, attendance.meeting_id)
    require(attendance.account_id == actor.account_id or may_minute(actor, meeting))
    _refuse_late(meeting)
    if answer is Answer.DEPUTY and not deputy.strip():
        raise Invalid("Enter the name of the deputy.")
    attendance.state = AttendanceState.APOLOGIES if answer is Answer.APOLOGIES else AttendanceState.EXPECTED
    attendance.deputy = deputy.strip()[:LONGEST_NAME] if answer is Answer.DEPUTY else ""
    attendance.answered_at = now()
    _note(actor, "answer_invitation", attendance, answer=answer.value)
    note_change(meeting)


@command
def note_attendance(
    actor: Actor,
    meeting_id: uuid.UUID,
    attendance_id: uuid.UUID,
    state: AttendanceState,
    deputy: str = "",
) -> int:
    """Note who is in the room, and return the number of the change."""
    meeting = _meeting_to_minute(actor, meeting_id)
    attendance = _attendance(attendance_id)
    if attendance.meeting_id != meeting.id:
        raise NotFound
    if state is AttendanceState.DEPUTY and not (deputy.strip() or attendance.deputy):
        raise Invalid("Enter the name of the deputy.")
    attendance.state = state
    if state is AttendanceState.DEPUTY:
        attendance.deputy = deputy.strip()[:LONGEST_NAME] or attendance.deputy
    elif state is AttendanceState.PRESENT:
        attendance.deputy = ""
    _note(actor, "note_attendance", attendance, state=state.value)
    return note_change(meeting)


@command
def add_attender(
    actor: Actor,
    meeting_id: uuid.UUID,
    *,
    account_id: uuid.UUID | None = None,
    name: str = "",
    organisation_id: uuid.UUID | None = None,
    discipline: Discipline | None = None,
) -> uuid.UUID:
    """Note somebody in the room whom nobody expected: by their account, or by name alone."""
    meeting = _meeting_to_minute(actor, meeting_id)
    row = (
        find_attendance(meeting.id, account_id)
        or _line_of(meeting, get_colleague_for(actor, account_id), discipline)
        if account_id is not None
        else _visitor(actor, meeting, name, organisation_id, discipline)
    )
    row.state = AttendanceState.PRESENT
    db.session.add(row)
    db.session.flush()
    _note(actor, "add_attender", row)
    note_change(meeting)
    return row.id


def expect(
    actor: Actor, meeting: Meeting, colleague: Colleague, discipline: Discipline | None = None
) -> Attendance:
    """Expect somebody, and let all who keep something of the meeting know; part of a command."""
    row = _line_of(meeting, colleague, discipline)
    db.session.add(row)
    db.session.flush()
    for follow in _followers[Happening.EXPECTED]:
        follow(actor, meeting, row)
    _note(actor, "expect_person", row)
    return row


def drop(actor: Actor, meeting: Meeting, attendance: Attendance) -> None:
    """Expect somebody no more; part of a command."""
    for follow in _followers[Happening.NOT_EXPECTED]:
        follow(actor, meeting, attendance)
    db.session.delete(attendance)
    _note(actor, "stop_expecting", attendance)


def _name_to_expect(actor: Actor, meeting: Meeting, account_id: uuid.UUID | None) -> str:
    if account_id is None:
        return ""
    known = find_attendance(meeting.id, account_id)
    return (known or expect(actor, meeting, get_colleague_for(actor, account_id))).name


def _line_of(meeting: Meeting, colleague: Colleague, discipline: Discipline | None) -> Attendance:
    return Attendance(
        meeting_id=meeting.id,
        account_id=colleague.account_id,
        name=colleague.name,
        organisation_id=colleague.organisation_id,
        discipline=discipline or colleague.discipline,
    )


def _visitor(
    actor: Actor,
    meeting: Meeting,
    name: str,
    organisation_id: uuid.UUID | None,
    discipline: Discipline | None,
) -> Attendance:
    if not name.strip():
        raise Invalid("Enter the name of whoever came.")
    organisation = get_organisation_for(actor, organisation_id) if organisation_id else get_network_for(actor)
    return Attendance(
        meeting_id=meeting.id,
        name=name.strip()[:LONGEST_NAME],
        organisation_id=organisation.id,
        discipline=discipline or SPEAKS_FOR.get(organisation.kind, Discipline.ADMINISTRATION),
    )


def _ask_again(actor: Actor, meeting: Meeting) -> None:
    """Forget what was answered for another time or place, and write to everybody expected."""
    for attendance in meeting.attendances:
        attendance.state, attendance.deputy, attendance.answered_at = AttendanceState.EXPECTED, "", None
    for follow in _followers[Happening.MOVED]:
        follow(actor, meeting, None)
    page = address_of("meetings.show", meeting_id=meeting.id)
    for email in letters_to(meeting):
        post(email, *moved_letter(meeting.name, meeting.starts_at, meeting.place, page))


def _refuse_late(meeting: Meeting) -> None:
    if meeting.state not in AHEAD:
        raise WrongTime(f"This meeting is not ahead any more: “{meeting.state.label}”.")


def _meeting_to_prepare(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    meeting = get_meeting_for(actor, meeting_id)
    require(may_prepare(actor, meeting))
    meeting = lock_meeting(meeting)
    _refuse_late(meeting)
    return meeting


def _meeting_to_minute(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    meeting = get_meeting_for(actor, meeting_id)
    require(may_minute(actor, meeting))
    if meeting.state in OVER:
        raise WrongTime(f"This meeting is {meeting.state.label.lower()}: who came stays as it is.")
    return meeting


def _attendance(attendance_id: uuid.UUID) -> Attendance:
    row = db.session.get(Attendance, attendance_id)
    if row is None:
        raise NotFound
    return row


def _note(actor: Actor, verb: str, attendance: Attendance, **details: str) -> None:
    record(actor, verb, "meeting", attendance.meeting_id, attendance=str(attendance.id), **details)

"""Who is expected at a meeting, what they answer, who came, and the moves of the meeting itself."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from mdt.meetings import queries
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import (
    AHEAD,
    MEETING_MOVES,
    OVER,
    STATE_OF,
    Answer,
    AttendanceState,
    Happening,
    MeetingState,
)
from mdt.sharing.rules import SPEAKS_FOR
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.organisations.queries import get_network_for, get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import Discipline

# What a follower returns is said to whoever did it: whom an objection keeps from knowing.
Follower = Callable[[Actor, Meeting, Attendance | None], Sequence[str] | None]

LONGEST_NAME = 120
_followers: dict[Happening, list[Follower]] = {happening: [] for happening in Happening}


@dataclass(frozen=True)
class Came:
    """Somebody who came unasked: their line, and in sentences what they may not know of, and why."""

    id: uuid.UUID
    said: tuple[str, ...]


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
    refuse_unless(to in MEETING_MOVES[meeting.state], meeting)
    meeting.state = to
    let_follow(Happening.TIME, actor, meeting, None)
    note_change(meeting)
    record(actor, "move_meeting", "meeting", meeting.id, to=to.value)


def name_leaders(
    actor: Actor, meeting: Meeting, chair_id: uuid.UUID | None, minute_taker_id: uuid.UUID | None
) -> None:
    """Name who chairs a meeting and who takes its minutes; both are expected at it. Part of a command."""
    before = meeting.chair_id, meeting.minute_taker_id
    chair, minute_taker = (_line_to_lead(actor, meeting, each) for each in (chair_id, minute_taker_id))
    meeting.chair_id, meeting.chair = chair_id, chair.name if chair else ""
    meeting.minute_taker_id, meeting.minute_taker = minute_taker_id, minute_taker.name if minute_taker else ""
    for line in (chair, minute_taker):
        # Whoever leads has to know of every case, not only of those their discipline is asked about.
        if line is not None and line.account_id not in before:
            let_follow(Happening.EXPECTED, actor, meeting, line)


@command
def expect_person(
    actor: Actor, meeting_id: uuid.UUID, account_id: uuid.UUID, discipline: Discipline | None = None
) -> uuid.UUID:
    """Expect somebody at a meeting, for the discipline of their post where no other is said."""
    meeting = meeting_to_prepare(actor, meeting_id)
    if queries.find_attendance(meeting.id, account_id) is not None:
        raise Invalid("Choose somebody else: they are expected already.")
    row = expect(actor, meeting, queries.get_colleague_for(actor, account_id), discipline)
    note_change(meeting)
    return row.id


@command
def stop_expecting(actor: Actor, attendance_id: uuid.UUID) -> None:
    """Take somebody off those who are expected."""
    attendance, meeting = queries.get_attendance_for(actor, attendance_id)
    meeting = meeting_to_prepare(actor, meeting.id)
    if attendance.account_id and attendance.account_id in (meeting.chair_id, meeting.minute_taker_id):
        raise Invalid(f"Name somebody else first: {attendance.name} chairs it or takes its minutes.")
    drop(actor, meeting, attendance)
    note_change(meeting)


@command
def answer_invitation(actor: Actor, attendance_id: uuid.UUID, answer: Answer, deputy: str = "") -> None:
    """Say whether one comes oneself, or somebody who told those who prepare the meeting."""
    attendance, meeting = queries.get_attendance_for(actor, attendance_id)
    require(attendance.account_id == actor.account_id or queries.may_minute(actor, meeting))
    refuse_unless(meeting.state in AHEAD, meeting)
    if answer is Answer.DEPUTY and not deputy.strip():
        raise Invalid("Enter the name of the deputy.")
    was_away = attendance.state is AttendanceState.APOLOGIES
    attendance.state = STATE_OF[answer]
    attendance.deputy = deputy.strip()[:LONGEST_NAME] if answer is Answer.DEPUTY else ""
    attendance.answered_at = now()
    _note(actor, "answer_invitation", attendance, answer=answer.value)
    let_follow(Happening.TIME, actor, meeting, attendance)
    if was_away:
        # A list that was published meanwhile told them of nothing.
        let_follow(Happening.EXPECTED, actor, meeting, attendance)
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
    attendance, _ = queries.get_attendance_for(actor, attendance_id)
    if attendance.meeting_id != meeting.id:
        raise NotFound
    if state is AttendanceState.DEPUTY and not (deputy.strip() or attendance.deputy):
        raise Invalid("Enter the name of the deputy.")
    was_away = attendance.state is AttendanceState.APOLOGIES
    attendance.state = state
    if state is AttendanceState.DEPUTY:
        attendance.deputy = deputy.strip()[:LONGEST_NAME] or attendance.deputy
    elif state is AttendanceState.PRESENT:
        attendance.deputy = ""
    _note(actor, "note_attendance", attendance, state=state.value)
    if was_away and state is AttendanceState.PRESENT:
        let_follow(Happening.EXPECTED, actor, meeting, attendance)
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
) -> Came:
    """Note somebody in the room whom nobody expected: by their account, or by name alone."""
    meeting = _meeting_to_minute(actor, meeting_id)
    if account_id is None:
        visitor = _visitor(actor, meeting, name, organisation_id, discipline)
        # Sent again where the answer was lost, it is one visitor still.
        row = queries.find_visitor(meeting.id, visitor.name, visitor.organisation_id) or visitor
    else:
        known = queries.find_attendance(meeting.id, account_id)
        row = known or _line_of(meeting, queries.get_colleague_for(actor, account_id), discipline)
    row.state = AttendanceState.PRESENT
    db.session.add(row)
    db.session.flush()
    # Whoever sits in the room hears of the cases: they may know of them as those do who were asked.
    said = let_follow(Happening.EXPECTED, actor, meeting, row)
    if row.account_id is None:
        said = (f"{row.name} came without a sign-in: they hear what is said here, and can look nothing up.",)
    _note(actor, "add_attender", row)
    note_change(meeting)
    return Came(row.id, said)


def expect(
    actor: Actor, meeting: Meeting, colleague: queries.Colleague, discipline: Discipline | None = None
) -> Attendance:
    """Expect somebody, and let all who keep something of the meeting know; part of a command."""
    row = _line_of(meeting, colleague, discipline)
    db.session.add(row)
    db.session.flush()
    let_follow(Happening.EXPECTED, actor, meeting, row)
    let_follow(Happening.TIME, actor, meeting, row)
    _note(actor, "expect_person", row)
    return row


def drop(actor: Actor, meeting: Meeting, attendance: Attendance) -> None:
    """Expect somebody no more; part of a command."""
    let_follow(Happening.NOT_EXPECTED, actor, meeting, attendance)
    db.session.delete(attendance)
    let_follow(Happening.TIME, actor, meeting, None)
    _note(actor, "stop_expecting", attendance)


def _line_to_lead(actor: Actor, meeting: Meeting, account_id: uuid.UUID | None) -> Attendance | None:
    if account_id is None:
        return None
    known = queries.find_attendance(meeting.id, account_id)
    return known or expect(actor, meeting, queries.get_colleague_for(actor, account_id))


def let_follow(
    happening: Happening, actor: Actor, meeting: Meeting, line: Attendance | None
) -> tuple[str, ...]:
    """Let those who follow meetings know what happens to one, and return what they say; part of a command."""
    return tuple(
        sentence for follow in _followers[happening] for sentence in follow(actor, meeting, line) or ()
    )


def _line_of(meeting: Meeting, colleague: queries.Colleague, discipline: Discipline | None) -> Attendance:
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
    where = get_organisation_for(actor, organisation_id) if organisation_id else get_network_for(actor)
    return Attendance(
        meeting_id=meeting.id,
        name=name.strip()[:LONGEST_NAME],
        organisation_id=where.id,
        discipline=discipline or SPEAKS_FOR.get(where.kind, Discipline.ADMINISTRATION),
    )


def refuse_unless(is_time: bool, meeting: Meeting) -> None:
    """Refuse what a meeting's state does not allow."""
    if not is_time:
        raise WrongTime(f"That cannot be done with this meeting now: “{meeting.state.label}”.")


def meeting_to_prepare(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    """Lock a meeting ahead that the actor may prepare; part of a command."""
    meeting = queries.get_meeting_for(actor, meeting_id)
    require(queries.may_prepare(actor, meeting))
    meeting = lock_meeting(meeting)
    refuse_unless(meeting.state in AHEAD, meeting)
    return meeting


def _meeting_to_minute(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    meeting = queries.get_meeting_for(actor, meeting_id)
    require(queries.may_minute(actor, meeting))
    refuse_unless(meeting.state not in OVER, meeting)
    return meeting


def _note(actor: Actor, verb: str, attendance: Attendance, **details: str) -> None:
    record(actor, verb, "meeting", attendance.meeting_id, attendance=str(attendance.id), **details)

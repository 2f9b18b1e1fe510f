"""Who is expected at a meeting, who came, and the moves of the meeting itself."""

import uuid

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from mdt.meetings.queries import colleagues_for, find_attendance, get_meeting_for, may_minute
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import MEETING_MOVES, OVER, AttendanceState, MeetingState
from mdt.sharing.rules import SPEAKS_FOR
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.organisations.queries import get_network_for, get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import Discipline

LONGEST_NAME = 120


class WrongTime(Refusal):
    """The meeting is past the point, or not yet at it, where this could be done."""


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
def note_attendance(
    actor: Actor,
    meeting_id: uuid.UUID,
    attendance_id: uuid.UUID,
    state: AttendanceState,
    deputy: str = "",
) -> int:
    """Note who is in the room, and return the number of the change."""
    meeting = _meeting_to_minute(actor, meeting_id)
    attendance = db.session.get(Attendance, attendance_id)
    if attendance is None or attendance.meeting_id != meeting.id:
        raise NotFound
    if state is AttendanceState.DEPUTY and not (deputy.strip() or attendance.deputy):
        raise Invalid("Enter the name of the deputy.")
    attendance.state = state
    if state is AttendanceState.DEPUTY:
        attendance.deputy = deputy.strip() or attendance.deputy
    elif state is AttendanceState.PRESENT:
        attendance.deputy = ""
    record(actor, "note_attendance", "meeting", meeting.id, attendance=str(attendance.id), state=state.value)
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
        _from_account(actor, meeting, account_id, discipline)
        if account_id is not None
        else _from_name(actor, meeting, name, organisation_id, discipline)
    )
    row.state = AttendanceState.PRESENT
    db.session.add(row)
    db.session.flush()
    record(actor, "add_attender", "meeting", meeting.id, attendance=str(row.id))
    note_change(meeting)
    return row.id


def _from_account(
    actor: Actor, meeting: Meeting, account_id: uuid.UUID, discipline: Discipline | None
) -> Attendance:
    """Return what the meeting has of an account already, or a new line for it."""
    known = find_attendance(meeting.id, account_id)
    if known is not None:
        return known
    for one in colleagues_for(actor):
        if one.account_id == account_id:
            return Attendance(
                meeting_id=meeting.id,
                account_id=account_id,
                name=one.name,
                organisation_id=one.organisation_id,
                discipline=discipline or one.discipline,
            )
    raise Invalid("Choose somebody who takes part in meetings of this network.")


def _from_name(
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


def _meeting_to_minute(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    meeting = get_meeting_for(actor, meeting_id)
    require(may_minute(actor, meeting))
    if meeting.state in OVER:
        raise WrongTime(f"This meeting is {meeting.state.label.lower()}: who came stays as it is.")
    return meeting

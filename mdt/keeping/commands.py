"""Keeping the time of those whom a published meeting needs, and noticing when the rota no longer can."""

from mdt.dates.queries import letters_to_leaders
from mdt.keeping.queries import exposures_at, exposures_of_visits, find_time_of, holding_of, times_ahead
from mdt.keeping.records import MeetingTime
from mdt.keeping.rules import KEEPS, LETS_GO
from mdt.keeping.wording import short_letter
from mdt.meetings.commands import follows
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import Happening, MeetingState
from network.access.guard import require
from network.access.rules import SYSTEM, Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, now, take_turns, today
from network.plumbing.mail import address_of, post
from rota import diary


@follows(Happening.TIME)
def keep_time(actor: Actor, meeting: Meeting, line: Attendance | None) -> None:
    """Let the rota keep the time of those whom a meeting needs now, or let it go; part of a command."""
    db.session.flush()
    row = find_time_of(meeting.id)
    if meeting.state in KEEPS:
        # Whoever answers an invitation may do no more than that: the meeting asks for their time, not they.
        held = diary.hold(SYSTEM, holding_of(meeting))
        row = row or MeetingTime(meeting_id=meeting.id)
        # Whoever does this sees it on the page: nobody is written a letter.
        row.said, row.noticed_at = "\n".join(held.warnings), now()
        db.session.add(row)
    elif meeting.state in LETS_GO and row is not None:
        diary.release(SYSTEM, meeting.id)
        db.session.delete(row)
    db.session.flush()


@follows(Happening.TIME)
def count_learners(actor: Actor, meeting: Meeting, line: Attendance | None) -> None:
    """Let programmes count a meeting for those in training who were in the room; part of a command.

    Signed minutes have the last word on who was there: before, a slip is still put right.
    """
    if meeting.state is MeetingState.SIGNED:
        db.session.flush()
        for exposure in exposures_at(meeting):
            diary.note_exposure(SYSTEM, exposure)


@command
def notice_rota(actor: Actor) -> int:
    """Keep what the rota says of the meetings ahead, write to those who lead them where it got worse.

    Returns of how many it says something new; safe to run twice.
    """
    require(actor.may(Permission.BUILD_LISTS))
    # Two who notice at once would each write to those who lead it.
    take_turns("meeting times")
    rows = times_ahead()
    said = diary.quorum_of([row.meeting_id for row in rows])
    changed = [row for row in rows if row.sentences != said.get(row.meeting_id, ())]
    for row in changed:
        before, row.said = set(row.sentences), "\n".join(said.get(row.meeting_id, ()))
        row.noticed_at = now()
        if set(row.sentences) - before:
            _write(row)
    record(actor, "notice_rota", "network", current_network(), meetings=len(changed))
    return len(changed)


@command
def count_visits(actor: Actor) -> int:
    """Let programmes count the cases that learners followed until lately; return how many there were.

    Safe to run twice: a visit is counted once.
    """
    require(actor.is_system, seen=False)
    found = exposures_of_visits(today())
    for exposure in found:
        diary.note_exposure(actor, exposure)
    record(actor, "count_visits", "network", current_network(), visits=len(found))
    return len(found)


def _write(row: MeetingTime) -> None:
    meeting = row.meeting
    page = address_of("meetings.show", meeting_id=meeting.id)
    letter = short_letter(meeting.name, meeting.starts_at, row.sentences, page)
    for email in letters_to_leaders(meeting):
        post(email, *letter)

"""What a published list lets people know, kept in step with who is expected and when the meeting is."""

from datetime import timedelta

from sqlalchemy import select

from mdt.audience.commands import tell_audience
from mdt.audience.rules import KNOWS_FOR_DAYS, LetterKind
from mdt.lists.commands import line_of
from mdt.lists.queries import items_on
from mdt.meetings.commands import follows
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import Happening, MeetingState
from mdt.sharing.commands import end_relations
from mdt.sharing.records import CareRelation
from network.access.rules import Actor
from network.plumbing.database import ENGLAND, db, today

# A list that is still being built has told nobody yet.
OUT = frozenset({MeetingState.PUBLISHED, MeetingState.RUNNING, MeetingState.MINUTES_DRAFT})


@follows(Happening.EXPECTED)
def let_know(actor: Actor, meeting: Meeting, line: Attendance | None) -> list[str]:
    """Let somebody expected late, or who came unasked, know of the cases that need them; say who must not."""
    if meeting.state not in OUT:
        return []
    lines = [line_of(item) for item in items_on(meeting.id)]
    return tell_audience(actor, meeting, lines, LetterKind.ADDED)


@follows(Happening.NOT_EXPECTED)
def let_go(actor: Actor, meeting: Meeting, line: Attendance | None) -> None:
    """Let somebody who is expected no more know no more of the cases, from this moment."""
    if line is None or line.account_id is None:
        return
    for item in items_on(meeting.id):
        end_relations(item.id, today() - timedelta(days=1), account_id=line.account_id)


@follows(Happening.MOVED)
def move_ends(actor: Actor, meeting: Meeting, line: Attendance | None) -> None:
    """Let those who were told know of the cases until some days after the new date.

    Whoever could not come before is asked again, and so hears of the cases like everybody who is.
    """
    ends_on = meeting.starts_at.astimezone(ENGLAND).date() + timedelta(days=KNOWS_FOR_DAYS)
    known = select(CareRelation).where(
        CareRelation.from_id.in_([item.id for item in items_on(meeting.id)]), CareRelation.ends_on >= today()
    )
    for relation in db.session.scalars(known):
        relation.ends_on = ends_on
    let_know(actor, meeting, line)

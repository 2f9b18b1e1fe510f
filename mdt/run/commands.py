"""What is done in the room."""

import uuid

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from mdt.lists.queries import items_for
from mdt.meetings.commands import note_change
from mdt.meetings.queries import get_meeting_for
from mdt.meetings.records import Meeting
from mdt.run.queries import find_visit
from mdt.run.records import RoomVisit
from mdt.run.rules import BEAT, HERE
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, now


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

"""What the rota says of a meeting: on its page, and on the Today page of those who prepare it."""

from typing import Any

from flask import render_template

from mdt.keeping.queries import find_time_of, threatened_for
from mdt.keeping.rules import KEEPS
from mdt.meetings.queries import may_prepare
from mdt.meetings.routes import part_of_meeting
from mdt.meetings.wording import when_said
from network.access.rules import Actor, Permission
from network.plumbing.database import now
from rota import diary


@part_of_meeting
def kept_time(actor: Actor, meeting: Any) -> str:
    """Say to those who prepare a meeting whether the rota keeps the time of everybody it needs."""
    is_kept = meeting.state in KEEPS and meeting.starts_at > now() and find_time_of(meeting.id) is not None
    if not is_kept or not may_prepare(actor, meeting):
        return ""
    # As it is at this moment: what was noticed last may be an hour old.
    sentences = diary.quorum_of([meeting.id]).get(meeting.id, ())
    return render_template("mdt/keeping/_kept.html", sentences=sentences)


def card(actor: Actor) -> str:
    """Draw the card of the Today page: meetings whose people the rota cannot keep."""
    if not actor.may_somewhere(Permission.CONTRIBUTE):
        return ""
    found = threatened_for(actor)
    return render_template("mdt/keeping/_card.html", times=found, when_said=when_said) if found else ""

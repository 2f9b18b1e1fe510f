"""What the rota says of a meeting: on its page, on the Today page, and before another time is chosen."""

import uuid
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mdt.keeping.forms import TimeForm
from mdt.keeping.queries import find_time_of, free_then, threatened_for
from mdt.keeping.rules import KEEPS
from mdt.meetings.queries import get_meeting_for, may_prepare
from mdt.meetings.routes import part_of_meeting
from mdt.meetings.rules import AHEAD
from mdt.meetings.wording import ENGLAND, when_said
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.database import now
from rota import diary

keeping = Blueprint("keeping", __name__, url_prefix="/meetings")


@keeping.get("/<uuid:meeting_id>/free")
@guarded(Permission.SEE_CASES)
def free(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Show who of those expected would be free at another time, before it is chosen."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    require(may_prepare(actor, meeting) and meeting.state in AHEAD)
    local = meeting.starts_at.astimezone(ENGLAND)
    asked_for = request.args if "day" in request.args else None
    form = TimeForm(asked_for, data={"day": local.date(), "at": local.time()}, meta={"csrf": False})
    is_right = asked_for is None or form.validate()
    starts_at = form.starts_at if is_right else None
    page = render_template(
        "mdt/keeping/free.html",
        meeting=meeting,
        form=form,
        starts_at=starts_at,
        people=free_then(meeting, starts_at) if starts_at else (),
        when=when_said(meeting.starts_at),
    )
    return page, 200 if is_right else 422


@part_of_meeting
def kept_time(actor: Actor, meeting: Any) -> str:
    """Say to those who prepare a meeting whether the rota keeps the time of everybody it needs."""
    is_kept = meeting.state in KEEPS and meeting.starts_at > now() and find_time_of(meeting.id) is not None
    if not is_kept or not may_prepare(actor, meeting):
        return ""
    # As it is at this moment: what was noticed last may be an hour old.
    sentences = diary.quorum_of([meeting.id]).get(meeting.id, ())
    return render_template("mdt/keeping/_kept.html", meeting=meeting, sentences=sentences)


def card(actor: Actor) -> str:
    """Draw the card of the Today page: meetings whose people the rota cannot keep."""
    if not actor.may_somewhere(Permission.CONTRIBUTE):
        return ""
    found = threatened_for(actor)
    return render_template("mdt/keeping/_card.html", times=found, when_said=when_said) if found else ""

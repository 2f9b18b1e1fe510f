"""Coming back: what was sent because of an illness, taken back or left as it is."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import done
from rota.comebacks.commands import come_in_after_all, leave_cover
from rota.repairs.wording import taken_back_said

comebacks = Blueprint("comebacks", __name__, url_prefix="/rota/cover")


@comebacks.post("/<uuid:absence_id>/back")
@guarded(Permission.PUBLISH_ROTA)
def back(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Take back the report, where it stands still, and what was sent because of it."""
    told = come_in_after_all(current_actor(), absence_id)
    return done(taken_back_said(told), url_for("board.show"))


@comebacks.post("/<uuid:absence_id>/leave")
@guarded(Permission.PUBLISH_ROTA)
def leave(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Let those go on who stand in."""
    leave_cover(current_actor(), absence_id)
    return done("Those who stand in go on as they were told.", url_for("board.show"))

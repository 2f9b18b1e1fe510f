"""The pages of supervisors' capacity, and of what an absence of theirs touches."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from rota.supervision.loads.queries import supervisors_for
from rota.supervision.queries import coming_absences, get_touched_for
from rota.supervision.wording import blocks_said

supervision = Blueprint("supervision", __name__, url_prefix="/hosts/supervision")

SEE = Permission.SEE_SUPERVISION


@supervision.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """Show how much time supervisors have for learners, and how much is taken."""
    actor = current_actor()
    found = supervisors_for(actor)
    return render_template(
        "rota/supervision/index.html",
        supervisors=found,
        blocks=blocks_said(found[0].loads) if found else [],
        absences=coming_absences(actor),
    )


@supervision.get("/absences/<uuid:absence_id>")
@guarded(SEE)
def absence(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Show the learners, placements and sessions that a supervisor's absence touches."""
    return render_template(
        "rota/supervision/absence.html", touched=get_touched_for(current_actor(), absence_id)
    )


def card(actor: Actor) -> str:
    """Draw the card of the first page: supervisors who are away while learners need them."""
    absences = [each for each in coming_absences(actor) if each.alone]
    return render_template("rota/supervision/_card.html", absences=absences) if absences else ""

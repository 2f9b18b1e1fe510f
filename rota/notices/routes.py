"""Who was told of a published rota, for those who publish."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import done
from network.plumbing.mail import mail_is_on
from rota.notices.commands import note_told_in_person
from rota.notices.forms import ids_in
from rota.notices.queries import notices_to_ring, told_for
from rota.notices.wording import state_tag

notices = Blueprint("notices", __name__, url_prefix="/rota/versions/<uuid:version_id>/told")


@notices.get("/")
@guarded(Permission.PUBLISH_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show who has seen and confirmed the rota, those who have not first."""
    told = told_for(current_actor(), version_id)
    return render_template("rota/notices/show.html", told=told, state_tag=state_tag, mail_is_on=mail_is_on())


def card(actor: Actor) -> str:
    """Draw the card of the first page: whom to ring about a change that came too late for a letter."""
    found = notices_to_ring(actor)
    return render_template("rota/notices/_card.html", notices=found) if found else ""


@notices.post("/")
@guarded(Permission.PUBLISH_ROTA)
def tick(version_id: uuid.UUID) -> ResponseReturnValue:
    """Keep whom the publisher has told in person."""
    ticked = set(ids_in(request.form.getlist("told")))
    shown = ids_in(request.form.getlist("shown"))
    note_told_in_person(current_actor(), version_id, {each: each in ticked for each in shown})
    return done("Kept.", url_for("notices.show", version_id=version_id))

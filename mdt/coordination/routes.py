"""The coordinator's morning: everything that waits, on one page."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.actions.wording import state_tag
from mdt.coordination.commands import remind_owner
from mdt.coordination.queries import morning_of
from mdt.own_door import wording as own_door
from mdt.sharing.wording import objection_said
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import done
from network.plumbing.database import today
from network.plumbing.shown import note_shown

coordination = Blueprint("coordination", __name__, url_prefix="/morning")


@coordination.get("")
@guarded(Permission.BUILD_LISTS)
def show() -> ResponseReturnValue:
    """Show what waits for a coordinator today."""
    morning = morning_of(current_actor())
    note_shown(seen.access.patient.id for seen in (*morning.late, *morning.undone, *morning.unseen))
    note_shown(seen.access.patient.id for seen in morning.written)
    note_shown(due.access.patient.id for due in morning.plans)
    return render_template(
        "mdt/coordination/show.html",
        morning=morning,
        tag_of=state_tag,
        objection_said=objection_said,
        own_door=own_door,
        today=today(),
    )


@coordination.post("/remind/<uuid:action_id>")
@guarded(Permission.BUILD_LISTS)
def remind(action_id: uuid.UUID) -> ResponseReturnValue:
    """Remind whoever is late."""
    number = remind_owner(current_actor(), action_id)
    people = "One person is" if number == 1 else f"{number} people are"
    return done(f"{people} written to, without a word about the person.", url_for("coordination.show"))


def card(actor: Actor) -> str:
    """Draw the card of the first page: how much waits for a coordinator."""
    if not actor.may(Permission.BUILD_LISTS):
        return ""
    morning = morning_of(actor)
    return "" if morning.is_quiet else render_template("mdt/coordination/_card.html", morning=morning)

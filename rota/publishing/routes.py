"""The last look before a rota is published, and what is not told yet."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from rota.notices.queries import told_for
from rota.publishing.commands import publish_version, remind_people
from rota.publishing.forms import reasons_form, reasons_in
from rota.publishing.queries import publishing_for, untold_for
from rota.stages.queries import proposal_for

publishing = Blueprint("publishing", __name__, url_prefix="/rota/versions/<uuid:version_id>/publish")


@publishing.route("/", methods=["GET", "POST"])
@guarded(Permission.PUBLISH_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show who would be told what and what stands in the way; ask for missing reasons, and publish."""
    actor, wrong = current_actor(), ""
    if request.method == "POST":
        try:
            publish_version(actor, version_id, reasons_in(request.form))
            return done("The rota is published.", url_for("grid.show", version_id=version_id))
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            wrong = refusal.sentence
    look = publishing_for(actor, version_id)
    form = reasons_form(((each.person_id, each.name) for each in look.unexplained), wrong)
    proposal = proposal_for(actor, version_id) if look.version.proposed_at else None
    return asked("rota/publishing/show.html", form, look=look, proposal=proposal)


@publishing.get("/untold")
@guarded(Permission.EDIT_ROTA)
def untold(version_id: uuid.UUID) -> ResponseReturnValue:
    """Say beside the grid what people were not told of yet, or who has not confirmed what they were told."""
    actor = current_actor()
    version, changes = untold_for(actor, version_id)
    may_publish = actor.may(Permission.PUBLISH_ROTA)
    is_told = may_publish and version.published_at is not None
    return render_template(
        "rota/publishing/_untold.html",
        version=version,
        untold=changes,
        told=told_for(actor, version_id) if is_told else None,
        may_publish=may_publish,
    )


@publishing.post("/remind")
@guarded(Permission.PUBLISH_ROTA)
def remind(version_id: uuid.UUID) -> ResponseReturnValue:
    """Write once more to those who have not confirmed."""
    then = url_for("notices.show", version_id=version_id)
    remind_people(current_actor(), version_id)
    return done("A letter of reminder is on its way to each of them.", then)

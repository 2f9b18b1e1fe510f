"""The last look before a rota is published."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.refusals import Refusal
from rota.publishing.commands import publish_version
from rota.publishing.queries import publishing_for

publishing = Blueprint("publishing", __name__, url_prefix="/rota/versions/<uuid:version_id>/publish")


@publishing.get("/")
@guarded(Permission.PUBLISH_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show who would be told what, and what stands in the way."""
    return render_template("rota/publishing/show.html", look=publishing_for(current_actor(), version_id))


@publishing.post("/")
@guarded(Permission.PUBLISH_ROTA)
def publish(version_id: uuid.UUID) -> ResponseReturnValue:
    """Publish the rota."""
    try:
        publish_version(current_actor(), version_id)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        flash(refusal.sentence, "error")
        return redirect(url_for("publishing.show", version_id=version_id), 303)
    flash("The rota is published.", "success")
    return redirect(url_for("grid.show", version_id=version_id), 303)

"""Looking over a draft before it is filled, and what has changed since it was."""

import uuid

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from rota.readiness.queries import outdated_for, readiness_for

readiness = Blueprint("readiness", __name__, url_prefix="/rota/versions/<uuid:version_id>")


@readiness.get("/ready")
@guarded(Permission.EDIT_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show what to mend or know before the draft is filled."""
    return render_template("rota/readiness/show.html", look=readiness_for(current_actor(), version_id))


@readiness.get("/changed")
@guarded(Permission.EDIT_ROTA)
def changed(version_id: uuid.UUID) -> ResponseReturnValue:
    """Name what has changed since the draft was filled: as a page, or as the list alone for another page."""
    outdated = outdated_for(current_actor(), version_id)
    template = "_changed.html" if "HX-Request" in request.headers else "changed.html"
    return render_template(f"rota/readiness/{template}", outdated=outdated)

"""Filling a draft, and standing by it after facts have changed."""

import uuid

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from rota.planning.commands import accept_facts, ask_to_fill

planning = Blueprint("planning", __name__, url_prefix="/rota/versions/<uuid:version_id>")


@planning.post("/fill")
@guarded(Permission.FILL_ROTA)
def fill(version_id: uuid.UUID) -> ResponseReturnValue:
    """Have the draft filled, and watch."""
    job_id = ask_to_fill(current_actor(), version_id)
    return redirect(url_for("jobs.show", job_id=job_id), 303)


@planning.post("/accept")
@guarded(Permission.FILL_ROTA)
def accept(version_id: uuid.UUID) -> ResponseReturnValue:
    """Confirm that the draft stands although facts have changed since it was filled."""
    accept_facts(current_actor(), version_id, request.form.get("seen", ""))
    flash("Confirmed: the rota stands as it is, on what is known today.", "success")
    return redirect(url_for("publishing.show", version_id=version_id), 303)

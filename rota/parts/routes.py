"""Filling a part of a draft: a site, a group, some days, or only what is empty."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked
from network.plumbing.fields import refusals_shown_on
from network.plumbing.typed import day_of_address
from rota.parts.forms import PartForm
from rota.parts.queries import parts_for
from rota.planning.commands import USUAL_LIMITS, ask_to_fill

parts = Blueprint("parts", __name__, url_prefix="/rota/versions/<uuid:version_id>/fill/part")


@parts.route("/", methods=["GET", "POST"])
@guarded(Permission.FILL_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask which part is to be filled, and watch it being filled; the address may say some of it already."""
    choice = parts_for(current_actor(), version_id)
    form = PartForm(choice.sites, data=_known())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            job_id = ask_to_fill(current_actor(), version_id, USUAL_LIMITS, form.ask)
            return redirect(url_for("jobs.show", job_id=job_id), 303)
    return asked("rota/parts/show.html", form, choice=choice)


def _known() -> dict[str, Any]:
    # The grid leads here with the week that it shows, or with what is wanted of it.
    known: dict[str, Any] = {"only_empty": "only_empty" in request.args}
    if week := request.args.get("week", type=day_of_address):
        known |= {"starts_on": week, "ends_on": week + timedelta(6)}
    return known

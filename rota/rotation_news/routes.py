"""Publishing a plan of rotations."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from rota.rotation_grid.forms import ReasonForm
from rota.rotation_grid.wording import called, stretch_said
from rota.rotation_news.commands import publish_rotations
from rota.rotation_news.queries import publishing_for
from rota.rotation_news.wording import published_said

rotation_news = Blueprint("rotation_news", __name__, url_prefix="/training/plans/<uuid:version_id>/publish")


@rotation_news.route("/", methods=["GET", "POST"])
@guarded(Permission.EDIT_ROTATIONS)
def publish(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show what publishing comes to, and publish."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            told = publish_rotations(current_actor(), version_id, form.reason.data or "")
            return done(published_said(told), url_for("rotation_grid.show", version_id=version_id))
    look = publishing_for(current_actor(), version_id)
    words = {"called": called, "stretch_said": stretch_said, "today": today()}
    html = render_template("rota/rotation_news/publish.html", look=look, form=form, **words)
    return html, 422 if form.is_submitted() else 200

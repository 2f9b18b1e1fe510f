"""The page of limits: how many of each group may be away at once."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from rota.limits import commands
from rota.limits.forms import LimitForm
from rota.limits.queries import answers_to, default_terms, get_limit_for, group_in, limits_for, places_for

limits = Blueprint("limits", __name__, url_prefix="/leave/limits")


@limits.route("", methods=["GET", "POST"])
@guarded(Permission.APPROVE_LEAVE)
def index() -> ResponseReturnValue:
    """List the limits, and set one."""
    actor = current_actor()
    form = LimitForm(places_for(actor))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.set_limit(actor, *form.where, form.whom, form.most.data)
            return done("The limit is set.", url_for("limits.index"))
    return asked(
        "rota/limits/index.html",
        form,
        limits=[(row, group_in(row)) for row in limits_for(actor)],
        default=default_terms(),
        may_see_rules=actor.may_somewhere(Permission.SEE_RULEBOOK),
    )


@limits.post("/<uuid:limit_id>/remove")
@guarded(Permission.APPROVE_LEAVE)
def remove(limit_id: uuid.UUID) -> ResponseReturnValue:
    """Take a limit away."""
    fields = answers_to(get_limit_for(current_actor(), limit_id))
    commands.remove_limit(current_actor(), limit_id)
    return done("The limit is removed.", url_for("limits.index"), undo=undo_by("limits.index", *fields))

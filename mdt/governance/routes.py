"""The governance desk: one page that leads to everything about who may know what of whom."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.governance.queries import desk_of, objections_standing
from mdt.sharing.wording import objection_said
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today

governance = Blueprint("governance", __name__)


@governance.get("/sharing")
@guarded(Permission.SEE_SHARING)
def index() -> ResponseReturnValue:
    """Show what waits for those who answer for sharing, and how things stand."""
    if "show" in request.args:
        # Where this page was, before it was a part of the desk.
        return redirect(url_for("register.index", show=request.args["show"]), 303)
    actor = current_actor()
    return render_template(
        "mdt/governance/index.html",
        desk=desk_of(actor),
        today=today(),
        sees_audit=actor.may(Permission.SEE_AUDIT),
    )


@governance.get("/governance")
@guarded(Permission.SEE_SHARING)
def desk() -> ResponseReturnValue:
    """Lead to the desk, by the name that its users give it."""
    return redirect(url_for("governance.index"), 303)


@governance.get("/sharing/objections")
@guarded(Permission.SEE_SHARING)
def objections() -> ResponseReturnValue:
    """List the objections that stand, and who knows already and is to be spoken with."""
    return render_template(
        "mdt/governance/objections.html", found=objections_standing(current_actor()), said=objection_said
    )

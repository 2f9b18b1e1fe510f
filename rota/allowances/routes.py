"""The pages of allowances: everybody's balances, one person's year, and the terms of employers."""

import uuid

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.typed import day_of_address
from rota.allowances import commands
from rota.allowances.forms import LineForm
from rota.allowances.queries import balances_for, get_allowance_for
from rota.leave.rules import is_far_off
from rota.terms.rules import SOURCE

allowances = Blueprint("allowances", __name__, url_prefix="/leave")


@allowances.get("/balances")
@guarded(Permission.APPROVE_LEAVE)
def index() -> ResponseReturnValue:
    """Show everybody's balance in sessions."""
    return render_template("rota/allowances/index.html", rows=balances_for(current_actor()), source=SOURCE)


@allowances.route("/balances/<uuid:member_id>", methods=["GET", "POST"])
@guarded(Permission.REQUEST_LEAVE)
def show(member_id: uuid.UUID) -> ResponseReturnValue:
    """Show one person's leave year, and add to it."""
    day = request.args.get("day", today(), type=day_of_address)
    if is_far_off(day, today()):
        abort(404)
    seen, form = get_allowance_for(current_actor(), member_id, day), LineForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_to_allowance(
                current_actor(), member_id, day, form.kind.data, form.sessions.data, form.reason.data or ""
            )
            return done("The allowance is changed.", url_for("allowances.show", member_id=member_id, day=day))
    return asked("rota/allowances/show.html", form, seen=seen, day=day, source=SOURCE)

"""The list of rotas, and what is done with a whole version."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today
from network.plumbing.refusals import Refusal
from rota.rotas.commands import close_period, copy_version, discard_version, open_period
from rota.rotas.forms import NewRotaForm
from rota.rotas.queries import last_planned_day, missing_for_a_rota, periods_for
from rota.rotas.rules import proposed_start

rotas = Blueprint("rotas", __name__, url_prefix="/rota")


@rotas.get("/")
@guarded(Permission.SEE_ROTA)
def home() -> ResponseReturnValue:
    """List the rotas, or say what must be there before the first."""
    actor = current_actor()
    return render_template(
        "rota/rotas/home.html",
        periods=periods_for(actor),
        missing=missing_for_a_rota() if actor.may(Permission.FILL_ROTA) else (),
        may_open=actor.may(Permission.FILL_ROTA),
        may_close=actor.may(Permission.PUBLISH_ROTA),
        today=today(),
    )


@rotas.route("/new", methods=["GET", "POST"])
@guarded(Permission.FILL_ROTA)
def new() -> ResponseReturnValue:
    """Ask for the weeks of a new rota, with the next ones proposed."""
    actor = current_actor()
    form = NewRotaForm()
    if form.validate_on_submit():
        try:
            version_id = open_period(actor, *form.answers)
        except Refusal as refusal:
            form.form_errors.append(refusal.sentence)
        else:
            flash("The rota is open, with the cover each site wants. Now fill it.", "success")
            return redirect(url_for("grid.show", version_id=version_id), 303)
    elif form.starts_on.data is None and not form.is_submitted():
        form.starts_on.data = proposed_start(last_planned_day(), today())
    return render_template("rota/rotas/new.html", form=form), 422 if form.errors else 200


@rotas.post("/versions/<uuid:version_id>/copy")
@guarded(Permission.FILL_ROTA)
def copy(version_id: uuid.UUID) -> ResponseReturnValue:
    """Begin a new version that starts as this one stands."""
    copy_id = copy_version(current_actor(), version_id)
    flash("This is a new draft. People keep the published rota until you publish this one.", "success")
    return redirect(url_for("grid.show", version_id=copy_id), 303)


@rotas.post("/versions/<uuid:version_id>/discard")
@guarded(Permission.FILL_ROTA)
def discard(version_id: uuid.UUID) -> ResponseReturnValue:
    """Put a draft aside."""
    discard_version(current_actor(), version_id)
    flash("The draft was put aside. Nobody was told of anything.", "success")
    return redirect(url_for("rotas.home"), 303)


@rotas.post("/versions/<uuid:version_id>/close")
@guarded(Permission.PUBLISH_ROTA)
def close(version_id: uuid.UUID) -> ResponseReturnValue:
    """Close a rota that is over."""
    close_period(current_actor(), version_id, today())
    flash("The rota is closed.", "success")
    return redirect(url_for("rotas.home"), 303)

"""The pages of neighbourhoods."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.organisations.queries import sites_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices
from rota.neighbourhoods import commands
from rota.neighbourhoods.forms import NeighbourhoodForm
from rota.neighbourhoods.queries import get_neighbourhood_for, neighbourhoods_for

neighbourhoods = Blueprint("neighbourhoods", __name__, url_prefix="/clinics/neighbourhoods")

SEE, EDIT = Permission.SEE_CLINICS, Permission.EDIT_CLINICS


@neighbourhoods.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """List the neighbourhoods."""
    actor = current_actor()
    return render_template(
        "rota/neighbourhoods/index.html",
        neighbourhoods=neighbourhoods_for(actor),
        may_edit=actor.may(EDIT),
    )


@neighbourhoods.route("/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Add a neighbourhood."""
    form = _asking(NeighbourhoodForm())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_neighbourhood(current_actor(), form.name.data, form.site_id.data)
            return done(f"{form.name.data} is added.", url_for("neighbourhoods.index"))
    return asked("rota/neighbourhoods/neighbourhood.html", form, neighbourhood=None)


@neighbourhoods.route("/<uuid:neighbourhood_id>", methods=["GET", "POST"])
@guarded(EDIT)
def change(neighbourhood_id: uuid.UUID) -> ResponseReturnValue:
    """Rename a neighbourhood, or move its home."""
    row = get_neighbourhood_for(current_actor(), neighbourhood_id)
    form = _asking(NeighbourhoodForm(obj=row))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_neighbourhood(
                current_actor(), neighbourhood_id, form.name.data, form.site_id.data
            )
            return done("Saved.", url_for("neighbourhoods.index"))
    return asked("rota/neighbourhoods/neighbourhood.html", form, neighbourhood=row)


@neighbourhoods.post("/<uuid:neighbourhood_id>/remove")
@guarded(EDIT)
def remove(neighbourhood_id: uuid.UUID) -> ResponseReturnValue:
    """Take away a neighbourhood that nothing hangs on."""
    row = get_neighbourhood_for(current_actor(), neighbourhood_id)
    name, again = row.name, [("name", row.name), ("site_id", str(row.site_id))]
    commands.remove_neighbourhood(current_actor(), neighbourhood_id)
    return done(f"{name} is removed.", url_for("neighbourhoods.index"), undo_by("neighbourhoods.add", *again))


def _asking(form: NeighbourhoodForm) -> NeighbourhoodForm:
    sites = [(site.id, site.name) for site in sites_for(current_actor())]
    form.site_id.choices = row_choices(sites, "Choose a site")
    return form

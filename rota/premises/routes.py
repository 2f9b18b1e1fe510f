"""The page of contract premises."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.organisations.queries import sites_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices
from rota.premises import commands
from rota.premises.forms import PremisesForm
from rota.premises.queries import get_premises_for, premises_for
from rota.premises.rules import LICENSED

premises = Blueprint("premises", __name__, url_prefix="/clinics/contracts")

SEE, EDIT = Permission.SEE_CLINICS, Permission.EDIT_CLINICS


@premises.route("", methods=["GET", "POST"])
@guarded(SEE)
def index() -> ResponseReturnValue:
    """Show where contracts let dental and sight-test work be done, and add a site."""
    actor, form = current_actor(), PremisesForm()
    form.site_id.choices = row_choices([(site.id, site.name) for site in sites_for(actor)], "Choose a site")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_premises(actor, form.discipline.data, form.site_id.data, form.contract.data or "")
            return done("The site is added.", url_for("premises.index"))
    return asked(
        "rota/premises/index.html",
        form,
        premises=premises_for(actor),
        disciplines=LICENSED,
        may_edit=actor.may(EDIT),
    )


@premises.post("/<uuid:premises_id>/remove")
@guarded(EDIT)
def remove(premises_id: uuid.UUID) -> ResponseReturnValue:
    """Take a site away from a discipline."""
    row = get_premises_for(current_actor(), premises_id)
    said = f"{row.discipline.label} is planned at {row.site.name} no more."
    again = [("discipline", row.discipline.value), ("site_id", str(row.site_id)), ("contract", row.contract)]
    commands.remove_premises(current_actor(), premises_id)
    return done(said, url_for("premises.index"), undo_by("premises.index", *again))

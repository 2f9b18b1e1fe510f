"""The pages of terms: on what terms each employer gives leave."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.organisations.queries import get_organisation_for
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on
from rota.limits.queries import employers_for
from rota.terms import commands
from rota.terms.forms import TermsForm
from rota.terms.queries import TermsBook, terms_answers, terms_of
from rota.terms.rules import SOURCE

terms = Blueprint("terms", __name__, url_prefix="/leave/terms")


@terms.get("")
@guarded(Permission.APPROVE_LEAVE)
def index() -> ResponseReturnValue:
    """Show on what terms each employer gives leave."""
    employers, terms_of_each = employers_for(current_actor()), TermsBook()
    rows = [(each, terms_of_each(each.id), each.id in terms_of_each.rows) for each in employers]
    return render_template("rota/terms/index.html", rows=rows, source=SOURCE)


@terms.route("/<uuid:organisation_id>", methods=["GET", "POST"])
@guarded(Permission.APPROVE_LEAVE)
def change(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Set the terms of one employer."""
    actor, organisation = current_actor(), get_organisation_for(current_actor(), organisation_id)
    require(actor.may(Permission.APPROVE_LEAVE, organisation_id=organisation_id), seen=False)
    form = TermsForm(data=terms_answers(organisation_id))
    if form.validate_on_submit():
        edit = commands.TermsEdit(
            form.notice_days.data, form.kinds, form.year_month.data, form.year_day.data, form.tenths
        )
        with refusals_shown_on(form):
            commands.set_terms(actor, organisation_id, edit)
            return done("The terms are changed.", url_for("terms.index"))
    now = terms_of(organisation_id)
    return asked("rota/terms/change.html", form, organisation=organisation, terms=now, source=SOURCE)

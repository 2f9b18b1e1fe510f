"""The pages of allowances: everybody's balances, one person's year, and the terms of employers."""

import uuid
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.organisations.queries import get_organisation_for
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from rota.allowances import commands
from rota.allowances.forms import LineForm, TermsForm
from rota.allowances.queries import balances_for, get_allowance_for, terms_answers, terms_of, terms_rows
from rota.allowances.rules import SOURCE
from rota.limits.queries import employers_for

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
    day = request.args.get("day", today(), type=date.fromisoformat)
    seen, form = get_allowance_for(current_actor(), member_id, day), LineForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_to_allowance(
                current_actor(), member_id, day, form.kind.data, form.sessions.data, form.reason.data or ""
            )
            return done("The allowance is changed.", url_for("allowances.show", member_id=member_id, day=day))
    return asked("rota/allowances/show.html", form, seen=seen, day=day, source=SOURCE)


@allowances.get("/terms")
@guarded(Permission.APPROVE_LEAVE)
def terms() -> ResponseReturnValue:
    """Show on what terms each employer gives leave."""
    employers, known = employers_for(current_actor()), terms_rows()
    rows = [(employer, terms_of(employer.id), employer.id in known) for employer in employers]
    return render_template("rota/allowances/terms.html", rows=rows, source=SOURCE)


@allowances.route("/terms/<uuid:organisation_id>", methods=["GET", "POST"])
@guarded(Permission.APPROVE_LEAVE)
def change_terms(organisation_id: uuid.UUID) -> ResponseReturnValue:
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
            return done("The terms are changed.", url_for("allowances.terms"))
    now = terms_of(organisation_id)
    return asked(
        "rota/allowances/change_terms.html", form, organisation=organisation, terms=now, source=SOURCE
    )

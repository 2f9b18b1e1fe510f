"""The demand pages: each site's week, and when sites are closed."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.organisations.queries import sites_for
from network.organisations.rules import WEEKDAYS
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from rota.demand import commands
from rota.demand.forms import ClosureForm, CopyForm, WantForm
from rota.demand.queries import (
    bank_holidays,
    closures_at,
    counts_by_site,
    get_line_for,
    get_site_for,
    lines_at,
    open_sessions,
)
from rota.demand.rules import grid_of
from rota.demand.wording import cover, cover_in_words, session_value
from rota.staff.queries import competencies

demand = Blueprint("demand", __name__, url_prefix="/demand")

LOOK_AHEAD = timedelta(days=365)


@demand.get("")
@guarded(Permission.SEE_DEMAND)
def index() -> ResponseReturnValue:
    """List the sites with how much demand each has."""
    actor = current_actor()
    may_import = actor.may(Permission.IMPORT_WORKBOOK)
    return render_template(
        "rota/demand/index.html", sites=sites_for(actor), counts=counts_by_site(), may_import=may_import
    )


@demand.get("/<uuid:site_id>")
@guarded(Permission.SEE_DEMAND)
def show(site_id: uuid.UUID) -> ResponseReturnValue:
    """Show the weekly grid of a site."""
    site = get_site_for(current_actor(), site_id)
    sessions = open_sessions(site)
    return render_template(
        "rota/demand/show.html",
        site=site,
        sessions=sessions,
        grid=grid_of(lines_at(site), sessions),
        may_edit=_may_edit(site),
        cover=cover,
        cover_in_words=cover_in_words,
        session_value=session_value,
        weekdays=WEEKDAYS,
    )


@demand.route("/<uuid:site_id>/add", methods=["GET", "POST"])
@guarded(Permission.EDIT_DEMAND)
def add(site_id: uuid.UUID) -> ResponseReturnValue:
    """Add a line; the address may say what is known of it already."""
    site = get_site_for(current_actor(), site_id)
    form = WantForm(open_sessions(site), _competencies(), data=_known())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_demand(current_actor(), site_id, form.want)
            return done("The line is added.", url_for("demand.show", site_id=site_id))
    return asked("rota/demand/line.html", form, site=site, line=None)


@demand.route("/lines/<uuid:template_id>", methods=["GET", "POST"])
@guarded(Permission.EDIT_DEMAND)
def change(template_id: uuid.UUID) -> ResponseReturnValue:
    """Change a line."""
    site, line = get_line_for(current_actor(), template_id)
    form = WantForm(open_sessions(site), _competencies(), data=WantForm.answers_of(line.want))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_demand(current_actor(), template_id, form.want)
            return done("The line is changed.", url_for("demand.show", site_id=site.id))
    return asked("rota/demand/line.html", form, site=site, line=line)


@demand.post("/lines/<uuid:template_id>/remove")
@guarded(Permission.EDIT_DEMAND)
def remove(template_id: uuid.UUID) -> ResponseReturnValue:
    """Take a line away."""
    site, line = get_line_for(current_actor(), template_id)
    commands.remove_demand(current_actor(), template_id)
    return done(f"{line.want.said} is removed.", url_for("demand.show", site_id=site.id))


@demand.route("/<uuid:site_id>/copy", methods=["GET", "POST"])
@guarded(Permission.EDIT_DEMAND)
def copy(site_id: uuid.UUID) -> ResponseReturnValue:
    """Copy the lines of one weekday to others."""
    site = get_site_for(current_actor(), site_id)
    form = CopyForm(sorted({session.weekday for session in open_sessions(site)}))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.copy_weekday(current_actor(), site_id, form.weekday.data, form.to.data or [])
            return done(f"Lines made: {made}.", url_for("demand.show", site_id=site_id))
    return asked("rota/demand/copy.html", form, site=site)


@demand.route("/<uuid:site_id>/closures", methods=["GET", "POST"])
@guarded(Permission.SEE_DEMAND)
def closures(site_id: uuid.UUID) -> ResponseReturnValue:
    """Show when a site is closed, and close it."""
    site, form = get_site_for(current_actor(), site_id), ClosureForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.close_site(current_actor(), site_id, form.day.data, form.why.data or "", form.kind.data)
            return done("The site is closed then.", url_for("demand.closures", site_id=site_id))
    closed = closures_at(site)
    known = {closure.day for closure in closed if closure.kind is None}
    offered = [each for each in bank_holidays(today(), today() + LOOK_AHEAD) if each.day not in known]
    return asked(
        "rota/demand/closures.html", form, site=site, closed=closed, offered=offered, may_edit=_may_edit(site)
    )


@demand.post("/<uuid:site_id>/closures/bank-holidays")
@guarded(Permission.EDIT_DEMAND)
def close_on_bank_holidays(site_id: uuid.UUID) -> ResponseReturnValue:
    """Close a site, or all the editor's sites, on the bank holidays of the year to come."""
    actor = current_actor()
    mine = [site.id for site in sites_for(actor) if _may_edit(site)] if "all" in request.form else [site_id]
    made = commands.close_on_bank_holidays(actor, mine, today(), today() + LOOK_AHEAD)
    return done(f"Closures made: {made}.", url_for("demand.closures", site_id=site_id))


@demand.post("/<uuid:site_id>/closures/<uuid:closure_id>/remove")
@guarded(Permission.EDIT_DEMAND)
def reopen(site_id: uuid.UUID, closure_id: uuid.UUID) -> ResponseReturnValue:
    """Take a closure back."""
    commands.reopen_site(current_actor(), closure_id)
    return done("The site is open again.", url_for("demand.closures", site_id=site_id))


def _may_edit(site: Any) -> bool:
    return current_actor().may(Permission.EDIT_DEMAND, organisation_id=site.organisation_id)


def _competencies() -> dict[str, str]:
    return {code: competency.label for code, competency in competencies().items()}


def _known() -> dict[str, str]:
    # A cell of the grid leads to the form with what it stands for in its address.
    return {
        name: request.args[name] for name in ("session", "role_group", "activity") if name in request.args
    }

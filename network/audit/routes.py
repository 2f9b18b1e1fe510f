"""The page of the audit trail."""

import uuid
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.audit import queries
from network.audit.commands import export_trail
from network.audit.forms import SearchForm, WhoseForm
from network.audit.queries import Wanted, Whose, finds_people
from network.audit.rules import kind_of
from network.audit.wording import deed, particulars
from network.plumbing.rate_limits import EXPORTS, SEARCHES

trail = Blueprint("audit", __name__)
trail.add_app_template_filter(deed, "deed")
trail.add_app_template_filter(particulars, "particulars")


@trail.get("/audit")
@guarded(Permission.SEE_AUDIT)
def index() -> ResponseReturnValue:
    """Show who did what and when, newest first."""
    actor, form = current_actor(), _search()
    is_valid, whose = form.validate(), _whose()
    wanted = _wanted(form, whose) if is_valid else Wanted()
    page = queries.entries_for(actor, wanted, request.args.get("page", 1, int))
    return render_template(
        "network/audit/index.html",
        form=form,
        asking=WhoseForm() if actor.may(Permission.SEE_SHARING) else None,
        whose=whose,
        page=page,
        names=queries.names_for(actor, page.entries),
        kind_of=kind_of,
        checked=queries.latest_check_for(actor),
        kept=_kept(form),
        without=_address(about=None, page=None),
        earlier=_address(page=page.number + 1) if page.number < page.pages else "",
        later=_address(page=page.number - 1) if page.number > 1 else "",
    ), 200 if is_valid else 422


@trail.post("/audit/about")
@guarded(Permission.SEE_AUDIT)
@SEARCHES
def about() -> ResponseReturnValue:
    """Find whose data is meant; only an id goes into the address."""
    actor, form = current_actor(), WhoseForm()
    found = finds_people().named(actor, form.words.data) if form.validate_on_submit() else None
    if found is None:
        # Not known, not allowed to be known and not typed right look the same.
        flash("Nobody is known by that here. Check the reference of the case, or the NHS number.", "error")
        return redirect(url_for("audit.index"), 303)
    return redirect(url_for("audit.index", about=found), 303)


@trail.post("/audit/export")
@guarded(Permission.SEE_AUDIT)
@EXPORTS
def download() -> ResponseReturnValue:
    """Give the entries that are shown as a file."""
    actor, form = current_actor(), _search(request.form)
    if not form.validate():
        flash("Look at the entries first, then take them out.", "error")
        return redirect(url_for("audit.index"), 303)
    packed = export_trail(actor, _wanted(form, _whose()))
    headers = {"Content-Disposition": "attachment; filename=audit.csv", "Cache-Control": "no-store"}
    return Response(packed, mimetype="text/csv", headers=headers)


def _search(given: Any = None) -> SearchForm:
    actor, form = current_actor(), SearchForm(request.args if given is None else given)
    form.offer(queries.actors_for(actor), queries.verbs_for(actor))
    return form


def _whose() -> Whose | None:
    person_id = request.values.get("about", type=uuid.UUID)
    return finds_people().whose(person_id) if person_id else None


def _wanted(form: SearchForm, whose: Whose | None) -> Wanted:
    # An id that means nobody is about nothing, not about everything.
    ids = whose.ids if whose else frozenset() if form.about.data else None
    return Wanted(
        account_id=form.account_id.data,
        kind=form.kind.data,
        verb=form.verb.data or "",
        about=ids,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
    )


def _kept(form: SearchForm) -> dict[str, str]:
    """Return what was asked for, to be sent along with the export."""
    names = {field.name for field in form}
    return {name: value for name, value in request.args.items() if name in names and value}


def _address(**changed: Any) -> str:
    asked: dict[str, Any] = request.args.to_dict() | changed
    return url_for("audit.index", **asked)

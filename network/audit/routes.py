"""The page of the audit trail."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.audit import queries
from network.audit.forms import SearchForm
from network.audit.wording import deed, particulars

trail = Blueprint("audit", __name__)
trail.add_app_template_filter(deed, "deed")
trail.add_app_template_filter(particulars, "particulars")


@trail.get("/audit")
@guarded(Permission.SEE_AUDIT)
def index() -> ResponseReturnValue:
    """Show who did what and when, newest first."""
    actor, form = current_actor(), SearchForm(request.args)
    form.offer(queries.actors_for(actor), queries.verbs_for(actor))
    is_valid = form.validate()
    wanted = queries.Wanted(
        form.account_id.data, form.verb.data or "", form.starts_on.data, form.ends_on.data
    )
    page = queries.entries_for(
        actor, wanted if is_valid else queries.Wanted(), request.args.get("page", 1, int)
    )
    return render_template(
        "network/audit/index.html",
        form=form,
        page=page,
        earlier=_address(page.number + 1) if page.number < page.pages else "",
        later=_address(page.number - 1) if page.number > 1 else "",
    ), 200 if is_valid else 422


def _address(page: int) -> str:
    search: dict[str, Any] = request.args.to_dict() | {"page": page}
    return url_for("audit.index", **search)

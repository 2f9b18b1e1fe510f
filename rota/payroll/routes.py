"""The payroll page: which rotas can be exported."""

import uuid

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.rate_limits import EXPORTS
from network.plumbing.refusals import Refusal
from rota.payroll.commands import export_payroll
from rota.payroll.queries import payable_rotas
from rota.payroll.rules import HEADINGS

payroll = Blueprint("payroll", __name__, url_prefix="/funding/payroll")


@payroll.get("")
@guarded(Permission.EXPORT_PAYROLL)
def index() -> ResponseReturnValue:
    """List the rotas that payroll can be told of."""
    actor = current_actor()
    return render_template(
        "rota/payroll/index.html",
        rotas=payable_rotas(actor),
        headings=HEADINGS,
        is_everybody=actor.organisations_for(Permission.EXPORT_PAYROLL) is None,
    )


@payroll.post("/<uuid:period_id>")
@guarded(Permission.EXPORT_PAYROLL)
@EXPORTS
def download(period_id: uuid.UUID) -> ResponseReturnValue:
    """Give the file for payroll."""
    try:
        name, content = export_payroll(current_actor(), period_id)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        flash(refusal.sentence, "error")
        return redirect(url_for("payroll.index"), 303)
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(content, mimetype="text/csv", headers=headers)

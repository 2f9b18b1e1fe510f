"""The page by funding stream, and its workbook."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.rate_limits import EXPORTS
from network.plumbing.refusals import Refusal
from rota.funding.wording import why_not_paid
from rota.ledger.commands import export_ledger
from rota.ledger.queries import ledger_for, spans_for
from rota.ledger.rules import added_up, total
from rota.ledger.wording import NO_PLACE, bought, over_said

ledger = Blueprint("ledger", __name__, url_prefix="/funding")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@ledger.get("")
@guarded(Permission.SEE_COUNTS)
def show() -> ResponseReturnValue:
    """Show what each stream bought in a month or a rota, where and by whom it was worked, and the shares."""
    actor = current_actor()
    found = ledger_for(actor, request.args.get("time", ""))
    lines = found.lines if found else ()
    return render_template(
        "rota/ledger/show.html",
        ledger=found,
        spans=spans_for(actor),
        total=total(lines),
        streams=added_up(lines, lambda line: line.stream),
        crossings=[
            (
                "By place of work",
                "Worked at",
                added_up(lines, lambda line: line.place or NO_PLACE),
                added_up(lines, lambda line: (line.place or NO_PLACE, line.stream)),
            ),
            (
                "By employer",
                "Employer",
                added_up(lines, lambda line: line.employer),
                added_up(lines, lambda line: (line.employer, line.stream)),
            ),
        ],
        bought=lambda stream: bought(stream, lines),
        to_check=added_up(
            found.to_check if found else (), lambda line: (line.stream, line.role, line.activity)
        ),
        why_not_paid=why_not_paid,
        over_said=over_said,
        may_export=actor.may_somewhere(Permission.EXPORT_PAYROLL),
        sees_all=actor.organisations_for(Permission.SEE_COUNTS) is None,
    )


@ledger.post("/workbook")
@guarded(Permission.SEE_COUNTS)
@EXPORTS
def download() -> ResponseReturnValue:
    """Give the ledger as a workbook."""
    span = request.form.get("time", "")
    try:
        packed = export_ledger(current_actor(), span)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        flash(refusal.sentence, "error")
        return redirect(url_for("ledger.show", time=span or None), 303)
    headers = {"Content-Disposition": f"attachment; filename=funding-{span or 'ledger'}.xlsx"}
    return Response(packed, mimetype=XLSX, headers=headers | {"Cache-Control": "no-store"})


def card(actor: Actor) -> str:
    """Draw the card of the Today page for those who look at counts and do not plan."""
    if not actor.may_somewhere(Permission.SEE_COUNTS) or actor.may_somewhere(Permission.EDIT_ROTA):
        return ""
    found = ledger_for(actor)
    lines = found.lines if found else ()
    return render_template(
        "rota/ledger/_card.html",
        ledger=found,
        total=total(lines),
        streams=list(added_up(lines, lambda line: line.stream).items()),
    )

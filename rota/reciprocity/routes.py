"""The page of what employers lend each other, and its file."""

import uuid

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from rota.reciprocity.commands import export_exchange
from rota.reciprocity.queries import exchange_for

reciprocity = Blueprint("reciprocity", __name__, url_prefix="/hosts/exchange")

SEE = Permission.SEE_ROTATIONS


@reciprocity.get("")
@guarded(SEE)
def show() -> ResponseReturnValue:
    """Show the weeks that employers lend and borrow."""
    exchange = exchange_for(current_actor(), _version())
    return render_template("rota/reciprocity/show.html", exchange=exchange)


@reciprocity.get("/exchange.csv")
@guarded(SEE)
def download() -> ResponseReturnValue:
    """Give the balances as a file."""
    answer = make_response(export_exchange(current_actor(), _version()))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="exchange.csv"'
    return answer


def _version() -> uuid.UUID | None:
    return request.args.get("version", type=uuid.UUID)

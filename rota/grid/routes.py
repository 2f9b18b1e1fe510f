"""The rota as a grid."""

import uuid
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from rota.grid.queries import grid_for

grid = Blueprint("grid", __name__, url_prefix="/rota/versions/<uuid:version_id>")


@grid.get("/")
@guarded(Permission.SEE_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show one week of a rota."""
    week = request.args.get("week", type=date.fromisoformat)
    return render_template("rota/grid/show.html", grid=grid_for(current_actor(), version_id, week))

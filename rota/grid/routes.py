"""The rota as a grid."""

import uuid
from datetime import date

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.database import today
from rota.grid.queries import grid_for
from rota.rotas.queries import own_week, periods_for, sees_drafts

grid = Blueprint("grid", __name__, url_prefix="/rota/versions/<uuid:version_id>")
# What the grid's scripts ask, by the name that the table has for it.
ASKED = {
    "panel": "show",
    "edit": "edit",
    "undo": "undo",
    "redo": "redo",
    "gap": "gap",
    "paste": "paste_preview",
    "pulse": "pulse",
}


@grid.get("/")
@guarded(Permission.SEE_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show one week of a rota."""
    week = request.args.get("week", type=date.fromisoformat)
    grid = grid_for(current_actor(), version_id, week)
    return render_template(
        "rota/grid/show.html",
        grid=grid,
        urls=_urls(version_id),
        sites=[{"code": code, "name": name} for code, name in grid.sites],
        keys="off" if request.cookies.get("rota-keys") == "off" else "on",
    )


def _urls(version_id: uuid.UUID) -> dict[str, str]:
    """Give the addresses that the grid's scripts ask."""
    return {
        name: url_for(f"cells.{endpoint}", version_id=version_id)
        for name, endpoint in ASKED.items()
        if f"cells.{endpoint}" in current_app.view_functions
    }


def card(actor: Actor) -> str:
    """Draw the card of the Today page: how the rotas stand, or where one works this week."""
    if not actor.may_somewhere(Permission.SEE_ROTA):
        return ""
    if not sees_drafts(actor):
        return render_template("rota/grid/_own_week.html", days=own_week(actor, today()), today=today())
    views = [view for view in reversed(periods_for(actor)) if view.current and view.period.ends_on >= today()]
    return render_template("rota/grid/_card.html", views=views) if views else ""

"""The rota as a grid."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.database import now, today
from rota.grid.queries import grid_for, papers_for
from rota.grid.rules import Paper, PaperSize
from rota.grid.wording import caption_of
from rota.rotas.queries import periods_for, sees_drafts
from rota.views.rules import Look, Rows

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
    """Show a rota as the address asks for it."""
    grid = grid_for(current_actor(), version_id, Look.of(request.args))
    return render_template(
        "rota/grid/show.html",
        grid=grid,
        sheet=grid.sheet,
        caption=caption_of(grid.look, grid.weeks),
        rows_by=[
            (
                f"By {rows.label.lower()}",
                _address("show", version_id, grid.look.but(by=rows)),
                rows is grid.look.by,
            )
            for rows in Rows
        ],
        urls=_urls(version_id),
        sites=[{"code": code, "name": name} for code, name in grid.sites],
        printed_at=now(),
        keys="off" if request.cookies.get("rota-keys") == "off" else "on",
    )


@grid.get("/print")
@guarded(Permission.SEE_ROTA)
def paper(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show all weeks of a rota as they come out on paper."""
    wanted = Paper.of(request.args)
    return render_template(
        "rota/grid/paper.html",
        grids=papers_for(current_actor(), version_id, wanted),
        paper=wanted,
        sizes=PaperSize,
        rows_by=[
            (
                f"By {rows.label.lower()}",
                _address("paper", version_id, wanted.but(by=rows)),
                rows is wanted.by,
            )
            for rows in (Rows.PERSON, Rows.SITE)
        ],
        printed_at=now(),
    )


def _address(endpoint: str, version_id: uuid.UUID, asked: Mapping[str, Any]) -> str:
    return url_for(f"grid.{endpoint}", version_id=version_id, **asked)


def _urls(version_id: uuid.UUID) -> dict[str, str]:
    """Give the addresses that the grid's scripts ask."""
    found = {name: url_for(f"cells.{endpoint}", version_id=version_id) for name, endpoint in ASKED.items()}
    if current_actor().may_somewhere(Permission.APPROVE_LEAVE):
        found["leave"] = url_for("advice.quick")
    return found


def card(actor: Actor) -> str:
    """Draw the card of the Today page: how the rotas stand, for those who plan them."""
    if not sees_drafts(actor):
        return ""
    views = [view for view in reversed(periods_for(actor)) if view.current and view.period.ends_on >= today()]
    return render_template("rota/grid/_card.html", views=views) if views else ""

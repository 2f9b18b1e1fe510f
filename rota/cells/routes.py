"""The panel beside the grid: a cell looked at, changed, and the last change taken back."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import Activity
from rota.cells import commands
from rota.cells.forms import CellForm, cell_from
from rota.cells.queries import panel_for
from rota.edits.rules import Cell

cells = Blueprint("cells", __name__, url_prefix="/rota/versions/<uuid:version_id>")


@cells.get("/cell")
@guarded(Permission.SEE_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show what stands in a cell and what could."""
    cell = cell_from(*(request.args.get(name, "") for name in ("member", "day", "kind")))
    if cell is None:
        raise NotFound
    panel, _ = panel_for(current_actor(), version_id, cell)
    page = "_panel" if "HX-Request" in request.headers else "show"
    return render_template(f"rota/cells/{page}.html", panel=panel, wrong="")


@cells.post("/cell")
@guarded(Permission.EDIT_ROTA)
def change(version_id: uuid.UUID) -> ResponseReturnValue:
    """Change a cell; answer with the panel and every part of the grid that the change touched."""
    form = CellForm()
    if not form.validate():
        raise Invalid("Choose a person, a session and what to do.")
    wrong = ""
    try:
        _do(version_id, form)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        wrong = refusal.sentence
    if "HX-Request" not in request.headers:
        flash(wrong or "Saved.", "error" if wrong else "success")
        return redirect(url_for("grid.show", version_id=version_id, week=form.cell.day), 303)
    return _saved(version_id, form.cell, wrong)


@cells.post("/undo")
@guarded(Permission.EDIT_ROTA)
def undo(version_id: uuid.UUID) -> ResponseReturnValue:
    """Take the last change by hand back."""
    week = request.form.get("week")
    try:
        cells = commands.undo(current_actor(), version_id)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        flash(refusal.sentence, "error")
    else:
        week = cells[0].day.isoformat()
        flash("The last change was taken back.", "success")
    return redirect(url_for("grid.show", version_id=version_id, week=week), 303)


def _do(version_id: uuid.UUID, form: CellForm) -> None:
    actor, cell, seen = current_actor(), form.cell, form.seen.data or ""
    if form.deed.data == "place":
        commands.place(actor, version_id, cell, form.line.data, seen)  # type: ignore[arg-type]
    elif form.deed.data == "make":
        activity = Activity(form.activity.data)
        commands.make_place(actor, version_id, cell, form.site.data, activity, seen)  # type: ignore[arg-type]
    else:
        {"clear": commands.clear, "pin": commands.pin, "unpin": commands.unpin}[form.deed.data](
            actor, version_id, cell, seen
        )


def _saved(version_id: uuid.UUID, cell: Cell, wrong: str) -> ResponseReturnValue:
    panel, week = panel_for(current_actor(), version_id, cell)
    html = render_template(
        "rota/cells/_saved.html",
        panel=panel,
        grid=week.grid(),
        cell=cell,
        wrong=wrong,
        # What else the change may have touched: everybody in the same session, and its cover.
        suffix=cell.key[cell.key.index("-", 2) :],
        number=f"-{week.planned.session_of[cell.day, cell.kind].number}",
    )
    return html, 422 if wrong else 200

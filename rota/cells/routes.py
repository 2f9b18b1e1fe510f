"""The server side of editing the grid: cells looked at and changed, edits taken back, who else is here."""

import json
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.arriving import LARGEST_TEXT, brings
from network.plumbing.pages import unattended
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.plumbing.typed import whole_number
from network.vocabulary import Activity
from rota.cells import commands
from rota.cells.forms import CellForm, cell_from, changes_in, kind_in
from rota.desk.queries import conflict_for
from rota.desk.rules import Change
from rota.drafts.commands import ChangedMeanwhile, redo, undo
from rota.edits.rules import Cell
from rota.gaps.queries import gap_for
from rota.panels.queries import panel_for
from rota.pasting.queries import preview_for
from rota.presence.commands import note_visit
from rota.presence.queries import pulse_for
from rota.rotas.queries import get_version_for
from rota.updates.queries import update_for
from rota.views.rules import Look

MOST_NAMED = 60

cells = Blueprint("cells", __name__, url_prefix="/rota/versions/<uuid:version_id>")


@cells.get("/cell")
@guarded(Permission.SEE_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show what stands in a cell and what could."""
    cell = cell_from(*(request.args.get(name, "") for name in ("member", "day", "kind")))
    if cell is None:
        raise NotFound
    panel, _ = panel_for(current_actor(), version_id, cell)
    page = "_panel" if _is_htmx() else "show"
    return render_template(f"rota/cells/{page}.html", panel=panel, wrong="")


@cells.get("/gap")
@guarded(Permission.SEE_ROTA)
def gap(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show who could take a duty that is short, and what stops the others."""
    line = request.args.get("line", type=uuid.UUID)
    if line is None:
        raise NotFound
    found = gap_for(current_actor(), version_id, line)
    page = "_gap" if _is_htmx() else "gap"
    return render_template(f"rota/cells/{page}.html", gap=found)


@cells.post("/cell")
@guarded(Permission.EDIT_ROTA)
def change(version_id: uuid.UUID) -> ResponseReturnValue:
    """Change a cell from its panel; answer with the panel and every part of the grid that was touched."""
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
    if not _is_htmx():
        flash(wrong or "Saved.", "error" if wrong else "success")
        return redirect(url_for("grid.show", version_id=version_id, week=form.cell.day), 303)
    panel, _ = panel_for(current_actor(), version_id, form.cell)
    html = render_template("rota/cells/_panel.html", panel=panel, wrong=wrong)
    changed = [form.cell, form.target[0]] if form.deed.data == "move" else [form.cell]
    return _touched(version_id, changed, html, status=422 if wrong else 200)


@cells.post("/edit")
@guarded(Permission.EDIT_ROTA)
@brings(LARGEST_TEXT)
def edit(version_id: uuid.UUID) -> ResponseReturnValue:
    """Change many cells as one edit, or none; answer with what was touched and what is broken now."""
    changes = changes_in(request.form.get("changes", ""))
    kind = kind_in(request.form.get("kind", ""))
    try:
        made = commands.edit_cells(current_actor(), version_id, changes, kind, request.form.get("said", ""))
    except ChangedMeanwhile as late:
        return _refused(version_id, late, changes)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _said(refusal.sentence)
    return _touched(version_id, made.cells)


@cells.post("/undo", endpoint="undo")
@guarded(Permission.EDIT_ROTA)
def take_back(version_id: uuid.UUID) -> ResponseReturnValue:
    """Take one's own last edit back."""
    return _reverse(version_id, undo, "The last change was taken back.")


@cells.post("/redo", endpoint="redo")
@guarded(Permission.EDIT_ROTA)
def do_again(version_id: uuid.UUID) -> ResponseReturnValue:
    """Do again what was undone last."""
    return _reverse(version_id, redo, "Done again.")


@cells.post("/paste")
@guarded(Permission.EDIT_ROTA)
@brings(LARGEST_TEXT)
def paste_preview(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show what a pasted block would become; nothing is changed yet."""
    cell = cell_from(*(request.form.get(name, "") for name in ("member", "day", "kind")))
    if cell is None:
        raise NotFound
    look = _look()
    look = replace(look, week=look.week or cell.day)
    preview = preview_for(current_actor(), version_id, cell, request.form.get("block", ""), look)
    return render_template("rota/cells/_paste.html", preview=preview)


@cells.get("/pulse")
@unattended
@guarded(Permission.EDIT_ROTA)
def pulse(version_id: uuid.UUID) -> ResponseReturnValue:
    """Note that somebody looks on; answer with who else does, and with what was changed since."""
    actor = current_actor()
    version_id = get_version_for(actor, version_id).id
    number = request.args.get("number", default=0, type=whole_number)
    note_visit(actor, version_id, request.args.get("cell", ""))
    news = pulse_for(actor, version_id, number)
    if not news.is_news:
        return "", 204
    here = render_template("rota/cells/_here.html", pulse=news)
    if not news.changed:
        return here
    return _touched(version_id, list(news.changed), here, said=False, number=news.number)


def _do(version_id: uuid.UUID, form: CellForm) -> None:
    actor, cell, seen = current_actor(), form.cell, form.seen.data or ""
    if form.deed.data == "move":
        to, seen_there = form.target
        commands.move(actor, version_id, cell, to, seen, seen_there)
    elif form.deed.data == "place":
        commands.place(actor, version_id, cell, form.line.data, seen)  # type: ignore[arg-type]
    elif form.deed.data == "make":
        activity = Activity(form.activity.data)
        commands.make_place(actor, version_id, cell, form.site.data, activity, seen)  # type: ignore[arg-type]
    else:
        {"clear": commands.clear, "pin": commands.pin, "unpin": commands.unpin}[form.deed.data](
            actor, version_id, cell, seen
        )


def _reverse(
    version_id: uuid.UUID, command: Callable[[Actor, uuid.UUID], list[Cell]], done: str
) -> ResponseReturnValue:
    week = request.form.get("week")
    try:
        changed = command(current_actor(), version_id)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        if _is_htmx():
            return _said(refusal.sentence)
        flash(refusal.sentence, "error")
    else:
        if _is_htmx():
            return _touched(version_id, changed)
        week = changed[0].day.isoformat()
        flash(done, "success")
    return redirect(url_for("grid.show", version_id=version_id, week=week), 303)


def _touched(
    version_id: uuid.UUID,
    changed: Collection[Cell],
    first: str = "",
    status: int = 200,
    said: bool = True,
    number: int | None = None,
) -> Response:
    """Answer with every part of the page that changed cells touch; `number` is the last edit they are of."""
    update = update_for(current_actor(), version_id, changed, _look())
    html = first + render_template("rota/cells/_touched.html", update=update, said=said)
    answer = make_response(html, status)
    if not first:
        # All of it finds its own place: there is nothing for the place that asked.
        answer.headers["HX-Reswap"] = "none"
    if status == 200:
        # In a header: enough to go to, not all of a filling.
        keys = [cell.key for cell in changed][:MOST_NAMED]
        about = {"number": number or update.number, "cells": keys}
        answer.headers["HX-Trigger"] = json.dumps({"rota-edited" if said else "rota-news": about})
    return answer


def _refused(version_id: uuid.UUID, late: ChangedMeanwhile, changes: Sequence[Change]) -> Response:
    """Show both sides of a change that came too late, and on the grid what stands there now."""
    conflict = conflict_for(current_actor(), version_id, changes, late.cells)
    update = update_for(current_actor(), version_id, late.cells, _look())
    html = render_template("rota/cells/_conflict.html", conflict=conflict, sentence=late.sentence)
    html += render_template("rota/cells/_touched.html", update=update, said=False)
    answer = make_response(html, late.status)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#rota-panel", "innerHTML"
    return answer


def _said(sentence: str) -> Response:
    """Answer with a sentence alone: nothing was changed."""
    answer = make_response(render_template("rota/cells/_said.html", sentence=sentence), 422)
    answer.headers["HX-Reswap"] = "none"
    return answer


def _is_htmx() -> bool:
    return "HX-Request" in request.headers


def _look() -> Look:
    """Say how the page that asked looks at the rota."""
    asked = dict(parse_qsl(urlsplit(request.headers.get("HX-Current-URL", "")).query))
    # Without a script the page says itself which week it shows; a form's other fields are about a cell.
    return Look.of(asked | {name: request.form[name] for name in ("week",) if name in request.form})

"""Bringing a sheet into a draft: choose it, look at what it would change, confirm."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.arriving import LARGEST_UPLOAD, brings
from network.plumbing.fields import refusals_shown_on
from rota.drafts.commands import ChangedMeanwhile
from rota.intake import commands
from rota.intake.forms import SheetForm
from rota.intake.queries import get_draft_for, sheet_view_for
from rota.rotas.rules import said_period

intake = Blueprint("intake", __name__, url_prefix="/rota/versions/<uuid:version_id>/sheet")


@intake.route("", methods=["GET", "POST"])
@guarded(Permission.EDIT_ROTA)
@brings(LARGEST_UPLOAD)
def start(version_id: uuid.UUID) -> ResponseReturnValue:
    """Take a workbook with a rota."""
    version = get_draft_for(current_actor(), version_id)
    form = SheetForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            given = form.workbook.data
            name, content = given.filename or "", given.read()
            sheet_id = commands.upload_rota_sheet(current_actor(), version_id, name, content)
            return redirect(url_for("intake.preview", version_id=version_id, sheet_id=sheet_id), 303)
    said = said_period(version.period.starts_on, version.period.ends_on)
    return asked("rota/intake/start.html", form, version=version, said=said)


@intake.get("/<uuid:sheet_id>")
@guarded(Permission.EDIT_ROTA)
def preview(version_id: uuid.UUID, sheet_id: uuid.UUID) -> ResponseReturnValue:
    """Show what a sheet would change, person by person, or every problem with its cell."""
    shown = sheet_view_for(current_actor(), version_id, sheet_id)
    return render_template("rota/intake/preview.html", shown=shown)


@intake.post("/<uuid:sheet_id>/confirm")
@guarded(Permission.EDIT_ROTA)
def confirm(version_id: uuid.UUID, sheet_id: uuid.UUID) -> ResponseReturnValue:
    """Change the draft."""
    try:
        edited = commands.confirm_rota_sheet(current_actor(), version_id, sheet_id)
    except ChangedMeanwhile as late:
        flash(f"{late.sentence} Choose the workbook again to see both.", "error")
        return redirect(url_for("intake.start", version_id=version_id), 303)
    first = min(cell.day for cell in edited.cells)
    number = len(edited.cells)
    return done(
        f"{number} {'cell' if number == 1 else 'cells'} taken from the workbook.",
        url_for("grid.show", version_id=version_id, week=first),
        undo_by("cells.undo", ("week", first.isoformat()), version_id=version_id),
    )


@intake.post("/<uuid:sheet_id>/discard")
@guarded(Permission.EDIT_ROTA)
def discard(version_id: uuid.UUID, sheet_id: uuid.UUID) -> ResponseReturnValue:
    """Forget the sheet."""
    commands.discard_rota_sheet(current_actor(), version_id, sheet_id)
    return done("Nothing was changed.", url_for("grid.show", version_id=version_id))

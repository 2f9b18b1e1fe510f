"""The pages of the workbook of training: a template to fill in, upload, preview, confirm, and export."""

import uuid

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.arriving import LARGEST_UPLOAD, brings
from network.plumbing.fields import refusals_shown_on
from network.plumbing.rate_limits import EXPORTS
from network.plumbing.spreadsheets import write_workbook
from rota.training_books import commands
from rota.training_books.queries import training_preview_for, training_sheets_for
from rota.uploads.forms import WorkbookForm
from rota.uploads.rules import Outcome
from rota.workbook.commands import Unfit

training_books = Blueprint("training_books", __name__, url_prefix="/training/import")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EDIT = Permission.EDIT_ROTATIONS


@training_books.route("", methods=["GET", "POST"])
@guarded(EDIT)
@brings(LARGEST_UPLOAD)
def start() -> ResponseReturnValue:
    """Offer the template, and take a filled one."""
    form = WorkbookForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            given = form.workbook.data
            upload_id = commands.upload_training_book(current_actor(), given.filename or "", given.read())
            return redirect(url_for("training_books.preview", upload_id=upload_id), 303)
    return asked("rota/training_books/start.html", form)


@training_books.get("/template.xlsx")
@guarded(EDIT)
def template() -> ResponseReturnValue:
    """Give the empty template."""
    return _file("quorate-training.xlsx", filled=False)


@training_books.get("/content.xlsx")
@guarded(EDIT)
@EXPORTS
def content() -> ResponseReturnValue:
    """Give the template filled with what Quorate holds now."""
    commands.note_training_taken_out(current_actor())
    return _file("quorate-training-now.xlsx", filled=True)


@training_books.get("/<uuid:upload_id>")
@guarded(EDIT)
def preview(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Show what the import would do, every problem with its cell, or what it did."""
    shown = training_preview_for(current_actor(), upload_id)
    return render_template("rota/training_books/preview.html", shown=shown)


@training_books.post("/<uuid:upload_id>/confirm")
@guarded(EDIT)
def confirm(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Write the workbook."""
    try:
        commands.confirm_training_book(current_actor(), upload_id)
    except Unfit as unfit:
        # Something changed since the preview.
        outcome = Outcome(tuple(unfit.problems), len(unfit.problems))
        shown = training_preview_for(current_actor(), upload_id, outcome)
        return render_template("rota/training_books/preview.html", shown=shown), 422
    return redirect(url_for("training_books.preview", upload_id=upload_id), 303)


@training_books.post("/<uuid:upload_id>/discard")
@guarded(EDIT)
def discard(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Forget the workbook."""
    commands.discard_training_book(current_actor(), upload_id)
    return done("The workbook is discarded. Nothing was written.", url_for("training_books.start"))


def _file(name: str, *, filled: bool) -> Response:
    packed = write_workbook(training_sheets_for(current_actor(), filled=filled))
    return Response(packed, mimetype=XLSX, headers={"Content-Disposition": f"attachment; filename={name}"})

"""The import pages: a template to fill in, upload, preview, confirm, and what is still missing."""

import uuid

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.arriving import LARGEST_UPLOAD, brings
from network.plumbing.fields import refusals_shown_on
from network.plumbing.pages import unattended
from network.plumbing.rate_limits import EXPORTS
from network.plumbing.spreadsheets import write_workbook
from rota.uploads import commands
from rota.uploads.forms import WorkbookForm
from rota.uploads.queries import lacking_for, preview_for, sheets_for
from rota.uploads.rules import Outcome
from rota.workbook.commands import Unfit

uploads = Blueprint("uploads", __name__, url_prefix="/import")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@uploads.route("", methods=["GET", "POST"])
@guarded(Permission.IMPORT_WORKBOOK)
@brings(LARGEST_UPLOAD)
def start() -> ResponseReturnValue:
    """Offer the template, and take a filled one."""
    form = WorkbookForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            given = form.workbook.data
            upload_id = commands.upload_workbook(current_actor(), given.filename or "", given.read())
            return redirect(url_for("uploads.preview", upload_id=upload_id), 303)
    return asked("rota/uploads/start.html", form)


@uploads.get("/template.xlsx")
@guarded(Permission.IMPORT_WORKBOOK)
def template() -> ResponseReturnValue:
    """Give the empty template."""
    return _file("quorate-import.xlsx", filled=False)


@uploads.get("/content.xlsx")
@guarded(Permission.IMPORT_WORKBOOK)
@EXPORTS
def content() -> ResponseReturnValue:
    """Give the template filled with what Quorate holds now."""
    commands.note_content_taken_out(current_actor())
    return _file("quorate-staff-and-demand.xlsx", filled=True)


@uploads.get("/<uuid:upload_id>")
@guarded(Permission.IMPORT_WORKBOOK)
def preview(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Show what the import would do, every problem with its cell, how far it is, or what it did."""
    shown = preview_for(current_actor(), upload_id)
    lacking = lacking_for(current_actor()) if shown.state.value == "done" else ()
    return render_template("rota/uploads/preview.html", shown=shown, lacking=lacking)


@uploads.get("/<uuid:upload_id>/progress")
@unattended
@guarded(Permission.IMPORT_WORKBOOK)
def progress(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Give the part of the page that changes; once there is something to look at, send on to it."""
    shown = preview_for(current_actor(), upload_id)
    headers = {} if shown.is_busy else {"HX-Redirect": url_for("uploads.preview", upload_id=upload_id)}
    return render_template("rota/uploads/_progress.html", shown=shown), 200, headers


@uploads.post("/<uuid:upload_id>/confirm")
@guarded(Permission.IMPORT_WORKBOOK)
def confirm(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Write the workbook."""
    try:
        commands.confirm_workbook(current_actor(), upload_id)
    except Unfit as unfit:
        # Something changed since the preview.
        outcome = Outcome(tuple(unfit.problems), len(unfit.problems))
        shown = preview_for(current_actor(), upload_id, outcome)
        return render_template("rota/uploads/preview.html", shown=shown, lacking=()), 422
    return redirect(url_for("uploads.preview", upload_id=upload_id), 303)


@uploads.post("/<uuid:upload_id>/discard")
@guarded(Permission.IMPORT_WORKBOOK)
def discard(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Forget the workbook."""
    commands.discard_workbook(current_actor(), upload_id)
    return done("The workbook is discarded. Nothing was written.", url_for("uploads.start"))


def _file(name: str, *, filled: bool) -> Response:
    packed = write_workbook(sheets_for(current_actor(), filled=filled))
    return Response(packed, mimetype=XLSX, headers={"Content-Disposition": f"attachment; filename={name}"})

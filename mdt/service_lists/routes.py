"""The pages of lists of services: upload, look at it row by row, confirm; and the directory as a file."""

import uuid
from collections import Counter

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.service_lists import commands
from mdt.service_lists.forms import UploadForm
from mdt.service_lists.queries import get_file_for, preview_of, rows_to_take_out
from mdt.service_lists.rules import COLUMNS, LARGEST_FILE, Effect
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.arriving import brings
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.fields import refusals_shown_on
from network.plumbing.rate_limits import EXPORTS

service_lists = Blueprint("service_lists", __name__, url_prefix="/services/lists")

BUILD = Permission.BUILD_LISTS


@service_lists.route("/new", methods=["GET", "POST"])
@guarded(BUILD)
@brings(LARGEST_FILE)
def upload() -> ResponseReturnValue:
    """Upload a list."""
    form = UploadForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            content = form.file.data.read()
            file_id = commands.upload_services(current_actor(), form.file.data.filename or "", content)
            return done("Nothing is taken in yet. Look at it first.", _page_of(file_id))
    return asked("mdt/service_lists/upload.html", form, columns=COLUMNS)


@service_lists.get("/<uuid:file_id>")
@guarded(BUILD)
def preview(file_id: uuid.UUID) -> ResponseReturnValue:
    """Show row by row what taking a list in would do."""
    file = get_file_for(current_actor(), file_id)
    rows = preview_of(file)
    counts = Counter(row.effect for row in rows)
    return render_template(
        "mdt/service_lists/preview.html", file=file, rows=rows, counts=counts, Effect=Effect
    )


@service_lists.post("/<uuid:file_id>/confirm")
@guarded(BUILD)
def confirm(file_id: uuid.UUID) -> ResponseReturnValue:
    """Take a list in."""
    changed = commands.take_in_services(current_actor(), file_id)
    return done(f"Taken in: {changed} added or changed.", url_for("services.index"))


@service_lists.post("/<uuid:file_id>/discard")
@guarded(BUILD)
def discard(file_id: uuid.UUID) -> ResponseReturnValue:
    """Forget a list."""
    commands.discard_services(current_actor(), file_id)
    return done("The list is forgotten. Nothing was taken in.", url_for("services.index"))


@service_lists.get("/now.csv")
@guarded(BUILD)
@EXPORTS
def download() -> ResponseReturnValue:
    """Give the directory as a file, to be filled in and brought back."""
    content = write_comma_separated(COLUMNS, rows_to_take_out(current_actor()))
    headers = {"Content-Disposition": 'attachment; filename="services.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


def _page_of(file_id: uuid.UUID) -> str:
    return url_for("service_lists.preview", file_id=file_id)

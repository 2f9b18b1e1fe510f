"""The pages of exchange: giving a case on as a file, and comparing what others sent."""

import uuid

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import note_case_opened
from mdt.exchange import commands
from mdt.exchange.forms import BringForm, GiveForm, take_form
from mdt.exchange.incoming.rules import differences
from mdt.exchange.queries import get_case_to_give, get_file_for, incoming_of, values_of
from mdt.exchange.rules import NOT_VALIDATED
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.arriving import LARGEST_UPLOAD, brings
from network.plumbing.fields import refusals_shown_on
from network.plumbing.rate_limits import EXPORTS, LOOK_UPS

exchange = Blueprint("exchange", __name__, url_prefix="/exchange")


@exchange.route("/cases/<uuid:case_id>", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
@EXPORTS
def give(case_id: uuid.UUID) -> ResponseReturnValue:
    """Give a case on as a FHIR bundle, with who gets it and what for."""
    actor, form = current_actor(), GiveForm()
    seen = get_case_to_give(actor, case_id)
    if not form.is_submitted():
        note_case_opened(actor, case_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            content = commands.give_case(
                actor, case_id, recipient=form.recipient.data, reason=form.reason.data
            )
            name = f"{seen.case.ref}.fhir.json"
            headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
            return Response(content, mimetype="application/fhir+json", headers=headers)
    seen = get_case_to_give(actor, case_id)
    return asked(
        "mdt/exchange/give.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        label=NOT_VALIDATED,
    )


@exchange.route("", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
@brings(LARGEST_UPLOAD)
@LOOK_UPS
def bring() -> ResponseReturnValue:
    """Take a file that others sent, to be compared with what is known here."""
    actor, form = current_actor(), BringForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            file_id = commands.bring_record(actor, form.file.data.read())
            return redirect(url_for("exchange.compare", file_id=file_id), 303)
    return asked("mdt/exchange/bring.html", form)


@exchange.route("/<uuid:file_id>", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def compare(file_id: uuid.UUID) -> ResponseReturnValue:
    """Show what the file says otherwise, field by field, and take over what is chosen."""
    actor = current_actor()
    row, access = get_file_for(actor, file_id)
    incoming = incoming_of(row)
    found = differences(values_of(access.patient), incoming.patient)
    form = take_form(found, access.patient.row_version)
    if not form.is_submitted():
        commands.note_record_compared(actor, file_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            patient_id = commands.take_record_over(
                actor, file_id, form.taken, with_plan=form.with_plan.data, seen=form.seen
            )
            return done("Taken over as chosen.", url_for("story.show", patient_id=patient_id))
    row, access = get_file_for(actor, file_id)
    return asked(
        "mdt/exchange/compare.html",
        form,
        file_id=file_id,
        found=found,
        incoming=incoming,
        banner=banner_for(access.patient),
    )


@exchange.post("/<uuid:file_id>/discard")
@guarded(Permission.CONTRIBUTE)
def discard(file_id: uuid.UUID) -> ResponseReturnValue:
    """Forget a file that others sent."""
    commands.discard_record(current_actor(), file_id)
    return done("The file is discarded. Nothing of it was kept.", url_for("exchange.bring"))

"""The pages of copies: the register of requests, one request, and the copy itself."""

import uuid

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import look_up_person
from mdt.cases.queries import refs_of
from mdt.sharing.queries import access_to
from mdt.story.queries import banner_for
from mdt.subject_access import commands
from mdt.subject_access.forms import CopyForm, EndingForm, RequestForm
from mdt.subject_access.queries import get_request_for, requests_for
from mdt.subject_access.rules import WARN_DAYS
from mdt.subject_access.wording import standing_said
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.rate_limits import EXPORTS
from network.plumbing.refusals import Invalid

copies = Blueprint("copies", __name__, url_prefix="/sharing/copies")

SEE, GIVE = Permission.SEE_SHARING, Permission.GIVE_COPIES


@copies.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """Show which copies were asked for, and by when they are due."""
    actor = current_actor()
    return render_template(
        "mdt/subject_access/index.html",
        waiting=requests_for(actor, is_open=True),
        ended=requests_for(actor, is_open=False),
        standing=standing_said,
        today=today(),
        may_give=actor.may(GIVE),
    )


@copies.route("/new", methods=["GET", "POST"])
@guarded(GIVE)
def add() -> ResponseReturnValue:
    """Write down that somebody asked for a copy."""
    actor = current_actor()
    form = RequestForm(whom=_prefilled(actor))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            patient_id = look_up_person(actor, form.whom.data or "")
            if patient_id is None:
                raise Invalid("Nobody is known by that here. Check the reference, or the NHS number.")
            request_id = commands.record_request(
                actor, patient_id, form.asked_by.data, form.received_on.data, form.note.data or ""
            )
            sentence = "Written down. The copy is due within one calendar month."
            return done(sentence, url_for("copies.show", request_id=request_id))
    return asked("mdt/subject_access/add.html", form)


@copies.get("/<uuid:request_id>")
@guarded(SEE)
def show(request_id: uuid.UUID) -> ResponseReturnValue:
    """Show a request, what a copy would leave out, and how it ended."""
    return _shown(request_id, EndingForm())


@copies.post("/<uuid:request_id>/copy")
@guarded(GIVE)
@EXPORTS
def download(request_id: uuid.UUID) -> ResponseReturnValue:
    """Give the copy as one archive."""
    form = CopyForm()
    if not form.validate_on_submit():
        return _shown(request_id, EndingForm(formdata=None), form)
    made = commands.make_copy(current_actor(), request_id, form.included.data or ())
    headers = {"Content-Disposition": f"attachment; filename={made.name}", "Cache-Control": "no-store"}
    return Response(made.packed, mimetype="application/zip", headers=headers)


@copies.post("/<uuid:request_id>/end")
@guarded(GIVE)
def end(request_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what became of a request."""
    form = EndingForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            outcome, why = form.outcome.data, form.ended_why.data or ""
            commands.end_request(current_actor(), request_id, outcome, form.ended_on.data, why)
            undo = undo_by("copies.reopen", request_id=request_id)
            return done(f"{outcome.label}.", url_for("copies.index"), undo)
    return _shown(request_id, form)


@copies.post("/<uuid:request_id>/reopen")
@guarded(GIVE)
def reopen(request_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that a request has ended."""
    commands.reopen_request(current_actor(), request_id)
    return done("The request is open again.", url_for("copies.show", request_id=request_id))


def card(actor: Actor) -> str:
    """Draw the card of the first page: copies that are due within days, or late."""
    if not actor.may(SEE):
        return ""
    found = [
        each
        for each in requests_for(actor, is_open=True)
        if (each.request.due_on - today()).days <= WARN_DAYS
    ]
    if not found:
        return ""
    return render_template(
        "mdt/subject_access/_card.html", found=found, standing=standing_said, today=today()
    )


def _shown(request_id: uuid.UUID, form: EndingForm, copying: CopyForm | None = None) -> ResponseReturnValue:
    actor = current_actor()
    seen = get_request_for(actor, request_id)
    return asked(
        "mdt/subject_access/show.html",
        form,
        copying=copying or CopyForm(formdata=None),
        seen=seen,
        banner=banner_for(seen.patient) if seen.patient else None,
        standing=standing_said(seen.request.due_on, today()),
        may_give=actor.may(GIVE),
    )


def _prefilled(actor: Actor) -> str | None:
    """Return by which reference somebody whose page led here is looked up."""
    person_id = request.args.get("person", type=uuid.UUID)
    if person_id is None or request.method == "POST":
        return None
    refs = refs_of([access_to(actor, person_id).patient.id])[person_id]
    return refs[0] if refs else None

"""The pages on which somebody is added to those around a person, changed, or ended."""

import uuid
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from mdt.involvements import commands
from mdt.involvements.forms import InvolvementForm
from mdt.involvements.queries import details_of, get_involvement, get_tie
from mdt.involvements.rules import PartOfDay, TieDetails
from mdt.involvements.wording import DAYS
from mdt.sharing.queries import access_to
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on

involvements = Blueprint("involvements", __name__, url_prefix="/patients")

TELL = Permission.CONTRIBUTE


def web_of(patient_id: uuid.UUID) -> str:
    return url_for("care_web.show", patient_id=patient_id)


@involvements.route("/<uuid:patient_id>/care-web/new", methods=["GET", "POST"])
@guarded(TELL)
def add(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Add somebody whom nothing else shows."""
    actor = current_actor()
    patient = access_to(actor, patient_id).patient
    form = InvolvementForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            involvement_id = commands.add_involvement(actor, patient_id, form.details)
            undo = undo_by("involvements.end", involvement_id=involvement_id)
            return done("They are in the care web.", web_of(patient_id), undo)
    here = url_for("involvements.add", patient_id=patient_id)
    return _asked(form, patient_id, patient, "Add somebody", here)


@involvements.route("/<uuid:patient_id>/care-web/<uuid:tie_id>", methods=["GET", "POST"])
@guarded(TELL)
def more(patient_id: uuid.UUID, tie_id: uuid.UUID) -> ResponseReturnValue:
    """Say more of somebody whom the data shows anyhow."""
    actor = current_actor()
    access = access_to(actor, patient_id)
    tie = get_tie(access, tie_id)
    form = InvolvementForm()
    if not form.is_submitted():
        form.fill(TieDetails(tie.kind, words=tie.words, coming=tie.coming), 0)
    elif form.validate():
        with refusals_shown_on(form):
            involvement_id = commands.say_more(actor, patient_id, tie.key, form.details)
            undo = undo_by("involvements.end", involvement_id=involvement_id)
            return done("Kept.", web_of(patient_id), undo)
    here = url_for("involvements.more", patient_id=patient_id, tie_id=tie_id)
    return _asked(form, patient_id, access.patient, tie.name, here, is_drawn=True, sources=tie.sources)


@involvements.route("/involvements/<uuid:involvement_id>", methods=["GET", "POST"])
@guarded(TELL)
def change(involvement_id: uuid.UUID) -> ResponseReturnValue:
    """Change what was said of somebody."""
    actor = current_actor()
    row = get_involvement(involvement_id)
    access = access_to(actor, row.patient_id)
    tie = get_tie(access, row.tie_id)
    form = InvolvementForm()
    if not form.is_submitted():
        form.fill(details_of(row), row.row_version)
    elif form.validate():
        with refusals_shown_on(form):
            seen = request.form.get("seen", 0, type=int)
            commands.change_involvement(actor, involvement_id, form.details, seen=seen)
            return done("Saved.", web_of(row.patient_id))
    here = url_for("involvements.change", involvement_id=involvement_id)
    return _asked(
        form,
        row.patient_id,
        access.patient,
        tie.name,
        here,
        is_drawn=bool(row.about),
        sources=tie.sources,
        ends=url_for("involvements.end", involvement_id=involvement_id),
    )


@involvements.post("/involvements/<uuid:involvement_id>/end")
@guarded(TELL)
def end(involvement_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that somebody is around the person no more."""
    patient_id = commands.end_involvement(current_actor(), involvement_id)
    undo = undo_by("involvements.restore", involvement_id=involvement_id)
    return done("Kept as around them no more.", web_of(patient_id), undo)


@involvements.post("/involvements/<uuid:involvement_id>/restore")
@guarded(TELL)
def restore(involvement_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that somebody is around the person no more."""
    patient_id = commands.restore_involvement(current_actor(), involvement_id)
    return done("They are in the care web again.", web_of(patient_id))


def _asked(
    form: InvolvementForm, patient_id: uuid.UUID, patient: Any, title: str, here: str, **shown: Any
) -> ResponseReturnValue:
    given = {"is_drawn": False, "sources": (), "ends": ""} | shown
    return asked(
        "mdt/involvements/involvement.html",
        form,
        title=title,
        here=here,
        patient_id=patient_id,
        banner=banner_for(patient),
        days=DAYS,
        parts=PartOfDay,
        **given,
    )

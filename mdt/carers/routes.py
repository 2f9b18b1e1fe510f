"""The pages of who cares for a person."""

import uuid

from flask import Blueprint
from flask.typing import ResponseReturnValue

from mdt.carers.forms import CarerForm
from mdt.sharing.queries import access_to, access_to_change
from mdt.story import commands
from mdt.story.forms import from_truth
from mdt.story.queries import banner_for, get_carer
from mdt.story.routes import page_of
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on

carers = Blueprint("carers", __name__, url_prefix="/patients")

TELL = Permission.CONTRIBUTE


@carers.route("/<uuid:patient_id>/carers", methods=["GET", "POST"])
@guarded(TELL)
def add(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Add a carer."""
    actor = current_actor()
    patient = access_to(actor, patient_id).patient
    form = CarerForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_carer(actor, patient_id, form.details)
            return done("The carer is added.", page_of(patient_id))
    return asked("mdt/carers/carer.html", form, banner=banner_for(patient), patient=patient, carer=None)


@carers.route("/carers/<uuid:carer_id>", methods=["GET", "POST"])
@guarded(TELL)
def change(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Change what is said of a carer."""
    actor = current_actor()
    carer = get_carer(carer_id)
    patient = access_to_change(actor, carer.patient_id).patient
    form = CarerForm(obj=carer)
    if not form.is_submitted():
        form.patient_agrees.data = from_truth(carer.patient_agrees)
    elif form.validate():
        with refusals_shown_on(form):
            commands.change_carer(actor, carer_id, form.details)
            return done("Saved.", page_of(patient.id))
    return asked("mdt/carers/carer.html", form, banner=banner_for(patient), patient=patient, carer=carer)


@carers.post("/carers/<uuid:carer_id>/end")
@guarded(TELL)
def end(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that somebody cares no more."""
    patient_id = commands.end_carer(current_actor(), carer_id)
    undo = undo_by("carers.restore", carer_id=carer_id)
    return done("Kept as no longer caring.", page_of(patient_id), undo)


@carers.post("/carers/<uuid:carer_id>/restore")
@guarded(TELL)
def restore(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that somebody cares no more."""
    return done("They care again.", page_of(commands.restore_carer(current_actor(), carer_id)))

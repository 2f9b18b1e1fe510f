"""The pages of an objection: recording it, who knows already, taking it back."""

import uuid
from collections.abc import Iterable

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.objections.commands import lift_objection, object_to_sharing
from mdt.objections.forms import ObjectionForm
from mdt.objections.queries import get_objection_for, told_before
from mdt.sharing.queries import access_to, accesses, objections_of, objections_told
from mdt.sharing.wording import objection_said, told_said
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices

objections = Blueprint("objections", __name__, url_prefix="/patients/<uuid:patient_id>/objections")


@objections.route("", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def object_to(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Record what somebody does not want shared; it holds at once."""
    actor = current_actor()
    access = access_to(actor, patient_id)
    patient = access.patient
    form = ObjectionForm()
    offered = [(one.id, one.name) for one in organisations_for(actor)]
    form.organisation_id.choices = row_choices(offered, empty="Choose one")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            told = object_to_sharing(
                actor,
                patient_id,
                form.scope.data,
                organisation_id=form.organisation_id.data,
                discipline=form.discipline.data,
                topic=form.topic.data or "",
            )
            return _recorded(patient_id, told)
    return asked(
        "mdt/objections/object_to.html",
        form,
        banner=banner_for(patient),
        patient=patient,
        standing=objections_told(access),
    )


@objections.get("/<uuid:objection_id>")
@guarded(Permission.CONTRIBUTE)
def show(patient_id: uuid.UUID, objection_id: uuid.UUID) -> ResponseReturnValue:
    """Show an objection, and who knows already and is to be spoken with."""
    actor = current_actor()
    objection = get_objection_for(actor, patient_id, objection_id)
    topic = objection.topic if access_to(actor, patient_id).standing.is_clinical else ""
    organisation = objection.organisation.name if objection.organisation else ""
    return render_template(
        "mdt/objections/show.html",
        objection=objection,
        said=objection_said(objection.scope, organisation, objection.discipline, topic),
        told=told_before(actor, objection),
        banner=banner_for(access_to(current_actor(), patient_id).patient),
        patient_id=patient_id,
        stands=objection.id in {each.id for each in objections_of([patient_id]).get(patient_id, ())},
    )


@objections.post("/<uuid:objection_id>/lift")
@guarded(Permission.CONTRIBUTE)
def lift(patient_id: uuid.UUID, objection_id: uuid.UUID) -> ResponseReturnValue:
    """Record that somebody takes an objection back."""
    lift_objection(current_actor(), patient_id, objection_id)
    then = url_for("story.show", patient_id=patient_id)
    return done("The objection is lifted; both stay on record.", then)


@objections.app_template_global()
def objections_among(patient_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Say what some people do not want shared, for lists and paper: a topic is never named there."""
    return {
        patient_id: [
            objection_said(row.scope, row.organisation.name if row.organisation else "", row.discipline)
            for row in rows
        ]
        for patient_id, rows in objections_of(patient_ids).items()
    }


def _recorded(patient_id: uuid.UUID, told: list[str]) -> ResponseReturnValue:
    sentence = f"The objection holds from now on. {told_said(told)}"
    if not accesses(current_actor(), [patient_id]):
        # Whoever records it may be among those who are not to know from now on.
        return done(sentence, url_for("cases.index"))
    newest = objections_of([patient_id])[patient_id][-1]
    undo = undo_by("objections.lift", patient_id=patient_id, objection_id=newest.id)
    there = url_for("objections.show", patient_id=patient_id, objection_id=newest.id)
    return done(sentence, there if told else url_for("story.show", patient_id=patient_id), undo)


@objections.app_template_global()
def may_record_objections() -> bool:
    """Say whether the reader of a banner may record an objection: who only learns reads."""
    return current_actor().may_somewhere(Permission.CONTRIBUTE)

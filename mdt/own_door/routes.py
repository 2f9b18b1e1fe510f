"""The pages on which coordinators give people a link to their own page, and turn it off."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.letters.queries import letter_head
from mdt.own_door import commands, wording
from mdt.own_door.commands import Wanted
from mdt.own_door.forms import DoorForm, LiftForm
from mdt.own_door.queries import (
    access_to_doors,
    doors_for,
    holders_of,
    notes_for,
    standing_stop,
    works_somewhere,
)
from mdt.plans.queries import case_to_show
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on
from network.plumbing.mail import address_of
from network.plumbing.qr import qr_path

own_door = Blueprint("own_door", __name__, url_prefix="/patients")

GIVE = Permission.BUILD_LISTS


@dataclass(frozen=True)
class OwnPage:
    """What a banner says of somebody's own page: whether a link to it is out, and what the viewer may do."""

    is_open: bool
    may_give: bool


@own_door.get("/<uuid:patient_id>/own-page")
@guarded(GIVE)
def show(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Show the links to somebody's own page, and what they did there."""
    actor = current_actor()
    patient = access_to_doors(actor, patient_id)
    return render_template(
        "mdt/own_door/show.html",
        patient=patient,
        case_id=case_to_show(actor, patient_id, request.args.get("case", type=uuid.UUID)),
        banner=banner_for(patient),
        doors=doors_for(actor, patient_id),
        own=holders_of(patient)[0],
        notes=notes_for(actor, patient_id),
        stop=standing_stop(patient_id),
        said=wording,
    )


@own_door.route("/<uuid:patient_id>/own-page/new", methods=["GET", "POST"])
@guarded(GIVE)
def make(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Make a link; it is shown on the answer, and never again."""
    actor, form = current_actor(), DoorForm()
    patient = access_to_doors(actor, patient_id)
    holders = holders_of(patient)
    form.offer((each.carer.id, each.carer.name) for each in holders if each.carer and not each.bars)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = Wanted(
                expires_on=form.expires_on.data,
                is_safe=form.safe,
                handed_over=form.handed_over.data,
                asks_birthday=form.asks_birthday.data,
                carer_id=form.carer_id.data,
                shows=form.parts,
            )
            return _made(patient_id, commands.make_own_door(actor, patient_id, wanted), wanted)
    shown = {"patient": patient, "banner": banner_for(patient), "holders": holders}
    return asked("mdt/own_door/make.html", form, **shown)


@own_door.post("/own-pages/<uuid:door_id>/end")
@guarded(GIVE)
def end(door_id: uuid.UUID) -> ResponseReturnValue:
    """Turn one link off."""
    patient_id = commands.take_back_own_door(current_actor(), door_id)
    return done("This link does not work any more.", url_for("own_door.show", patient_id=patient_id))


@own_door.post("/<uuid:patient_id>/own-page/stop")
@guarded(Permission.CONTRIBUTE)
def stop(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Turn off every link to somebody's page at once."""
    commands.stop_own_doors(current_actor(), patient_id)
    sentence = (
        "Their own page is turned off. Nobody can make a link until a coordinator says that it is safe."
    )
    return done(sentence, url_for("story.show", patient_id=patient_id))


@own_door.route("/<uuid:patient_id>/own-page/lift", methods=["GET", "POST"])
@guarded(GIVE)
def lift(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Let links be made again."""
    actor, form = current_actor(), LiftForm()
    patient = access_to_doors(actor, patient_id)
    then = url_for("own_door.show", patient_id=patient_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.lift_stop(actor, patient_id, form.why.data or "")
            return done("Links can be made again. Those that were turned off stay so.", then)
    return asked("mdt/own_door/lift.html", form, patient=patient, banner=banner_for(patient), then=then)


@own_door.post("/own-pages/notes/<uuid:note_id>/read")
@guarded(GIVE)
def read(note_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that a coordinator has read what somebody did at their door."""
    patient_id = commands.read_own_note(current_actor(), note_id)
    return done("Kept as read.", url_for("own_door.show", patient_id=patient_id))


@own_door.app_template_global()
def own_page_of(patient_id: uuid.UUID) -> OwnPage:
    """Return what the banner of a person says of their own page."""
    actor = current_actor()
    is_open = actor.may_somewhere(Permission.CONTRIBUTE) and works_somewhere(patient_id)
    return OwnPage(is_open, actor.may(GIVE))


def _made(patient_id: uuid.UUID, token: str, wanted: Wanted) -> ResponseReturnValue:
    link = address_of("own_page.enter", token=token)
    side, squares = qr_path(link)
    return render_template(
        "mdt/own_door/made.html",
        patient_id=patient_id,
        link=link,
        side=side,
        squares=squares,
        wanted=wanted,
        head=letter_head(),
    )

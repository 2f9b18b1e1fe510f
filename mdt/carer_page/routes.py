"""The page of a carer, what is put down there, and whom a coordinator owes something."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.actions.wording import state_tag
from mdt.carer_page.queries import carer_seen, carers_due_for, councils_for
from mdt.carers import commands
from mdt.carers.commands import CarerWords
from mdt.carers.forms import AgreementForm, AssessmentForm, SaidForm
from mdt.carers.rules import AgreementScope
from mdt.carers.wording import duty_said
from mdt.sharing.queries import access_to_change
from mdt.story.queries import banner_for, get_carer
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices

carer_page = Blueprint("carer_page", __name__, url_prefix="/carers")

TELL = Permission.CONTRIBUTE


def page_of(carer_id: uuid.UUID) -> str:
    return url_for("carer_page.show", carer_id=carer_id)


@carer_page.get("")
@guarded(Permission.BUILD_LISTS)
def index() -> ResponseReturnValue:
    """Show to which carers something is owed."""
    due = carers_due_for(current_actor())
    return render_template("mdt/carer_page/index.html", due=due, duty_said=duty_said)


@carer_page.get("/<uuid:carer_id>")
@guarded(TELL)
def show(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Show a carer in their own right."""
    actor = current_actor()
    seen = carer_seen(actor, carer_id)
    commands.note_carer_opened(actor, carer_id)
    return render_template(
        "mdt/carer_page/show.html",
        seen=seen,
        carer=seen.carer,
        banner=banner_for(seen.access.patient),
        duty_said=duty_said,
        scopes=AgreementScope,
        tag_of=state_tag,
        today=today(),
    )


@carer_page.route("/<uuid:carer_id>/words", methods=["GET", "POST"])
@guarded(TELL)
def say(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Put down what a carer said of themselves."""
    form = SaidForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            words = CarerWords(
                form.kind.data,
                form.words.data,
                form.heard_on.data,
                form.strain.data,
                form.is_confidential.data,
            )
            said_id = commands.note_carer_said(current_actor(), carer_id, words)
            undo = undo_by("carer_page.end_words", said_id=said_id)
            return done("Their words are kept.", page_of(carer_id), undo)
    return _asked("mdt/carer_page/say.html", form, carer_id)


@carer_page.post("/words/<uuid:said_id>/end")
@guarded(TELL)
def end_words(said_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that what a carer said holds no more."""
    carer_id = commands.end_carer_said(current_actor(), said_id)
    undo = undo_by("carer_page.restore_words", said_id=said_id)
    return done("Kept as true no more.", page_of(carer_id), undo)


@carer_page.post("/words/<uuid:said_id>/restore")
@guarded(TELL)
def restore_words(said_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that what a carer said holds no more."""
    return done("It holds again.", page_of(commands.restore_carer_said(current_actor(), said_id)))


@carer_page.route("/<uuid:carer_id>/agreement", methods=["GET", "POST"])
@guarded(TELL)
def agree(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Put down what a carer agrees to about themselves."""
    form = AgreementForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.note_agreement(
                current_actor(),
                carer_id,
                form.scope.data,
                agrees=form.agrees.data == "yes",
                how=form.how.data,
                on_day=form.on_day.data,
            )
            return done("Kept what they said. What they said before stays on record.", page_of(carer_id))
    return _asked("mdt/carer_page/agree.html", form, carer_id)


@carer_page.route("/<uuid:carer_id>/assessment", methods=["GET", "POST"])
@guarded(TELL)
def assess(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Put down how a carer's own assessment goes."""
    actor = current_actor()
    form = AssessmentForm()
    form.offer(get_carer(carer_id).assessment)
    councils = row_choices(((one.id, one.name) for one in councils_for(actor)), empty="Not said yet")
    form.organisation_id.choices = councils
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.note_assessment(
                actor,
                carer_id,
                form.state.data,
                on_day=form.on_day.data,
                organisation_id=form.organisation_id.data,
                note=form.note.data,
            )
            return done("Kept as the next step.", page_of(carer_id))
    return _asked("mdt/carer_page/assess.html", form, carer_id)


def _asked(
    template: str, form: SaidForm | AgreementForm | AssessmentForm, carer_id: uuid.UUID
) -> ResponseReturnValue:
    carer = get_carer(carer_id)
    patient = access_to_change(current_actor(), carer.patient_id).patient
    return asked(template, form, carer=carer, banner=banner_for(patient))

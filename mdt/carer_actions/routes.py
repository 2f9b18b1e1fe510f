"""The pages of what carers are asked to do."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.carer_actions import commands
from mdt.carer_actions.forms import AskForm, ToldForm
from mdt.carer_actions.queries import asked_of, cases_to_ask_in, get_asked_for
from mdt.carer_actions.rules import CarerAnswer
from mdt.letters.queries import letter_head
from mdt.sharing.queries import access_to_change
from mdt.story.queries import banner_for, get_carer
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices

carer_actions = Blueprint("carer_actions", __name__, url_prefix="/carers")


def page_of(carer_id: uuid.UUID) -> str:
    return url_for("carer_page.show", carer_id=carer_id)


@carer_actions.route("/<uuid:carer_id>/ask", methods=["GET", "POST"])
@guarded(Permission.ACT)
def ask(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Ask a carer to do something."""
    actor = current_actor()
    carer = get_carer(carer_id)
    access = access_to_change(actor, carer.patient_id)
    form = AskForm()
    form.case_id.choices = row_choices((case.id, case.ref) for case in cases_to_ask_in(access))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.ask_carer(actor, form.case_id.data, carer_id, form.words.data, form.due_on.data)
            return done("Kept. It binds nobody before they agree: ask them.", page_of(carer_id))
    return asked("mdt/carer_actions/ask.html", form, carer=carer, banner=banner_for(access.patient))


@carer_actions.post("/actions/<uuid:asked_id>/agreed")
@guarded(Permission.ACT)
def agreed(asked_id: uuid.UUID) -> ResponseReturnValue:
    """Put down that a carer agreed."""
    carer_id = commands.answer_for_carer(current_actor(), asked_id, CarerAnswer.AGREED)
    return done("They agreed. Tell them what was agreed, by letter or otherwise.", page_of(carer_id))


@carer_actions.post("/actions/<uuid:asked_id>/declined")
@guarded(Permission.ACT)
def declined(asked_id: uuid.UUID) -> ResponseReturnValue:
    """Put down that a carer does not want to, or no more."""
    carer_id = commands.answer_for_carer(current_actor(), asked_id, CarerAnswer.DECLINED)
    return done("They do not want to. Nothing is expected of them.", page_of(carer_id))


@carer_actions.route("/actions/<uuid:asked_id>/told", methods=["GET", "POST"])
@guarded(Permission.ACT)
def told(asked_id: uuid.UUID) -> ResponseReturnValue:
    """Keep how a carer was told of what they agreed to."""
    actor = current_actor()
    row = get_asked_for(actor, asked_id)
    form = ToldForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.tell_carer(actor, asked_id, form.how.data, form.told_on.data)
            return done("Kept how they were told.", page_of(row.carer_id))
    banner = banner_for(access_to_change(actor, row.patient_id).patient)
    return asked("mdt/carer_actions/told.html", form, row=row, banner=banner)


@carer_actions.get("/<uuid:carer_id>/letter")
@guarded(Permission.CONTRIBUTE)
def letter(carer_id: uuid.UUID) -> ResponseReturnValue:
    """Show what a carer agreed to as it goes on paper, and keep that somebody printed it."""
    actor = current_actor()
    carer = get_carer(carer_id)
    rows = asked_of(actor, carer_id)
    commands.note_printed_for_carer(actor, carer_id)
    return render_template(
        "mdt/carer_actions/letter.html",
        carer=carer,
        actions=[row.action for row in rows if row.answer is CarerAnswer.AGREED],
        head=letter_head(),
        by=actor.name,
        today=today(),
    )

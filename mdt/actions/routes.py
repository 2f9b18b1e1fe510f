"""The pages of actions: one's own, one on its own, everybody's, and a new one."""

import uuid
from datetime import timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.actions import commands
from mdt.actions.forms import CancelForm, DueForm, HandOverForm, NewActionForm, UndoneForm
from mdt.actions.queries import (
    ActionSeen,
    actions_for,
    all_to_do_for,
    ended_lately_for,
    get_action_for,
    handed_on,
    may_be_asked,
    owners_for,
)
from mdt.actions.rules import TO_DO, NotDone
from mdt.actions.wording import state_tag
from mdt.cases.commands import note_case_opened
from mdt.cases.queries import get_case_for
from mdt.sharing.wording import why_said
from mdt.story.queries import banner_for, banners_for, statements_of
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.shown import note_shown

actions = Blueprint("actions", __name__, url_prefix="/actions")

ACT = Permission.ACT
ON_CARD = 5
SOON = timedelta(days=7)


@actions.get("")
@guarded(ACT)
def mine() -> ResponseReturnValue:
    """Show what one has to do, what one's organisations are asked, and what was answered lately."""
    actor = current_actor()
    found = actions_for(actor)
    return render_template(
        "mdt/actions/mine.html",
        own=[seen for seen in found if seen.action.owner_id],
        asked=[seen for seen in found if not seen.action.owner_id],
        ended=ended_lately_for(actor),
        coordinates=actor.may(ACT),
        banner_of=banners_for(seen.access.patient for seen in found),
        **_shown(),
    )


@actions.get("/all")
@guarded(Permission.BUILD_LISTS)
def everybody() -> ResponseReturnValue:
    """Show what everybody has to do, to those who chase it."""
    found = all_to_do_for(current_actor())
    only_late = "late" in request.args
    shown = [seen for seen in found if not only_late or seen.action.due_on < today()]
    note_shown(seen.access.patient.id for seen in shown)
    return render_template(
        "mdt/actions/everybody.html", found=shown, number=len(found), only_late=only_late, **_shown()
    )


@actions.get("/<uuid:action_id>")
@guarded(ACT)
def show(action_id: uuid.UUID) -> ResponseReturnValue:
    """Show an action with whom it is for, how to reach them, and in their words what matters."""
    actor = current_actor()
    seen = get_action_for(actor, action_id)
    note_case_opened(actor, seen.action.case_id)
    patient = seen.access.patient
    return render_template(
        "mdt/actions/show.html",
        seen=seen,
        patient=patient,
        statements=statements_of(patient.id),
        why=why_said(seen.access),
        handed_on=handed_on(seen.action),
        coordinates=actor.may(ACT),
        is_to_do=seen.action.state in TO_DO,
        **_shown(),
    )


@actions.post("/<uuid:action_id>/done")
@guarded(ACT)
def finish(action_id: uuid.UUID) -> ResponseReturnValue:
    """Say that it is done."""
    commands.finish_action(current_actor(), action_id, request.form.get("note", ""))
    return done("Done.", _then(action_id), undo_by("actions.reopen", ("then", _word()), action_id=action_id))


@actions.route("/<uuid:action_id>/not-done", methods=["GET", "POST"])
@guarded(ACT)
def leave_undone(action_id: uuid.UUID) -> ResponseReturnValue:
    """Say that it was not done, and why."""
    actor = current_actor()
    seen = get_action_for(actor, action_id)
    form = UndoneForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.leave_undone(actor, action_id, form.reason.data, form.note.data)
            undo = undo_by("actions.reopen", ("then", _word()), action_id=action_id)
            return done(f"Not done: {form.reason.data.label.lower()}.", _then(action_id), undo)
    return asked("mdt/actions/leave_undone.html", form, seen=seen, **_shown())


@actions.post("/<uuid:action_id>/again")
@guarded(ACT)
def reopen(action_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that it is done, or was not."""
    commands.reopen_action(current_actor(), action_id)
    return done("It is open again.", _then(action_id))


@actions.post("/<uuid:action_id>/accept")
@guarded(ACT)
def accept(action_id: uuid.UUID) -> ResponseReturnValue:
    """Take it on."""
    commands.accept_action(current_actor(), action_id)
    return done("You have taken it on.", _then(action_id), undo_by("actions.give_back", action_id=action_id))


@actions.post("/<uuid:action_id>/give-back")
@guarded(ACT)
def give_back(action_id: uuid.UUID) -> ResponseReturnValue:
    """Give it back to the organisation that was asked."""
    commands.give_back_action(current_actor(), action_id)
    return done("Given back: whoever of your organisation is free can take it on.", url_for("actions.mine"))


@actions.route("/<uuid:action_id>/hand-over", methods=["GET", "POST"])
@guarded(ACT)
def hand_over(action_id: uuid.UUID) -> ResponseReturnValue:
    """Hand it over to somebody else."""
    actor = current_actor()
    seen = get_action_for(actor, action_id)
    form = HandOverForm()
    owned = (seen.action.owner_id, seen.action.organisation_id)
    owners = owners_for(actor, None, seen.action.case_id)
    form.offer(one for one in owners if (one.account_id, one.organisation_id) != owned)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.hand_over(actor, action_id, note=form.note.data, **form.owner)
            return done("Handed over: they see it among their actions.", _then(action_id))
    return asked("mdt/actions/hand_over.html", form, seen=seen, **_shown())


@actions.route("/<uuid:action_id>/due", methods=["GET", "POST"])
@guarded(ACT)
def change_due(action_id: uuid.UUID) -> ResponseReturnValue:
    """Agree on another day."""
    actor = current_actor()
    seen = get_action_for(actor, action_id)
    form = DueForm(obj=seen.action)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_due(actor, action_id, form.due_on.data)
            return done("The new day is kept.", url_for("actions.show", action_id=action_id))
    return asked("mdt/actions/change_due.html", form, seen=seen, **_shown())


@actions.route("/<uuid:action_id>/cancel", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def cancel(action_id: uuid.UUID) -> ResponseReturnValue:
    """Stop what is no longer wanted."""
    actor = current_actor()
    seen = get_action_for(actor, action_id)
    form = CancelForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.cancel_action(actor, action_id, form.reason.data)
            return done("Cancelled. Its owner sees it no more.", _case(seen))
    return asked("mdt/actions/cancel.html", form, seen=seen, **_shown())


@actions.route("/new/<uuid:case_id>", methods=["GET", "POST"])
@guarded(ACT)
def add(case_id: uuid.UUID) -> ResponseReturnValue:
    """Agree on something outside a meeting."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = NewActionForm()
    form.offer(may_be_asked(actor, case_id))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_action(actor, case_id, form.words.data, form.due_on.data, **form.owner)
            return done("The action is kept.", url_for("folder.show", case_id=case_id))
    return asked("mdt/actions/add.html", form, case=seen.case, banner=banner_for(seen.access.patient))


def card(actor: Actor) -> str:
    """Draw the card of the first page: what is to be done next."""
    if not actor.may_somewhere(ACT):
        return ""
    found = actions_for(actor)
    if not found:
        return ""
    late = sum(seen.action.due_on < today() for seen in found)
    shown = found[:ON_CARD]
    note_shown(seen.access.patient.id for seen in shown)
    return render_template("mdt/actions/_card.html", found=shown, late=late, more=len(found), **_shown())


def _shown() -> dict[str, object]:
    return {
        "today": today(),
        "soon": today() + SOON,
        "tag_of": state_tag,
        "banner_for": banner_for,
        "reasons": list(NotDone),
    }


def _word() -> str:
    """Name the page from which an answer came."""
    return request.form.get("then", "")


def _then(action_id: uuid.UUID) -> str:
    """Go back to where the answer was given."""
    word = _word()
    if word == "one":
        return url_for("actions.show", action_id=action_id)
    return url_for({"all": "actions.everybody", "today": "today.show"}.get(word, "actions.mine"))


def _case(seen: ActionSeen) -> str:
    return url_for("folder.show", case_id=seen.action.case_id)

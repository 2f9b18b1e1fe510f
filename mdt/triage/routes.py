"""The coordinator's answer to a referral, on one page with all that it takes to give it."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from mdt.cases.commands import note_case_opened
from mdt.cases.queries import get_case_for, open_cases_of
from mdt.cases.rules import CaseState
from mdt.cases.wording import state_tag, urgency_tag, waited_said
from mdt.patients.rules import said_nhs_number
from mdt.referrals import commands
from mdt.referrals.commands import COORDINATES
from mdt.referrals.forms import AnswerForm
from mdt.referrals.queries import maybe_the_same, waiting_for_triage
from mdt.referrals.wording import ANSWERS
from mdt.sharing.queries import latest_sharing
from mdt.story.queries import banner_for, statements_of
from mdt.summaries.queries import to_check
from mdt.triage.forms import AcceptForm
from mdt.triage.queries import next_waiting
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.accounts.queries import colleagues_of
from network.plumbing.answers import done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import NotFound

triage = Blueprint("triage", __name__, url_prefix="/triage")

DO = {
    "return": commands.return_referral,
    "redirect": commands.redirect_referral,
    "decline": commands.decline_referral,
}


@triage.route("/<uuid:case_id>", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def accept(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show a referral with all that it takes to answer it; take it on."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = _accept_form(actor)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.accept_referral(
                actor,
                case_id,
                coordinator_id=form.coordinator_id.data,
                stream=form.stream.data,
                risks=tuple(form.risks.data or ()),
            )
            return _answered(actor, case_id, f"{seen.case.ref} is ready for a list.")
    return _shown(actor, case_id, form), 422 if form.is_submitted() else 200


@triage.route("/<uuid:case_id>/<answer>", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def answer(case_id: uuid.UUID, answer: str) -> ResponseReturnValue:
    """Return, redirect or decline a referral, with a reason."""
    actor = current_actor()
    if answer not in DO:
        raise NotFound
    form = AnswerForm()
    form.words.label.text = ANSWERS[answer].question
    if form.validate_on_submit():
        with refusals_shown_on(form):
            DO[answer](actor, case_id, form.words.data)
            return _answered(actor, case_id, ANSWERS[answer].said)
    return _shown(actor, case_id, form, answer), 422 if form.is_submitted() else 200


@triage.post("/<uuid:case_id>/back")
@guarded(Permission.BUILD_LISTS)
def take_back(case_id: uuid.UUID) -> ResponseReturnValue:
    """Take an answer back."""
    commands.take_back_answer(current_actor(), case_id)
    return done("Taken back: it waits for triage again.", url_for("triage.accept", case_id=case_id))


def card(actor: Actor) -> str:
    """Draw the card of the first page: which referrals wait for the coordinator."""
    waiting = waiting_for_triage(actor) if actor.may(Permission.BUILD_LISTS) else []
    return (
        render_template("mdt/triage/_card.html", waiting=waiting, today=today(), urgency_of=urgency_tag)
        if waiting
        else ""
    )


def _accept_form(actor: Actor) -> AcceptForm:
    form = AcceptForm()
    people = colleagues_of(actor, COORDINATES)
    form.coordinator_id.choices = row_choices((one.account_id, one.name) for one in people)
    if not form.is_submitted() and actor.account_id in {one.account_id for one in people}:
        form.coordinator_id.data = actor.account_id
    return form


def _shown(actor: Actor, case_id: uuid.UUID, form: FlaskForm, answer: str = "") -> str:
    if not form.is_submitted():
        note_case_opened(actor, case_id)
    seen = get_case_for(actor, case_id)
    case, patient = seen.case, seen.access.patient
    return render_template(
        "mdt/triage/accept.html",
        form=form,
        answer=answer,
        answers=ANSWERS,
        case=case,
        waits=case.state is CaseState.SUBMITTED,
        waited=waited_said((case.submitted_at or case.made_at).date(), today()),
        banner=banner_for(patient),
        practice=patient.practice,
        statements=statements_of(patient.id),
        sharing=latest_sharing(patient.id),
        noticed=to_check(case),
        known=maybe_the_same(actor, patient),
        others=[other for other in open_cases_of(patient.id) if other.id != case.id],
        said_number=said_nhs_number,
        tag_of=state_tag,
    )


def _answered(actor: Actor, case_id: uuid.UUID, sentence: str) -> ResponseReturnValue:
    following = next_waiting(actor, case_id)
    undo = undo_by("triage.take_back", case_id=case_id)
    if following is None:
        return done(f"{sentence} No other referral waits.", url_for("cases.index", show="ready"), undo)
    then = url_for("triage.accept", case_id=following.case.id)
    return done(f"{sentence} Next: {following.case.ref}.", then, undo)

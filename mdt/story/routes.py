"""The pages about a person: told once, needs, sharing."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.patients.queries import Match
from mdt.sharing.commands import record_sharing
from mdt.sharing.forms import BasisForm
from mdt.sharing.queries import (
    access_to,
    access_to_change,
    accesses,
    latest_sharing,
    matches_for,
    objections_told,
    told_of,
)
from mdt.sharing.wording import why_said
from mdt.story import commands
from mdt.story.forms import DeathForm, NeedForm, PatientForm, StatementForm
from mdt.story.queries import (
    banner_for,
    carers_of,
    get_statement,
    needs_of,
    statements_of,
)
from mdt.story.rules import is_to_be_asked_again
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.rate_limits import LOOK_UPS
from network.plumbing.refusals import Refusal
from network.plumbing.shown import note_shown
from network.vocabulary import OrganisationKind

story = Blueprint("story", __name__, url_prefix="/patients")

TELL = Permission.CONTRIBUTE


def page_of(patient_id: uuid.UUID) -> str:
    return url_for("story.show", patient_id=patient_id)


@story.route("/new", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def add() -> ResponseReturnValue:
    """Add somebody whom nobody has referred."""
    actor = current_actor()
    form = PatientForm()
    _offer_practices(form, actor)
    same: list[Match] = []
    if form.validate_on_submit():
        with refusals_shown_on(form):
            try:
                patient_id = commands.add_patient(
                    actor,
                    form.identity,
                    form.contact,
                    form.practice_id.data,
                    is_somebody_else="somebody_else" in request.form,
                )
                return done("Added: only those who coordinate care know of them yet.", page_of(patient_id))
            except Refusal:
                same = _looked_up(actor, form)
                raise
    is_certain = any(match.is_certain for match in same)
    return asked("mdt/story/add.html", form, same=same, is_certain=is_certain)


@story.post("/new/who")
@guarded(Permission.BUILD_LISTS)
@LOOK_UPS
def who() -> ResponseReturnValue:
    """Show, while it is typed, whether somebody known here may be meant."""
    return render_template("mdt/story/_same.html", same=_looked_up(current_actor(), PatientForm()))


@story.get("/<uuid:patient_id>")
@guarded(Permission.SEE_CASES)
def show(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Show a person: their words, needs, carers, and how their story is shared."""
    actor = current_actor()
    access = access_to(actor, patient_id)
    commands.note_opened(actor, patient_id)
    return render_template(
        "mdt/story/show.html",
        patient=access.patient,
        ethnicity=access.patient.ethnic_category,
        banner=banner_for(access.patient),
        statements=statements_of(patient_id),
        needs=needs_of(patient_id),
        carers=carers_of(patient_id),
        sharing=latest_sharing(patient_id),
        objections=objections_told(access),
        told=told_of(patient_id),
        why=why_said(access),
        is_clinical=access.standing.is_clinical,
        may_tell=actor.may_somewhere(TELL),
        may_see_sharing=actor.may(Permission.SEE_SHARING),
        may_give_copies=actor.may(Permission.GIVE_COPIES),
        ask_again=is_to_be_asked_again,
        today=today(),
        case_id=request.args.get("case", type=uuid.UUID),
    )


@story.route("/<uuid:patient_id>/change", methods=["GET", "POST"])
@guarded(TELL)
def change(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Correct who somebody is and how to reach them."""
    actor = current_actor()
    patient = access_to_change(actor, patient_id).patient
    form = PatientForm(obj=patient)
    _offer_practices(form, actor)
    if not form.is_submitted():
        form.fill(patient)
    elif form.validate():
        with refusals_shown_on(form):
            commands.change_patient(
                actor,
                patient_id,
                form.identity,
                form.contact,
                form.practice_id.data,
                seen=request.form.get("seen", 0, type=int),
            )
            # Whoever corrects the practice may be of the one that the person has left.
            there = page_of(patient_id) if accesses(actor, [patient_id]) else url_for("cases.index")
            return done("Saved.", there)
    return asked("mdt/story/change.html", form, banner=banner_for(patient), patient=patient)


@story.route("/<uuid:patient_id>/words", methods=["GET", "POST"])
@guarded(TELL)
def tell(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Put down what somebody said, in their words."""
    actor = current_actor()
    patient = access_to(actor, patient_id).patient
    form = StatementForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            statement_id = commands.note_statement(actor, patient_id, form.heard(actor.name))
            undo = undo_by("story.end_words", statement_id=statement_id)
            return done("Their words are kept.", page_of(patient_id), undo)
    return asked("mdt/story/tell.html", form, banner=banner_for(patient), patient=patient)


@story.post("/words/<uuid:statement_id>/confirm")
@guarded(TELL)
def confirm_words(statement_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that somebody's words are still true; where the page asks for it, answer in place."""
    patient_id = commands.confirm_statement(current_actor(), statement_id)
    if "HX-Request" in request.headers:
        return render_template("mdt/story/said.html", statement=get_statement(statement_id))
    return done("Confirmed today.", page_of(patient_id))


@story.post("/words/<uuid:statement_id>/end")
@guarded(TELL)
def end_words(statement_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that somebody's words are true no more."""
    patient_id = commands.end_statement(current_actor(), statement_id)
    undo = undo_by("story.restore_words", statement_id=statement_id)
    return done("These words are kept as true no more.", page_of(patient_id), undo)


@story.post("/words/<uuid:statement_id>/restore")
@guarded(TELL)
def restore_words(statement_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that words are true no more."""
    return done("Their words hold again.", page_of(commands.restore_statement(current_actor(), statement_id)))


@story.route("/<uuid:patient_id>/needs", methods=["GET", "POST"])
@guarded(TELL)
def need(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Record a need."""
    actor = current_actor()
    patient = access_to(actor, patient_id).patient
    form = NeedForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            need_id = commands.record_need(actor, patient_id, form.kind.data, form.words.data)
            sentence = "Recorded. It is shown at the top of every page about this person."
            return done(sentence, page_of(patient_id), undo_by("story.end_need", need_id=need_id))
    return asked("mdt/story/need.html", form, banner=banner_for(patient), patient=patient)


@story.post("/needs/<uuid:need_id>/end")
@guarded(TELL)
def end_need(need_id: uuid.UUID) -> ResponseReturnValue:
    """End a need."""
    patient_id = commands.end_need(current_actor(), need_id)
    return done("Ended.", page_of(patient_id), undo_by("story.restore_need", need_id=need_id))


@story.post("/needs/<uuid:need_id>/restore")
@guarded(TELL)
def restore_need(need_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that a need has ended."""
    return done("It stands again.", page_of(commands.restore_need(current_actor(), need_id)))


@story.route("/<uuid:patient_id>/sharing", methods=["GET", "POST"])
@guarded(TELL)
def share(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Record how somebody was informed."""
    actor = current_actor()
    patient = access_to(actor, patient_id).patient
    form = BasisForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            record_sharing(
                actor,
                patient_id,
                form.basis.data,
                how=form.how.data,
                informed_by=form.informed_by.data,
                informed_on=form.informed_on.data,
            )
            return done("Recorded. What was recorded before stays.", page_of(patient_id))
    return asked("mdt/story/share.html", form, banner=banner_for(patient), patient=patient)


@story.route("/<uuid:patient_id>/death", methods=["GET", "POST"])
@guarded(TELL)
def death(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Record that somebody died."""
    actor = current_actor()
    patient = access_to_change(actor, patient_id).patient
    form = DeathForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.record_death(actor, patient_id, form.died_on.data)
            undo = undo_by("story.take_back_death", patient_id=patient_id)
            return done("Recorded. Letters and reviews stop.", page_of(patient_id), undo)
    return asked("mdt/story/death.html", form, banner=banner_for(patient), patient=patient)


@story.post("/<uuid:patient_id>/death/back")
@guarded(TELL)
def take_back_death(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that somebody died."""
    commands.take_back_death(current_actor(), patient_id)
    return done("Taken back.", page_of(patient_id))


def _looked_up(actor: Actor, form: PatientForm) -> list[Match]:
    found = matches_for(actor, *form.typed)
    note_shown(match.patient.id for match in found)
    return found


def _offer_practices(form: PatientForm, actor: Actor) -> None:
    practices = [one for one in organisations_for(actor) if one.kind is OrganisationKind.GP_PRACTICE]
    form.practice_id.choices = row_choices(((one.id, one.name) for one in practices), empty="Not Known")

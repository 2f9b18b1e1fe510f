"""The front door: referring somebody, and seeing where it stands."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import cases_known, get_own_referral, referrals_of
from mdt.cases.wording import state_tag
from mdt.patients.commands import MaybeKnown
from mdt.referrals import commands
from mdt.referrals.forms import AnswerForm, ReferForm
from mdt.referrals.queries import Known, drafts_of, get_known, known_to, own_under_way, refers_for
from mdt.story.queries import banner_for, statements_of
from mdt.summaries.queries import to_check
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done
from network.plumbing.arriving import LARGEST_TEXT, brings
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.rate_limits import LOOK_UPS
from network.plumbing.shown import note_shown
from network.vocabulary import OrganisationKind

referrals = Blueprint("referrals", __name__, url_prefix="/referrals")


@referrals.get("")
@guarded(Permission.REFER_CASES)
def index() -> ResponseReturnValue:
    """Show where one's own referrals stand."""
    actor = current_actor()
    cases = referrals_of(actor)
    known = cases_known(actor, cases)
    note_shown(seen.access.patient.id for seen in known.values())
    return render_template(
        "mdt/referrals/index.html", drafts=drafts_of(actor), cases=cases, known=known, tag_of=state_tag
    )


@referrals.route("/new", methods=["GET", "POST"])
@guarded(Permission.REFER_CASES)
@brings(LARGEST_TEXT)
def refer() -> ResponseReturnValue:
    """Refer somebody to the team, on one page: who they are is found or typed, the rest is kept meanwhile."""
    return front_door(current_actor(), ReferForm())


@referrals.post("/who")
@guarded(Permission.REFER_CASES)
@LOOK_UPS
@brings(LARGEST_TEXT)
def who() -> ResponseReturnValue:
    """Show, while it is typed, whether somebody known here may be meant."""
    actor = current_actor()
    return render_template(
        "mdt/referrals/_known.html", known=_looked_up(ReferForm(), actor), tag_of=state_tag
    )


@referrals.route("/<uuid:case_id>/again", methods=["GET", "POST"])
@guarded(Permission.REFER_CASES)
def again(case_id: uuid.UUID) -> ResponseReturnValue:
    """Answer the coordinator's question."""
    case = get_own_referral(current_actor(), case_id)
    form = AnswerForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.send_again(current_actor(), case_id, form.words.data)
            return done("Sent to the care coordinator again.", url_for("referrals.index"))
    return asked("mdt/referrals/again.html", form, case=case)


def front_door(
    actor: Actor, form: ReferForm, draft_id: uuid.UUID | None = None, chosen_id: uuid.UUID | None = None
) -> ResponseReturnValue:
    """Show the page on which somebody is referred, begun before or not, or send what was typed on it."""
    offer(form, actor)
    chosen = settle_who(form, actor, chosen_id)
    known: list[Known] = []
    if "organisation_id" not in request.form:
        known = [] if form.is_somebody_else.data else _looked_up(form, actor)
        return shown(form, chosen, known, draft_id), 200
    if form.validate_on_submit():
        with refusals_shown_on(form):
            try:
                return _sent(form, actor, draft_id)
            except MaybeKnown:
                known = _looked_up(form, actor)
                raise
    return shown(form, chosen, known, draft_id), 422


def card(actor: Actor) -> str:
    """Draw the card of the first page: where one's own referrals stand, questions to oneself first."""
    if not actor.may_somewhere(Permission.REFER_CASES):
        return ""
    return render_template(
        "mdt/referrals/_card.html", drafts=drafts_of(actor), cases=own_under_way(actor), tag_of=state_tag
    )


def offer(form: ReferForm, actor: Actor) -> None:
    """Offer the organisations for which somebody refers, and the practices."""
    organisations = organisations_for(actor)
    own = [one for one in organisations if one.id in refers_for(actor)]
    form.organisation_id.choices = row_choices((one.id, one.name) for one in own)
    practices = [one for one in organisations if one.kind is OrganisationKind.GP_PRACTICE]
    if len(own) == 1 and own[0] in practices:
        # A practice refers its own patients.
        form.practice_id.choices = row_choices([(own[0].id, own[0].name)])
        form.practice_id.data = own[0].id
    else:
        form.practice_id.choices = row_choices(((one.id, one.name) for one in practices), empty="Not Known")


def settle_who(form: ReferForm, actor: Actor, chosen_id: uuid.UUID | None = None) -> Known | None:
    """Take over who was chosen, now or in a draft, or that nobody known is meant."""
    if request.method == "POST":
        chosen_id = request.form.get("patient_id", type=uuid.UUID)
    chosen_id = request.values.get("chosen", type=uuid.UUID) or chosen_id
    if {"somebody_else", "not_them"} & set(request.form) or chosen_id is None:
        form.patient_id.data = ""
        if "somebody_else" in request.form:
            form.is_somebody_else.data = "y"
        return None
    chosen = get_known(actor, chosen_id)
    form.patient_id.data = str(chosen_id)
    form.choose()
    return chosen


def _looked_up(form: ReferForm, actor: Actor) -> list[Known]:
    if "family_name" not in form:
        return []
    names = (form.family_name.data or "", form.given_name.data or "")
    return known_to(actor, form.nhs_number.data or "", *names, form.born_on.data)


def shown(
    form: ReferForm, chosen: Known | None, known: list[Known], draft_id: uuid.UUID | None = None
) -> str:
    """Draw the front door's page."""
    return render_template(
        "mdt/referrals/refer.html",
        form=form,
        chosen=chosen,
        banner=banner_for(chosen.patient) if chosen else None,
        statements=statements_of(chosen.patient.id) if chosen else (),
        known=known,
        tag_of=state_tag,
        draft_id=draft_id,
    )


def _sent(form: ReferForm, actor: Actor, draft_id: uuid.UUID | None) -> ResponseReturnValue:
    case_id = commands.refer_patient(
        actor,
        form.identity,
        form.referral,
        organisation_id=form.organisation_id.data,
        practice_id=form.practice,
        is_somebody_else=bool(form.is_somebody_else.data),
        patient_id=form.chosen_id,
        draft_id=draft_id,
    )
    case = get_own_referral(actor, case_id)
    then = url_for("summaries.check", case_id=case_id) if to_check(case) else url_for("referrals.index")
    return done(f"Sent to the care coordinator as {case.ref}.", then)

"""The front door: referring somebody, seeing where it stands, and the coordinator's answer."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import get_case_for, get_own_referral, referrals_of
from mdt.cases.wording import state_tag
from mdt.referrals import commands
from mdt.referrals.commands import COORDINATES, MaybeKnown
from mdt.referrals.forms import AcceptForm, AnswerForm, ReferForm
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.accounts.queries import colleagues_of
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import NotFound
from network.vocabulary import OrganisationKind

referrals = Blueprint("referrals", __name__, url_prefix="/referrals")

ANSWERS = {
    "return": (commands.return_referral, "Return with a question", "The referrer is asked."),
    "redirect": (commands.redirect_referral, "Redirect", "The referrer sees where to turn."),
    "decline": (commands.decline_referral, "Decline", "The referrer sees why."),
}


@referrals.get("")
@guarded(Permission.REFER_CASES)
def index() -> ResponseReturnValue:
    """Show where one's own referrals stand."""
    return render_template("mdt/referrals/index.html", cases=referrals_of(current_actor()), tag_of=state_tag)


@referrals.route("/new", methods=["GET", "POST"])
@guarded(Permission.REFER_CASES)
def refer() -> ResponseReturnValue:
    """Refer somebody to the team, on one page."""
    actor = current_actor()
    form = _with_organisations(ReferForm(), actor)
    is_maybe_known = form.is_somebody_else.data
    if form.validate_on_submit():
        try:
            with refusals_shown_on(form):
                commands.refer_patient(
                    actor,
                    form.identity,
                    form.referral,
                    organisation_id=form.organisation_id.data,
                    practice_id=form.practice_id.data,
                    is_somebody_else=form.is_somebody_else.data,
                )
                return done("Sent to the care coordinator.", url_for("referrals.index"))
        except MaybeKnown:
            is_maybe_known = True
    return asked("mdt/referrals/refer.html", form, is_maybe_known=is_maybe_known)


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


@referrals.route("/<uuid:case_id>/accept", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def accept(case_id: uuid.UUID) -> ResponseReturnValue:
    """Take a referral on."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = AcceptForm()
    people = colleagues_of(actor, COORDINATES)
    form.coordinator_id.choices = row_choices((one.account_id, one.name) for one in people)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.accept_referral(
                actor,
                case_id,
                coordinator_id=form.coordinator_id.data,
                stream=form.stream.data,
                risks=tuple(form.risks.data or ()),
            )
            return done(f"{seen.case.ref} is ready for a list.", url_for("folder.show", case_id=case_id))
    return asked("mdt/referrals/accept.html", form, case=seen.case, banner=banner_for(seen.access.patient))


@referrals.route("/<uuid:case_id>/answer/<answer>", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def answer(case_id: uuid.UUID, answer: str) -> ResponseReturnValue:
    """Return, redirect or decline a referral, with a reason."""
    actor = current_actor()
    if answer not in ANSWERS:
        raise NotFound
    seen = get_case_for(actor, case_id)
    do, title, said = ANSWERS[answer]
    form = AnswerForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            do(actor, case_id, form.words.data)
            return done(said, url_for("cases.index", show="triage"))
    return asked(
        "mdt/referrals/answer.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        title=title,
        answer=answer,
    )


@referrals.route("/<uuid:case_id>/withdraw", methods=["GET", "POST"])
@guarded(Permission.REFER_CASES)
def withdraw(case_id: uuid.UUID) -> ResponseReturnValue:
    """Take a case back."""
    case = get_case_for(current_actor(), case_id).case
    form = AnswerForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.withdraw_case(current_actor(), case_id, form.words.data)
            return done(f"{case.ref} is withdrawn.", url_for("referrals.index"))
    return asked("mdt/referrals/withdraw.html", form, case=case)


def _with_organisations(form: ReferForm, actor: Actor) -> ReferForm:
    organisations = organisations_for(actor)
    own = {grant.organisation_id for grant in actor.grants}
    form.organisation_id.choices = row_choices((one.id, one.name) for one in organisations if one.id in own)
    practices = [one for one in organisations if one.kind is OrganisationKind.GP_PRACTICE]
    form.practice_id.choices = row_choices(((one.id, one.name) for one in practices), empty="Not Known")
    return form

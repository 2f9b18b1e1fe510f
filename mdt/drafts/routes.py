"""The pages of a referral that is kept for later: going on with it, keeping it again, throwing it away."""

import uuid
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.drafts.commands import keep_draft, throw_draft_away
from mdt.referrals.forms import ReferForm
from mdt.referrals.queries import Draft, get_draft_for
from mdt.referrals.routes import front_door, offer, settle_who, shown
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import done
from network.plumbing.arriving import LARGEST_TEXT, brings
from network.plumbing.fields import refusals_shown_on

drafts = Blueprint("drafts", __name__, url_prefix="/referrals/drafts")


@drafts.route("/<uuid:case_id>", methods=["GET", "POST"])
@guarded(Permission.REFER_CASES)
@brings(LARGEST_TEXT)
def go_on(case_id: uuid.UUID) -> ResponseReturnValue:
    """Go on with a referral where it was left, and send it."""
    actor = current_actor()
    draft = get_draft_for(actor, case_id)
    chosen_id = None if draft.is_typed else draft.case.patient_id
    return front_door(actor, ReferForm(data=_answers(draft)), case_id, chosen_id)


@drafts.post("")
@drafts.post("/<uuid:case_id>/keep")
@guarded(Permission.REFER_CASES)
@brings(LARGEST_TEXT)
def keep(case_id: uuid.UUID | None = None) -> ResponseReturnValue:
    """Keep what was typed so far, for the first time or again."""
    actor = current_actor()
    if case_id is not None:
        get_draft_for(actor, case_id)
    form = ReferForm()
    offer(form, actor)
    chosen = settle_who(form, actor)
    form.ease()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            keep_draft(
                actor,
                form.identity,
                form.referral,
                organisation_id=form.organisation_id.data,
                practice_id=form.practice,
                patient_id=form.chosen_id,
                draft_id=case_id,
            )
            return done("Kept for later: nobody but you sees it.", url_for("referrals.index"))
    return shown(form, chosen, [], case_id), 422


@drafts.get("/<uuid:case_id>/throw-away")
@guarded(Permission.REFER_CASES)
def throwing_away(case_id: uuid.UUID) -> ResponseReturnValue:
    """Ask whether a draft is to be thrown away."""
    return render_template("mdt/drafts/throwing_away.html", draft=get_draft_for(current_actor(), case_id))


@drafts.post("/<uuid:case_id>/throw-away")
@guarded(Permission.REFER_CASES)
def throw_away(case_id: uuid.UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    throw_draft_away(current_actor(), case_id)
    return done("Thrown away: nothing of it is left.", url_for("referrals.index"))


def _answers(draft: Draft) -> dict[str, Any]:
    """Return what was typed, by the names of the questions."""
    names = ("question", "wants", "why_not_asked", "urgency", "pasted", "basis", "how_informed")
    answers = {name: getattr(draft.case, name) for name in names}
    if draft.is_typed and draft.patient:
        who = ("family_name", "given_name", "born_on", "practice_id")
        answers |= {name: getattr(draft.patient, name) for name in who}
        answers["nhs_number"] = draft.patient.nhs_number or ""
    return answers

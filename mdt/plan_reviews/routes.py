"""The review of a plan: what was said, wanted and agreed, filled in already; what holds is agreed again."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.goals import wording as goal_wording
from mdt.goals.queries import goals_of
from mdt.outcomes import wording as outcome_wording
from mdt.outcomes.queries import answers_of, changes_shown
from mdt.plan_reviews.commands import note_review_opened
from mdt.plan_reviews.queries import ways_for
from mdt.plans.commands import agree_again
from mdt.plans.forms import AgreeForm
from mdt.plans.queries import case_to_show, current_plan, standing_version
from mdt.plans.routes import start_agreeing
from mdt.sharing.queries import access_to_change
from mdt.story.queries import banner_for, statements_of
from mdt.story.rules import is_to_be_asked_again
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on

plan_reviews = Blueprint("plan_reviews", __name__)


@plan_reviews.route("/patients/<uuid:patient_id>/plan/review", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def show(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Go through a plan with its person, and agree it again where it holds."""
    actor = current_actor()
    patient = access_to_change(actor, patient_id).patient
    form = AgreeForm()
    start_agreeing(form, actor, patient_id)
    plan = current_plan(patient_id)
    if not form.is_submitted():
        note_review_opened(actor, patient_id)
        form.agreed_with.data = plan.agreed_with if plan else ""
        form.how.data = plan.agreed_how if plan else None
    elif form.validate():
        with refusals_shown_on(form):
            agree_again(actor, patient_id, form.agreement, seen=form.seen.data or 0)
            there = url_for("plans.show", patient_id=patient_id)
            return done("Agreed again. The version before stays on record.", there)
    # Whoever sends again after a refusal has seen what it says.
    form.show_version(standing_version(patient_id))
    return asked(
        "mdt/plan_reviews/show.html",
        form,
        patient=patient,
        banner=banner_for(patient),
        plan=plan,
        statements=statements_of(patient_id),
        goals=goals_of(patient_id),
        goal_words=goal_wording,
        fares=changes_shown(answers_of(patient_id)),
        change_said=outcome_wording.change_said,
        case_id=case_to_show(actor, patient_id, None),
        ways=ways_for(actor, patient_id),
        ask_again=is_to_be_asked_again,
        today=today(),
    )

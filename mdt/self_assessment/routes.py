"""The pages of a team's yearly look at itself."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.self_assessment import commands, wording
from mdt.self_assessment.forms import AskForm, ImprovementForm, statements_form
from mdt.self_assessment.queries import (
    actions_of_assessment,
    assessments_for,
    get_assessment_for,
    means_before,
    questionnaire,
    results_for,
    series_to_ask,
    team_of_series,
    waiting_for_me,
)
from mdt.self_assessment.rules import FEWEST, HIGHEST
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices

self_assessment = Blueprint("self_assessment", __name__, url_prefix="/self-assessment")

TAKES_PART = Permission.CONTRIBUTE


@self_assessment.route("", methods=["GET", "POST"])
@guarded(TAKES_PART)
def index() -> ResponseReturnValue:
    """List the self-assessments of one's teams, and ask a team."""
    actor, form = current_actor(), AskForm()
    series = series_to_ask(actor)
    form.series_id.choices = row_choices((row.id, row.name) for row in series)
    if series and form.validate_on_submit():
        with refusals_shown_on(form):
            assessment_id = commands.ask_team(actor, form.series_id.data, form.closes_on.data)
            return done("The members are asked, on their first page.", _page(assessment_id))
    return asked(
        "mdt/self_assessment/index.html",
        form,
        assessments=assessments_for(actor),
        series=series,
        fewest=FEWEST,
    )


@self_assessment.route("/<uuid:assessment_id>", methods=["GET", "POST"])
@guarded(TAKES_PART)
def show(assessment_id: uuid.UUID) -> ResponseReturnValue:
    """Show the results, once they may be read, and what the team does about them."""
    actor, form = current_actor(), ImprovementForm()
    seen = get_assessment_for(actor, assessment_id)
    form.offer(questionnaire(), team_of_series(seen.row.series).items())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_improvement(
                actor,
                assessment_id,
                form.statement.data,
                form.words.data,
                form.owner_id.data,
                form.due_on.data,
            )
            return done("It is put down.", _page(assessment_id))
    return asked(
        "mdt/self_assessment/show.html",
        form,
        seen=seen,
        results=results_for(seen),
        before=means_before(seen),
        actions_agreed=actions_of_assessment(assessment_id),
        statements={each.name: each for each in questionnaire().statements},
        source=questionnaire().source,
        said=wording,
        fewest=FEWEST,
        highest=HIGHEST,
        me=actor.account_id,
        today=today(),
    )


@self_assessment.route("/<uuid:assessment_id>/answer", methods=["GET", "POST"])
@guarded(TAKES_PART)
def answer(assessment_id: uuid.UUID) -> ResponseReturnValue:
    """Ask one member, and keep what they answer apart from their name."""
    actor = current_actor()
    seen, form = get_assessment_for(actor, assessment_id), statements_form(questionnaire())
    require(seen.may_answer)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.answer_assessment(actor, assessment_id, form.sheet(questionnaire()))
            return done("Thank you. Your answers are kept without your name.", _page(assessment_id))
    return asked(
        "mdt/self_assessment/answer.html", form, seen=seen, questionnaire=questionnaire(), fewest=FEWEST
    )


@self_assessment.post("/<uuid:assessment_id>/close")
@guarded(TAKES_PART)
def close(assessment_id: uuid.UUID) -> ResponseReturnValue:
    """Take no more answers."""
    commands.close_assessment(current_actor(), assessment_id)
    return done("No more answers are taken.", _page(assessment_id))


@self_assessment.post("/actions/<uuid:action_id>/done")
@guarded(TAKES_PART)
def finish(action_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that the team did what it wanted to."""
    assessment_id = commands.finish_improvement(current_actor(), action_id)
    undo = undo_by("self_assessment.reopen", action_id=action_id)
    return done("Kept as done.", _page(assessment_id), undo)


@self_assessment.post("/actions/<uuid:action_id>/open")
@guarded(TAKES_PART)
def reopen(action_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that it was done."""
    return done("It is open again.", _page(commands.reopen_improvement(current_actor(), action_id)))


def card(actor: Actor) -> str:
    """Draw the card of the first page: what the member is asked of their own team."""
    if not actor.may_somewhere(TAKES_PART):
        return ""
    waiting = waiting_for_me(actor)
    return render_template("mdt/self_assessment/_card.html", waiting=waiting) if waiting else ""


def _page(assessment_id: uuid.UUID) -> str:
    return url_for("self_assessment.show", assessment_id=assessment_id)

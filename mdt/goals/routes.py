"""The pages of goals: one to put it down or word it anew, one to look at it, one to end it."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.goals import commands
from mdt.goals.forms import EndForm, GoalForm, ReviewForm
from mdt.goals.queries import goal_for
from mdt.goals.rules import GoalState
from mdt.sharing.queries import access_to
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on

goals = Blueprint("goals", __name__)

TELL = Permission.CONTRIBUTE


@goals.route("/patients/<uuid:patient_id>/goals", methods=["GET", "POST"])
@guarded(TELL)
def add(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Put down something the person wants to reach."""
    actor = current_actor()
    patient = access_to(actor, patient_id).patient
    form = GoalForm()
    if not form.is_submitted():
        form.said_by.data = f"{patient.given_name} {patient.family_name}"
    elif form.validate():
        with refusals_shown_on(form):
            commands.set_goal(actor, patient_id, form.details)
            return done("The goal is kept, in their words.", page_of(patient_id))
    return asked("mdt/goals/goal.html", form, banner=banner_for(patient), patient=patient, goal=None)


@goals.route("/goals/<uuid:goal_id>", methods=["GET", "POST"])
@guarded(TELL)
def change(goal_id: uuid.UUID) -> ResponseReturnValue:
    """Word a goal or its levels anew."""
    actor = current_actor()
    goal, access = goal_for(actor, goal_id)
    form = GoalForm()
    if not form.is_submitted():
        form.fill(goal.details, goal.version)
    elif form.validate():
        with refusals_shown_on(form):
            patient_id = commands.change_goal(actor, goal_id, form.details, seen=form.seen.data or 0)
            return done("Kept. How it was worded before stays on record.", page_of(patient_id))
    # Whoever sends again after a refusal has seen what it says.
    form.show_version(goal_for(actor, goal_id)[0].version)
    patient = access.patient
    return asked("mdt/goals/goal.html", form, banner=banner_for(patient), patient=patient, goal=goal)


@goals.route("/goals/<uuid:goal_id>/review", methods=["GET", "POST"])
@guarded(TELL)
def review(goal_id: uuid.UUID) -> ResponseReturnValue:
    """Say how far the goal is reached."""
    actor = current_actor()
    goal, access = goal_for(actor, goal_id)
    form = ReviewForm()
    form.describe(goal.details.levels)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            review_id = commands.review_goal(actor, goal_id, form.level.data, form.words.data, form.day.data)
            undo = undo_by("goals.take_back", review_id=review_id)
            return done("Kept.", page_of(access.patient.id), undo)
    patient = access.patient
    return asked("mdt/goals/review.html", form, banner=banner_for(patient), patient=patient, goal=goal)


@goals.post("/goals/reviews/<uuid:review_id>/take-back")
@guarded(TELL)
def take_back(review_id: uuid.UUID) -> ResponseReturnValue:
    """Take back how far a goal was said to be reached."""
    return done("Taken back.", page_of(commands.take_back_review(current_actor(), review_id)))


@goals.route("/goals/<uuid:goal_id>/end", methods=["GET", "POST"])
@guarded(TELL)
def end(goal_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that a goal is achieved, or not worked on any more."""
    actor = current_actor()
    goal, access = goal_for(actor, goal_id)
    form = EndForm()
    if not form.is_submitted() and goal.level is not None and goal.level >= 0:
        form.state.data = GoalState.ACHIEVED
    elif form.validate_on_submit():
        with refusals_shown_on(form):
            commands.end_goal(actor, goal_id, form.state.data, form.why.data)
            undo = undo_by("goals.resume", goal_id=goal_id)
            return done("Kept. It stays on record.", page_of(access.patient.id), undo)
    patient = access.patient
    return asked("mdt/goals/end.html", form, banner=banner_for(patient), patient=patient, goal=goal)


@goals.post("/goals/<uuid:goal_id>/resume")
@guarded(TELL)
def resume(goal_id: uuid.UUID) -> ResponseReturnValue:
    """Take up a goal again that was ended."""
    return done("It is worked on again.", page_of(commands.resume_goal(current_actor(), goal_id)))


def page_of(patient_id: uuid.UUID) -> str:
    return url_for("plans.show", patient_id=patient_id)

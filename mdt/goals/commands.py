"""Putting down what a person wants to reach, looking at how far they have come, and ending it."""

import uuid
from datetime import date

from sqlalchemy import select

from mdt.goals.queries import get_goal, get_review, goals_of, so_far
from mdt.goals.records import Goal, GoalReview, GoalWording
from mdt.goals.rules import (
    GOAL_MOVES,
    LONGEST_WORDS,
    MOST_GOALS,
    GoalDetails,
    GoalState,
    Level,
    wrong_with_goal,
    wrong_with_review,
)
from mdt.sharing.queries import access_to
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal


class ChangedMeanwhile(Refusal):
    """Somebody else changed the goal since it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has just changed this goal. Look at what stands there now, then change it."
        )


class Over(Refusal):
    """The goal, or the person's life, has come to an end."""


@command
def set_goal(actor: Actor, patient_id: uuid.UUID, details: GoalDetails) -> uuid.UUID:
    """Put down something a person wants to reach."""
    _require_living(actor, patient_id)
    if wrong := wrong_with_goal(details):
        raise Invalid(wrong)
    if len(goals_of(patient_id)) >= MOST_GOALS:
        raise Invalid(f"End a goal first: {MOST_GOALS} at a time are as many as anybody can work on.")
    goal = Goal(patient_id=patient_id, set_on=today())
    db.session.add(goal)
    db.session.flush()
    _word(actor, goal, details, 1)
    record(actor, "set_goal", "patient", patient_id, goal=str(goal.id))
    return goal.id


@command
def change_goal(actor: Actor, goal_id: uuid.UUID, details: GoalDetails, *, seen: int) -> uuid.UUID:
    """Word a goal or its levels anew; how it was worded before stays, and agreed plans keep to it."""
    goal = _goal_to_change(actor, goal_id)
    if goal.row_version != seen:
        raise ChangedMeanwhile
    if wrong := wrong_with_goal(details):
        raise Invalid(wrong)
    if goal.wording.details != details:
        _word(actor, goal, details, goal.wording.version + 1)
        # Whoever looked at the goal before this looked at other words.
        goal.row_version += 1
        db.session.flush()
        db.session.refresh(goal, ["wordings"])
    record(actor, "change_goal", "patient", goal.patient_id, goal=str(goal.id))
    return goal.patient_id


@command
def review_goal(actor: Actor, goal_id: uuid.UUID, level: Level, words: str, day: date) -> uuid.UUID:
    """Keep how far a goal was reached on a day, and what is to be said of it."""
    goal = _goal_to_change(actor, goal_id)
    course = so_far(goal)
    if not course.details.is_scaled:
        raise Invalid("Describe the five levels of this goal first: how would one see where they are?")
    if wrong := wrong_with_review(day, goal.set_on, course.reached, today()):
        raise Invalid(wrong)
    if len(words) > LONGEST_WORDS:
        raise Invalid(f"Shorten what is to be said to {LONGEST_WORDS} characters.")
    review = GoalReview(
        goal_id=goal.id,
        wording_id=goal.wording.id,
        level=level.number,
        words=words.strip(),
        reviewed_on=day,
        reviewed_by=actor.name,
        noted_at=now(),
    )
    db.session.add(review)
    db.session.flush()
    db.session.refresh(goal, ["reviews"])
    record(actor, "review_goal", "patient", goal.patient_id, goal=str(goal.id), review=str(review.id))
    return review.id


@command
def take_back_review(actor: Actor, review_id: uuid.UUID) -> uuid.UUID:
    """Take back how far a goal was said to be reached; that it was said stays on record."""
    review = get_review(review_id)
    goal = _goal_to_change(actor, review.goal_id)
    review.taken_back_at, review.taken_back_by = now(), actor.name
    db.session.flush()
    record(actor, "take_back_review", "patient", goal.patient_id, goal=str(goal.id), review=str(review.id))
    return goal.patient_id


@command
def end_goal(actor: Actor, goal_id: uuid.UUID, state: GoalState, why: str = "") -> uuid.UUID:
    """Keep that a goal is achieved, or is not worked on any more, and why."""
    goal = _locked(actor, goal_id)
    if state not in GOAL_MOVES[goal.state]:
        raise Over(f"This goal is {goal.state.label.lower()} already.")
    if state is GoalState.ENDED and not why.strip():
        raise Invalid("Enter why the person does not work on this any more.")
    if len(why) > LONGEST_WORDS:
        raise Invalid(f"Shorten the reason to {LONGEST_WORDS} characters.")
    goal.state, goal.ended_on, goal.ended_by, goal.ended_why = state, today(), actor.name, why.strip()
    record(actor, "end_goal", "patient", goal.patient_id, goal=str(goal.id), state=state.value)
    return goal.patient_id


@command
def resume_goal(actor: Actor, goal_id: uuid.UUID) -> uuid.UUID:
    """Work on a goal again that was ended."""
    goal = _locked(actor, goal_id)
    if GoalState.ACTIVE not in GOAL_MOVES[goal.state]:
        raise Over("This goal is being worked on already.")
    _require_living(actor, goal.patient_id)
    goal.state, goal.ended_on, goal.ended_by, goal.ended_why = GoalState.ACTIVE, None, "", ""
    record(actor, "resume_goal", "patient", goal.patient_id, goal=str(goal.id))
    return goal.patient_id


def _word(actor: Actor, goal: Goal, details: GoalDetails, version: int) -> None:
    much_less, less, expected, more, much_more = details.levels
    wording = GoalWording(
        goal_id=goal.id,
        version=version,
        words=details.words.strip(),
        said_by=details.said_by.strip(),
        measure=details.measure.strip(),
        much_less=much_less,
        less=less,
        expected=expected,
        more=more,
        much_more=much_more,
        baseline=details.baseline,
        importance=details.importance,
        difficulty=details.difficulty,
        written_by=actor.name,
        written_at=now(),
    )
    db.session.add(wording)
    db.session.flush()


def _goal_to_change(actor: Actor, goal_id: uuid.UUID) -> Goal:
    goal = _locked(actor, goal_id)
    _require_living(actor, goal.patient_id)
    if goal.state is not GoalState.ACTIVE:
        raise Over(f"This goal is {goal.state.label.lower()}: take it up again first.")
    return goal


def _locked(actor: Actor, goal_id: uuid.UUID) -> Goal:
    goal = get_goal(goal_id)
    access_to(actor, goal.patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    locked = select(Goal).where(Goal.id == goal_id).with_for_update()
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def _require_living(actor: Actor, patient_id: uuid.UUID) -> None:
    access = access_to(actor, patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    if access.patient.died_on is not None:
        raise Over("This person has died: nothing is planned for them any more.")

"""What people want to reach, and how far they have come; whoever calls has asked for access before."""

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mdt.goals.records import Goal, GoalReview
from mdt.goals.rules import GoalSoFar, GoalState, Reached
from mdt.sharing.queries import Access, access_to
from network.access.rules import Actor
from network.plumbing.database import db
from network.plumbing.refusals import NotFound


def goals_of(
    patient_id: uuid.UUID, states: Collection[GoalState] = (GoalState.ACTIVE,)
) -> tuple[GoalSoFar, ...]:
    """Return the goals of somebody, in the order in which they were set."""
    return goals_of_all([patient_id], states).get(patient_id, ())


def goals_of_all(
    patient_ids: Collection[uuid.UUID], states: Collection[GoalState] = (GoalState.ACTIVE,)
) -> dict[uuid.UUID, tuple[GoalSoFar, ...]]:
    """Return the goals of some people, those of each in the order in which they were set."""
    rows = db.session.scalars(
        select(Goal)
        .where(Goal.patient_id.in_(patient_ids), Goal.state.in_(states))
        .options(selectinload(Goal.wordings), selectinload(Goal.reviews))
        .order_by(Goal.set_on, Goal.id)
    )
    found: dict[uuid.UUID, tuple[GoalSoFar, ...]] = {}
    for row in rows:
        found[row.patient_id] = (*found.get(row.patient_id, ()), so_far(row))
    return found


def get_goal(goal_id: uuid.UUID) -> Goal:
    """Return a goal."""
    goal = db.session.get(Goal, goal_id)
    if goal is None:
        raise NotFound
    return goal


def goal_for(viewer: Actor, goal_id: uuid.UUID) -> tuple[GoalSoFar, Access]:
    """Return a goal, and the access to the person whose it is."""
    goal = get_goal(goal_id)
    return so_far(goal), access_to(viewer, goal.patient_id)


def get_review(review_id: uuid.UUID) -> GoalReview:
    """Return a review of a goal that was not taken back."""
    review = db.session.get(GoalReview, review_id)
    if review is None or review.taken_back_at is not None:
        raise NotFound
    return review


def so_far(goal: Goal) -> GoalSoFar:
    """Read a goal as the rules take it."""
    details = goal.wording.details
    alike = {each.id for each in goal.wordings if each.details.levels == details.levels}
    standing = [each for each in goal.reviews if each.taken_back_at is None]
    return GoalSoFar(
        goal_id=goal.id,
        details=details,
        set_on=goal.set_on,
        reached=_reached(each for each in standing if each.wording_id in alike),
        state=goal.state,
        version=goal.row_version,
        earlier=_reached(each for each in standing if each.wording_id not in alike),
        ended_on=goal.ended_on,
        ended_why=goal.ended_why,
    )


def _reached(reviews: Iterable[GoalReview]) -> tuple[Reached, ...]:
    return tuple(
        Reached(each.reviewed_on, each.level, each.reviewed_by, each.words, each.id) for each in reviews
    )

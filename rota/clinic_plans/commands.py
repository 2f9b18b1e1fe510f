"""What a worker reports of looking for proposals."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import MOVES, PlanState, Proposal


@command
def look_for_plan(actor: Actor, plan_id: uuid.UUID) -> None:
    """Note that a worker looks for proposals, for the first time or again."""
    plan = _of_worker(actor, plan_id)
    move_plan(plan, PlanState.LOOKING)
    record(actor, "look_for_plan", "clinic_plan", plan.id)


@command
def keep_proposals(actor: Actor, plan_id: uuid.UUID, found: Sequence[Proposal]) -> None:
    """Keep what was found, ready to be chosen from."""
    plan = _of_worker(actor, plan_id)
    move_plan(plan, PlanState.READY)
    plan.proposals, plan.ended_at = {"found": [each.kept for each in found]}, now()
    record(actor, "keep_proposals", "clinic_plan", plan.id, found=len(found))


@command
def give_up_plan(actor: Actor, plan_id: uuid.UUID, said: str) -> None:
    """Say why nothing was found."""
    plan = _of_worker(actor, plan_id)
    move_plan(plan, PlanState.FAILED)
    plan.said, plan.ended_at = said, now()
    record(actor, "give_up_plan", "clinic_plan", plan.id)


def take_plan_row(plan_id: uuid.UUID) -> ClinicPlan:
    """Return a plan, and keep it from others until the end."""
    plan = db.session.scalars(
        select(ClinicPlan)
        .where(ClinicPlan.id == plan_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if plan is None:
        raise NotFound
    return plan


def move_plan(plan: ClinicPlan, to: PlanState) -> None:
    """Move a plan to another state, where the table of moves has it."""
    if to not in MOVES[plan.state]:
        raise Refusal(f"This plan is {plan.state.label.lower()}. Load the page again to see how it stands.")
    plan.state = to


def _of_worker(actor: Actor, plan_id: uuid.UUID) -> ClinicPlan:
    if not actor.is_system:
        raise NotAllowed
    return take_plan_row(plan_id)

"""Looking for three proposals in a worker: safe to run twice, and nothing is changed but the plan itself."""

import logging
import uuid

from sqlalchemy.exc import OperationalError

from network.access.rules import SYSTEM
from network.plumbing import queue
from network.plumbing.database import db
from network.plumbing.queue import Queue, task
from network.plumbing.refusals import Refusal
from rota.clinic_plans.commands import give_up_plan, keep_proposals, look_for_plan
from rota.clinic_plans.queries import asked_by
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import AT_WORK, Figures, Proposal
from rota.clinic_plans.wording import BROKE, NOTHING, titles_of
from rota.jobs.tasks import alone_with
from rota.solver.limits import Limits
from rota.solver.staff_rota import proposals

# Whoever plans waits for this with the page open.
LIMITS = Limits(seconds=16.0)

log = logging.getLogger(__name__)


@task("rota.propose_clinics", Queue.SOLVES)
def find_proposals(network_id: uuid.UUID | None, plan_id: str | uuid.UUID) -> None:
    """Find three ways to hold a clinic; does nothing where the plan has its answer."""
    plan_id = uuid.UUID(str(plan_id))
    with alone_with(plan_id) as is_alone:
        if _has_answer(plan_id):
            return
        if not is_alone:
            raise queue.NotYet
        look_for_plan(SYSTEM, plan_id)
        try:
            found = _found(plan_id)
        except OperationalError:
            # The queue tries again once the database is back.
            raise
        except Exception as error:
            db.session.rollback()
            log.exception("no proposals", extra={"plan": str(plan_id)})
            give_up_plan(SYSTEM, plan_id, error.sentence if isinstance(error, Refusal) else BROKE)
            return
        if found:
            keep_proposals(SYSTEM, plan_id, found)
        else:
            give_up_plan(SYSTEM, plan_id, NOTHING)


@queue.given_up(find_proposals)
def tell_asker(network_id: uuid.UUID | None, plan_id: str | uuid.UUID) -> None:
    """End a plan whose workers died again and again."""
    plan_id = uuid.UUID(str(plan_id))
    if not _has_answer(plan_id):
        give_up_plan(SYSTEM, plan_id, BROKE)


def _has_answer(plan_id: uuid.UUID) -> bool:
    plan = db.session.get_one(ClinicPlan, plan_id, populate_existing=True)
    return plan.state not in AT_WORK


def _found(plan_id: uuid.UUID) -> list[Proposal]:
    asked = asked_by(db.session.get_one(ClinicPlan, plan_id))
    if not asked.places:
        return []
    # The search takes its time; no transaction stays open behind it.
    db.session.commit()
    found = proposals.propose(asked.problem, LIMITS, plan=asked.plan)
    figures = [_figures(each.figures) for each in found]
    titles = titles_of([(each.aim, own) for each, own in zip(found, figures, strict=True)])
    return [
        Proposal(title, asked.sittings_of(each.plan), own)
        for title, each, own in zip(titles, found, figures, strict=True)
    ]


def _figures(found: proposals.Figures) -> Figures:
    return Figures(
        served=found.served,
        waiting=found.wanted,
        backfill=found.backfill,
        rooms=found.rooms,
        travel=round(found.travel_minutes) if found.served else None,
    )

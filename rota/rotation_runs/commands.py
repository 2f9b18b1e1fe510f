"""Filling a plan of rotations in the background, and what becomes of the answer."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network
from network.plumbing.queue import enqueue
from network.plumbing.refusals import Invalid, Refusal
from rota.jobs.commands import Question, hears_of_end, keep_question, receives
from rota.jobs.records import SolveJob
from rota.jobs.rules import JobState, SolveKind
from rota.placing.queries import Planned, planned_for
from rota.placing.rules import as_wanted, laid
from rota.rotation_runs.tasks import plan_rotations
from rota.rotation_runs.wording import GIVEN_UP, summary_of
from rota.rotations.commands import change_plan, copy_plan_version, lock_version, open_plan_draft
from rota.rotations.records import RotationVersion
from rota.rotations.rules import LONGEST_REASON, Held, PlacementSource, PlanVersionState
from rota.solver.limits import Limits
from rota.solver.rotation_plan import Plan, Problem
from rota.solver.rotation_plan.archive import plain, plan_from

USUAL_LIMITS = Limits(seconds=60.0)
REPAIR_LIMITS = Limits(seconds=15.0)
LOST = "Their host could not take them any more."


@command
def ask_to_plan(actor: Actor, version_id: uuid.UUID, limits: Limits = USUAL_LIMITS) -> uuid.UUID:
    """Ask for a draft to be filled in the background; what is pinned stays as it is."""
    version = open_plan_draft(actor, version_id)
    planned = planned_for(version)
    return _ask(actor, planned, (planned.problem, planned.plan), limits, PlacementSource.SEARCH)


@command
def replan(
    actor: Actor, version_id: uuid.UUID, allowed: Collection[uuid.UUID] = (), reason: str = ""
) -> uuid.UUID:
    """Copy a version and mend the copy with the fewest changes; the copy is returned.

    Nobody is moved nearer than their notice but those who lost their host, and those allowed for a reason.
    """
    if allowed and not reason.strip():
        raise Invalid("Say why they may be moved nearer than their notice.")
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON} characters.")
    copy_id = copy_plan_version(actor, version_id)
    planned = planned_for(open_plan_draft(actor, copy_id))
    must_move = {each.learner_id for each in planned.without_place}
    planned = planned.allowing({*allowed, *must_move})
    reasons = dict.fromkeys(map(str, allowed), reason.strip()) | dict.fromkeys(map(str, must_move), LOST)
    _ask(actor, planned, planned.mended(), REPAIR_LIMITS, PlacementSource.REPAIR, reasons)
    return copy_id


def _ask(
    actor: Actor,
    planned: Planned,
    asked: tuple[Problem, Plan],
    limits: Limits,
    source: PlacementSource,
    reasons: Mapping[str, str] | None = None,
) -> uuid.UUID:
    """Store a search, as part of the command that asks for it; it goes on from a plan."""
    version, (problem, start) = planned.version, asked
    if not problem.learners:
        raise Refusal("Add learners first: nobody is in training in the weeks of this plan.")
    if not problem.offers:
        raise Refusal("Add offers of hosts first: there is nowhere to place anybody.")
    places = {
        "offers": {str(number): str(offer_id) for offer_id, number in planned.number_of.items()},
        "asked_by": str(actor.account_id),
        "asker": actor.name,
        "source": source.value,
        "reasons": dict(reasons or {}),
    }
    question = Question(
        SolveKind.ROTATION_PLAN,
        version.id,
        plain(problem),
        planned.hash,
        places,
        best=plain(start) if start.stays else None,
    )
    version.job_id = keep_question(actor, question, limits)
    version.summary = {name: value for name, value in version.summary.items() if name != GIVEN_UP}
    enqueue(plan_rotations, network_id=current_network(), job_id=version.job_id)
    return version.job_id


@receives(SolveKind.ROTATION_PLAN)
def take_rotations(actor: Actor, job: SolveJob, answer: dict[str, Any]) -> None:
    """Lay what was found into its draft: stays that are there already stay as they are."""
    version = lock_version(job.about_id)
    if version.state is not PlanVersionState.DRAFT:
        raise Refusal("This version is no draft any more: what was found was left aside.")
    planned, plan = planned_for(version), plan_from(answer)
    offer_ids = {int(number): uuid.UUID(offer) for number, offer in job.places["offers"].items()}
    wanted = [as_wanted(stay, planned.calendar, offer_ids) for stay in sorted(plan.stays)]
    known = [each for each in planned.held.values() if planned.knows(each)]
    reasons = job.places.get("reasons", {})
    found = laid(known, wanted, PlacementSource(job.places["source"]))
    changes = [(was, _explained(now, reasons, job.asked_by) if now else None) for was, now in found]
    change_plan(_asker(job), version, planned.guided(changes), "Filled by the search")
    version.input_hash = job.input_hash
    keep_summary(version, planned_for(version))
    record(actor, "take_rotations", "rotation_version", version.id, changes=len(changes))


def _explained(held: Held, reasons: Mapping[str, str], by: str) -> Held:
    """Give a new placement the reason for which its learner may be moved, where there is one."""
    reason = reasons.get(str(held.learner_id), "")
    return replace(held, reason=reason, reason_by=by) if reason and not held.reason else held


@hears_of_end(SolveKind.ROTATION_PLAN)
def note_given_up(job: SolveJob) -> None:
    """Note with a draft that its filling came to nothing, and why."""
    if job.state is JobState.FAILED:
        version = lock_version(job.about_id)
        version.summary = {**version.summary, GIVEN_UP: job.said}


@command
def accept_rotation_facts(actor: Actor, version_id: uuid.UUID, seen_hash: str) -> None:
    """Say that a draft was looked over again after facts had changed, and stands as it is."""
    version = open_plan_draft(actor, version_id)
    planned = planned_for(version)
    if planned.hash != seen_hash:
        raise Refusal("Something changed once more while you looked. Look again, then confirm.")
    version.input_hash = planned.hash
    keep_summary(version, planned)
    record(actor, "accept_rotation_facts", "rotation_version", version.id)


def keep_summary(version: RotationVersion, planned: Planned) -> None:
    """Keep a version's figures with it, for the pages that list versions."""
    version.summary = summary_of(planned.problem, planned.plan).kept


def _asker(job: SolveJob) -> Actor:
    return Actor(name=job.asked_by, is_system=True)

"""Filling a rota: the question to the solver, and what becomes of its answer."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db
from network.plumbing.queue import enqueue
from network.plumbing.refusals import Refusal
from rota.edits.commands import note_edit
from rota.edits.queries import contents_of
from rota.edits.rules import Cell, EditKind, changed, kept
from rota.funding.rules import stream_for
from rota.jobs.commands import Question, keep_question, receives
from rota.jobs.records import SolveJob
from rota.jobs.rules import SolveKind
from rota.jobs.tasks import solve
from rota.jobs.wording import summary_of
from rota.planning.queries import Planned, planned_for
from rota.roster.rules import moment
from rota.rotas.commands import WrongState, require_planner
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.rotas.rules import AssignmentSource, VersionState
from rota.solver.limits import Limits
from rota.solver.staff_rota import Placement, Plan
from rota.solver.staff_rota.archive import plan_from_json, problem_to_json
from rota.staff.records import RotaMember

USUAL_LIMITS = Limits(seconds=20.0)


@command
def ask_to_fill(actor: Actor, version_id: uuid.UUID, limits: Limits = USUAL_LIMITS) -> uuid.UUID:
    """Ask for a draft to be filled in the background; what was set by hand stays."""
    version = get_version_for(actor, version_id)
    require_planner(actor)
    _refuse_unless_draft(version)
    planned = planned_for(version)
    if not planned.members:
        raise Refusal("Say first who works here: nobody is planned in these weeks.")
    lines = {
        number: str(place.id) for number, place in planned.places.items() if isinstance(place, DemandLine)
    }
    question = Question(
        SolveKind.STAFF_ROTA,
        version.id,
        json.loads(problem_to_json(planned.problem)),
        planned.hash,
        # Whoever asks may take the filling back as one edit of their own.
        {"lines": lines, "asked_by": str(actor.account_id) if actor.account_id else None},
    )
    job_id = keep_question(actor, question, limits)
    version.job_id = job_id
    enqueue(solve, network_id=current_network(), job_id=job_id)
    return job_id


@receives(SolveKind.STAFF_ROTA)
def take_plan(actor: Actor, job: SolveJob, answer: dict[str, Any]) -> None:
    """Lay a plan into its draft: what the solver had set before is replaced, what is pinned stays."""
    version = db.session.scalars(
        select(RotaVersion)
        .where(RotaVersion.id == job.about_id)
        .options(joinedload(RotaVersion.period))
        .with_for_update(of=RotaVersion)
    ).one()
    _refuse_unless_draft(version)
    before = contents_of(version.id)
    db.session.execute(
        delete(Assignment).where(Assignment.version_id == version.id, Assignment.is_pinned.is_(False))
    )
    planned = planned_for(version)
    found = _found(job, planned, plan_from_json(json.dumps(answer)))
    rows = _rows(version, planned, found)
    if rows:
        db.session.execute(insert(Assignment), rows)
    pinned = {cell: content for cell, content in before.items() if content["is_pinned"]}
    filled = {Cell(row["member_id"], row["day"], row["kind"]): kept(row) for row in rows}
    note_edit(_asker(job), version.id, EditKind.FILL, changed(before, pinned | filled))
    version.input_hash = job.input_hash
    plan = Plan.of((*planned.plan.placements, *_placements(planned, found)))
    # Whoever changed a fact while the search went on must not find it overlooked.
    keep_summary(version, planned, plan, is_stale=planned.hash != job.input_hash)
    record(actor, "take_plan", "rota_version", version.id, sessions=len(rows))


@command
def accept_facts(actor: Actor, version_id: uuid.UUID, seen_hash: str) -> None:
    """Say that a draft was looked over again after facts had changed, and stands as it is."""
    version = get_version_for(actor, version_id)
    require_planner(actor)
    _refuse_unless_draft(version)
    planned = planned_for(version)
    if planned.hash != seen_hash:
        raise Refusal("Something changed once more while you looked. Look again, then confirm.")
    version.input_hash = planned.hash
    keep_summary(version, planned, planned.plan, is_stale=False)
    record(actor, "accept_facts", "rota_version", version.id)


def keep_summary(version: RotaVersion, planned: Planned, plan: Plan, is_stale: bool) -> None:
    """Keep a version's figures with it, for the pages that list versions."""
    version.summary = {**asdict(summary_of(planned.problem, plan)), "is_stale": is_stale}


def _refuse_unless_draft(version: RotaVersion) -> None:
    if version.state is not VersionState.DRAFT:
        raise WrongState("Only a draft can be filled. Make a new version of this rota first.")


def _asker(job: SolveJob) -> Actor:
    asked_by = job.places.get("asked_by")
    return Actor(job.asked_by, uuid.UUID(asked_by) if asked_by else None)


def _found(job: SolveJob, planned: Planned, plan: Plan) -> list[tuple[RotaMember, DemandLine]]:
    """Find the members and lines that a plan speaks of, as far as they are still there."""
    lines = {str(place.id): place for place in planned.places.values() if isinstance(place, DemandLine)}
    members = {str(member.id): member for member in planned.members.values()}
    pinned = {(pin.person, _cell(planned, pin)) for pin in planned.problem.pins}
    found: dict[tuple[str, Any], tuple[RotaMember, DemandLine]] = {}
    for placement in sorted(plan.placements):
        member = members.get(placement.person)
        line = lines.get(job.places["lines"].get(str(placement.duty), ""))
        if member is None or line is None:
            continue
        cell = (placement.person, (line.day, line.kind))
        if cell not in pinned:
            found.setdefault(cell, (member, line))
    return list(found.values())


def _placements(planned: Planned, found: Iterable[tuple[RotaMember, DemandLine]]) -> list[Placement]:
    return [Placement(str(member.id), planned.number_of[line.id]) for member, line in found]


def _cell(planned: Planned, placement: Placement) -> tuple[Any, Any]:
    place = planned.places[placement.duty]
    return place.day, place.kind


def _rows(
    version: RotaVersion, planned: Planned, found: Iterable[tuple[RotaMember, DemandLine]]
) -> list[dict[str, Any]]:
    return [
        assignment_row(planned, member, line)
        | {
            "id": uuid.uuid4(),
            "network_id": current_network(),
            "version_id": version.id,
            "source": AssignmentSource.SOLVER,
            "is_pinned": False,
            "row_version": 1,
        }
        for member, line in found
    ]


def assignment_row(planned: Planned, member: RotaMember, line: DemandLine) -> dict[str, Any]:
    """Give what is stored of somebody on a line of demand: its time, the minutes that count, and who pays."""
    duty = planned.problem.duty_by_number[planned.number_of[line.id]]
    person = planned.problem.person_by_key[str(member.id)]
    return {
        "member_id": member.id,
        "line_id": line.id,
        "site_id": line.site_id,
        "day": line.day,
        "kind": line.kind,
        "role_group": line.role_group,
        "activity": line.activity,
        "starts_at": moment(duty.starts),
        "ends_at": moment(duty.ends),
        "minutes": person.counted_minutes(duty),
        "funding": stream_for(
            {split.stream: split.percent for split in member.funding}, line.activity, line.funding
        ),
    }

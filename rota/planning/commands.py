"""Filling a rota: the question to the solver, and what becomes of its answer."""

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db
from network.plumbing.queue import enqueue
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from network.vocabulary import SessionKind
from rota.edits.commands import note_edit, write_contents
from rota.edits.queries import changes_since, contents_of, last_number
from rota.edits.rules import Cell, EditKind, changed, kept
from rota.funding.rules import stream_for
from rota.jobs.commands import Question, hears_of_end, keep_question, receives
from rota.jobs.records import SolveJob
from rota.jobs.rules import JobState, SolveKind
from rota.jobs.tasks import solve
from rota.jobs.wording import summary_of
from rota.planning.queries import Planned, planned_for
from rota.planning.rules import EVERYTHING, Ask, kept_from, wrong_with_days
from rota.planning.wording import GIVEN_UP, ask_said
from rota.roster.rules import moment
from rota.rotas.commands import WrongState, require_planner
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.rotas.rules import AssignmentSource, PeriodState, VersionState
from rota.solver.limits import Limits
from rota.solver.staff_rota import Part, Placement, Plan, Problem
from rota.solver.staff_rota.archive import plan_from_json, plan_to_json, problem_to_json
from rota.staff.records import RotaMember
from rota.supposing.rules import AS_IT_IS, Supposed, as_supposed, near_to

USUAL_LIMITS = Limits(seconds=20.0)


@command
def ask_to_fill(
    actor: Actor,
    version_id: uuid.UUID,
    limits: Limits = USUAL_LIMITS,
    ask: Ask = EVERYTHING,
    supposed: Supposed = AS_IT_IS,
) -> uuid.UUID:
    """Ask for a draft, or a part of it, to be filled in the background; what was set by hand stays.

    What is supposed beside the facts holds for this filling, and for comparing what comes of it.

    Those who fill for their own organisations only fill the part that is theirs, whatever they ask.
    """
    version = get_version_for(actor, version_id)
    reach = _reach_of(actor)
    _refuse_unless_fillable(version, ask)
    # Before the rota is read: what is edited from here on, the solver does not know.
    edit = last_number(version.id)
    planned = planned_for(version)
    if not planned.members:
        raise Refusal("Say first who works here: nobody is planned in these weeks.")
    part = part_of(planned, ask, reach)
    question = _question(actor, version, planned, ask, part, supposed)
    question.places["edit"] = edit
    job_id = keep_question(actor, question, limits)
    # Edits went on while the question was put together: their figures must not be overwritten.
    version = _locked_version(version.id)
    _refuse_unless_draft(version)
    version.job_id = job_id
    version.summary = {name: value for name, value in version.summary.items() if name != GIVEN_UP}
    enqueue(solve, network_id=current_network(), job_id=job_id)
    return job_id


@receives(SolveKind.STAFF_ROTA)
def take_plan(actor: Actor, job: SolveJob, answer: dict[str, Any]) -> None:
    """Lay a plan into its draft: what the solver was free to move is replaced, all else stays."""
    version = _locked_version(job.about_id)
    _refuse_unless_draft(version)
    before, kept_cells = contents_of(version.id), _kept_cells(job)
    moved = [cell for cell, content in before.items() if not content["is_pinned"] and cell not in kept_cells]
    write_contents(version.id, dict.fromkeys(moved))
    planned = planned_for(version)
    found = _found(job, planned, plan_from_json(json.dumps(answer)), kept_cells)
    rows = _rows(version, planned, found)
    if rows:
        db.session.execute(insert(Assignment), rows)
    staying = {cell: content for cell, content in before.items() if cell not in set(moved)}
    filled = {Cell(row["member_id"], row["day"], row["kind"]): kept(row) for row in rows}
    note_edit(_asker(job), version.id, EditKind.FILL, changed(before, staying | filled))
    if not job.places["was_stale"]:
        version.input_hash, version.facts = job.input_hash, job.places["basis"]
    plan = Plan.of((*planned.plan.placements, *_placements(planned, found)))
    # Whoever changed a fact while the search went on must not find it overlooked.
    problem, plan = as_supposed(planned.problem, plan, job.places, answer, planned.number_of.get)
    keep_summary(version, problem, plan, is_stale=planned.hash != version.input_hash)
    record(actor, "take_plan", "rota_version", version.id, sessions=len(rows))


@hears_of_end(SolveKind.STAFF_ROTA)
def note_given_up(job: SolveJob) -> None:
    """Note with a draft that its filling came to nothing, and why."""
    if job.state is JobState.FAILED:
        version = _locked_version(job.about_id)
        version.summary = {**version.summary, GIVEN_UP: job.said}


@command
def accept_facts(actor: Actor, version_id: uuid.UUID, seen_hash: str) -> None:
    """Say that a draft was looked over again after facts had changed, and stands as it is."""
    version = get_version_for(actor, version_id)
    require_planner(actor)
    _refuse_unless_draft(version)
    planned = planned_for(version)
    if planned.hash != seen_hash:
        raise Refusal("Something changed once more while you looked. Look again, then confirm.")
    version.input_hash, version.facts = planned.hash, planned.basis
    keep_summary(version, planned.problem, planned.plan, is_stale=False)
    record(actor, "accept_facts", "rota_version", version.id)


def keep_summary(version: RotaVersion, problem: Problem, plan: Plan, is_stale: bool) -> None:
    """Keep a version's figures with it, for the pages that list versions."""
    version.summary = {**asdict(summary_of(problem, plan)), "is_stale": is_stale}


def part_of(planned: Planned, ask: Ask, reach: frozenset[uuid.UUID] | None) -> Part | None:
    """Give the duties and people that an ask comes to, within some organisations; None means everything."""
    if ask.is_everywhere and reach is None:
        return None
    duties = frozenset(
        number
        for number, place in planned.places.items()
        if isinstance(place, DemandLine)
        and ask.has(place.site_id, place.role_group, place.day)
        and (reach is None or planned.sites[place.site_id].organisation_id in reach)
    )
    if not duties:
        raise Refusal("No cover is wanted in this part. Choose another site, group or other days.")
    if reach is None:
        return Part(duties)
    # Whoever serves the whole network serves this part too; people of other practices are not taken away.
    own = {*reach, current_network()}
    people = (member for member in planned.members.values() if member.engagement.employer_id in own)
    return Part(duties, frozenset(str(member.id) for member in people))


def _reach_of(actor: Actor) -> frozenset[uuid.UUID] | None:
    """Return the organisations that somebody fills rotas for, None meaning all."""
    reach = actor.organisations_for(Permission.FILL_ROTA)
    if reach is not None and not reach:
        raise NotAllowed
    return reach


def _question(
    actor: Actor, version: RotaVersion, planned: Planned, ask: Ask, part: Part | None, supposed: Supposed
) -> Question:
    plan, pins = planned.plan.placements, planned.problem.pins
    free = [each for each in plan if part is None or part.has(each.person, each.duty)]
    fixed = kept_from(plan, pins, () if ask.only_empty else free)
    problem = replace(planned.problem, pins=tuple(fixed), part=part)
    best = None
    if supposed != AS_IT_IS:
        problem = near_to(supposed.applied(problem), planned.plan)
        best = json.loads(plan_to_json(planned.plan))
    lines = {
        number: str(place.id) for number, place in planned.places.items() if isinstance(place, DemandLine)
    }
    is_partial = part is not None or ask.only_empty
    site = planned.sites.get(ask.site_id) if ask.site_id else None
    places = {
        "lines": lines,
        "what": ask_said(ask, site.name if site else ""),
        "basis": planned.basis,
        # Where only a part is filled, the rest still stands on what was known before.
        "was_stale": is_partial and bool(version.input_hash) and version.input_hash != planned.hash,
        # Whoever asks may take the filling back as one edit of their own.
        "asked_by": str(actor.account_id) if actor.account_id else None,
        "supposed": supposed.kept,
    }
    text = problem_to_json(problem)
    return Question(SolveKind.STAFF_ROTA, version.id, json.loads(text), planned.hash, places, best)


def _kept_cells(job: SolveJob) -> set[Cell]:
    """Return the cells that a filling leaves: those it was told to, and those somebody changed meanwhile."""
    sessions = {
        each["number"]: (date.fromisoformat(each["day"]), SessionKind(each["kind"]))
        for each in job.problem["sessions"]
    }
    session_of = {duty["number"]: sessions[duty["session"]] for duty in job.problem["duties"]}
    told = {Cell(uuid.UUID(pin["person"]), *session_of[pin["duty"]]) for pin in job.problem["pins"]}
    if "edit" not in job.places:
        return told
    return told | {each.cell for each in changes_since(job.about_id, job.places["edit"])}


def _locked_version(version_id: uuid.UUID) -> RotaVersion:
    return db.session.scalars(
        select(RotaVersion)
        .where(RotaVersion.id == version_id)
        .options(joinedload(RotaVersion.period))
        .with_for_update(of=RotaVersion)
        .execution_options(populate_existing=True)
    ).one()


def _refuse_unless_draft(version: RotaVersion) -> None:
    if version.state is not VersionState.DRAFT:
        raise WrongState("Only a draft can be filled. Make a new version of this rota first.")


def _refuse_unless_fillable(version: RotaVersion, ask: Ask) -> None:
    _refuse_unless_draft(version)
    period = version.period
    if period.state is PeriodState.COLLECTING:
        raise WrongState("Requests are still collected for this rota. Begin drafting first.")
    if wrong := wrong_with_days(ask.starts_on, ask.ends_on, period.starts_on, period.ends_on):
        raise Invalid(wrong)


def _asker(job: SolveJob) -> Actor:
    asked_by = job.places.get("asked_by")
    return Actor(job.asked_by, uuid.UUID(asked_by) if asked_by else None)


def _found(
    job: SolveJob, planned: Planned, plan: Plan, kept_cells: Collection[Cell]
) -> list[tuple[RotaMember, DemandLine]]:
    """Find members and lines that a plan newly speaks of, as far as they are there, wanted and free."""
    lines = {str(place.id): place for place in planned.places.values() if isinstance(place, DemandLine)}
    members = {str(member.id): member for member in planned.members.values()}
    taken = {Cell(uuid.UUID(each.person), *_session(planned, each)) for each in planned.plan.placements}
    found: dict[Cell, tuple[RotaMember, DemandLine]] = {}
    for placement in sorted(plan.placements):
        member = members.get(placement.person)
        line = lines.get(job.places["lines"].get(str(placement.duty), ""))
        if member is None or line is None or not line.maximum:
            continue
        cell = Cell(member.id, line.day, line.kind)
        if cell not in taken and cell not in kept_cells:
            found.setdefault(cell, (member, line))
    return list(found.values())


def _placements(planned: Planned, found: Iterable[tuple[RotaMember, DemandLine]]) -> list[Placement]:
    return [Placement(str(member.id), planned.number_of[line.id]) for member, line in found]


def _session(planned: Planned, placement: Placement) -> tuple[date, SessionKind]:
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
            {split.stream: split.percent for split in member.funding},
            member.engagement.role,
            line.activity,
            line.funding,
        ),
    }

"""Planning a clinic: asking for proposals, accepting one with its people, and taking that back."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, take_turns, today
from network.plumbing.queue import enqueue
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.clinic_choices.rules import LONGEST_WEEKS, Ask
from rota.clinic_plans.commands import move_plan, take_plan_row
from rota.clinic_plans.queries import drafts_to_plan_in, find_plan_at_work, proposals_of
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import PlanState, Proposal, Sitting, pattern_of, places_after
from rota.clinic_plans.tasks import find_proposals
from rota.clinic_seats.commands import (
    add_to_calendar,
    empty_seats,
    free_among,
    lay,
    require_free,
    require_known,
    require_planner_of_clinics,
    withdraw_lines,
)
from rota.clinic_seats.queries import seated_in, teams_of
from rota.clinic_series.records import ClinicSeries, ClinicServing, ClinicSession
from rota.clinic_series.rules import MOST_WEEKS_BETWEEN, Staffing, Wanted
from rota.edits.commands import note_edit, write_contents
from rota.edits.queries import contents_of, get_edit, lines_gone
from rota.edits.records import Edit
from rota.edits.rules import Cell, Content, EditKind, kept, same_content
from rota.places.commands import lose_places
from rota.planning.commands import assignment_row
from rota.planning.queries import Planned, planned_for
from rota.rotas.commands import lock
from rota.rotas.records import DemandLine, RotaVersion
from rota.rotas.rules import AssignmentSource, VersionState
from rota.slots.commands import give_free_places
from rota.solver.staff_rota import Duty, Problem
from rota.solver.staff_rota.rules.single_place import overlap
from rota.waiting.commands import give_places
from rota.waiting.queries import bundles_for_planning

SAID = "clinic planned"
MEANWHILE = "Somebody cannot come any more since this was found. Ask for proposals again."
WHY_TAKEN_BACK = "The clinic is not planned any more"


@command
def plan_clinic(actor: Actor, ask: Ask) -> uuid.UUID:
    """Ask for three ways to hold a clinic, found in the background on the draft of the weeks to come."""
    require_planner_of_clinics(actor)
    require_known(actor, ask.clinic_type_id, ask.neighbourhood_id)
    if not 1 <= ask.every_weeks <= MOST_WEEKS_BETWEEN:
        raise Invalid(f"Choose every 1 to {MOST_WEEKS_BETWEEN} weeks.")
    if not 1 <= ask.weeks <= LONGEST_WEEKS:
        raise Invalid(f"Plan for 1 to {LONGEST_WEEKS} weeks.")
    drafts = drafts_to_plan_in()
    if not drafts:
        raise Refusal(
            "There is no draft of a rota for the weeks to come, in which people for a clinic could be found. "
            "Make one first, or a new version of the rota that is published."
        )
    version = drafts[0]
    starts_on = max(version.period.starts_on, today() + timedelta(1))
    asked = {
        "clinic_type_id": ask.clinic_type_id,
        "neighbourhood_id": ask.neighbourhood_id,
        "version_id": version.id,
        "every_weeks": ask.every_weeks,
        "starts_on": starts_on,
        "ends_on": max(starts_on + timedelta(weeks=ask.weeks) - timedelta(1), version.period.ends_on),
    }
    # Asked for again before the answer is there: one search is enough.
    take_turns("clinic plans")
    if known := find_plan_at_work(asked):
        record(actor, "plan_clinic", "clinic_plan", known.id, again=True)
        return known.id
    plan = ClinicPlan(**asked, asked_by=actor.name)
    db.session.add(plan)
    db.session.flush()
    enqueue(find_proposals, network_id=current_network(), plan_id=plan.id)
    record(actor, "plan_clinic", "clinic_plan", plan.id, every_weeks=ask.every_weeks)
    return plan.id


@command
def accept_proposal(actor: Actor, plan_id: uuid.UUID, number: int) -> uuid.UUID:
    """Put the clinics of a proposal on the calendar and their people in the draft; give the series."""
    require_planner_of_clinics(actor)
    plan = take_plan_row(plan_id)
    found = proposals_of(plan)
    if not 0 <= number < len(found):
        raise NotFound
    move_plan(plan, PlanState.ACCEPTED)
    proposal = found[number]
    version = lock(plan.version)
    if version.state is not VersionState.DRAFT:
        raise Refusal("The draft on which this was found is no draft any more. Ask for proposals again.")
    series = _start(actor, plan, proposal)
    clinics = [_hold(actor, plan, series, sitting) for sitting in proposal.sittings]
    lay(clinics)
    edit = _seat(actor, version, list(zip(clinics, proposal.sittings, strict=True)))
    later = _go_on(actor, plan, series, proposal)
    for clinic in (*clinics, *later):
        give_places(clinic)
    plan.series_id, plan.accepted = series.id, {"number": number, "edit": str(edit.id)}
    record(actor, "accept_proposal", "clinic_plan", plan.id, clinics=len(clinics) + len(later))
    return series.id


@command
def take_back_plan(actor: Actor, plan_id: uuid.UUID) -> None:
    """Take the clinics of an accepted proposal off the calendar again, while nobody was told of them."""
    require_planner_of_clinics(actor)
    plan = take_plan_row(plan_id)
    move_plan(plan, PlanState.READY)
    clinics = _clinics_of(plan.series_id)
    if any(team.staffing is Staffing.TOLD and team.people for team in teams_of(clinics)):
        raise Refusal("People were told of these clinics. Close those that are not to be held instead.")
    _unseat(actor, get_edit(uuid.UUID(plan.accepted["edit"])))
    for clinic in clinics:
        for version, rows in seated_in(clinic).items():
            # Whoever was seated since stands in no clinic any more.
            empty_seats(actor, version, rows, WHY_TAKEN_BACK)
        lose_places(clinic.id)
        withdraw_lines(clinic)
    ids = [clinic.id for clinic in clinics]
    series_id, plan.series_id, plan.accepted = plan.series_id, None, {}
    db.session.flush()
    db.session.execute(delete(ClinicServing).where(ClinicServing.session_id.in_(ids)))
    db.session.execute(delete(ClinicSession).where(ClinicSession.id.in_(ids)))
    db.session.execute(delete(ClinicSeries).where(ClinicSeries.id == series_id))
    give_free_places(plan.clinic_type_id)
    record(actor, "take_back_plan", "clinic_plan", plan.id, clinics=len(ids))


def _start(actor: Actor, plan: ClinicPlan, proposal: Proposal) -> ClinicSeries:
    pattern = pattern_of(proposal, plan.every_weeks, plan.ends_on)
    series = ClinicSeries(
        clinic_type_id=plan.clinic_type_id,
        neighbourhood_id=plan.neighbourhood_id,
        site_id=proposal.usual.site_id,
        weekday=pattern.weekday,
        kind=pattern.kind,
        every_weeks=pattern.every_weeks,
        starts_on=pattern.starts_on,
        ends_on=pattern.ends_on,
        made_by=actor.name,
    )
    db.session.add(series)
    db.session.flush()
    return series


def _hold(actor: Actor, plan: ClinicPlan, series: ClinicSeries, sitting: Sitting) -> ClinicSession:
    """Put a clinic that was planned person by person on the calendar, with whom it is to see."""
    require_free(actor, plan.clinic_type_id, sitting.place)
    wanted = Wanted(plan.clinic_type_id, plan.neighbourhood_id, sitting.place)
    clinic = add_to_calendar(actor, wanted, series)
    # Since this was found, others may have been planned for, or taken off the list.
    waits = {each.bundle_id: each.row.entered - each.row.planned for each in bundles_for_planning()}
    for bundle_id, planned in sitting.served.items():
        if (count := min(planned, waits.get(bundle_id, 0))) > 0:
            db.session.add(ClinicServing(session_id=clinic.id, bundle_id=bundle_id, count=count))
    db.session.flush()
    db.session.refresh(clinic, ["served"])
    return clinic


def _go_on(
    actor: Actor, plan: ClinicPlan, series: ClinicSeries, proposal: Proposal
) -> Sequence[ClinicSession]:
    """Hold the series on after the weeks of the draft: its people are found when those weeks are planned."""
    places = places_after(proposal, series.pattern, plan.version.period.ends_on)
    clinics = [
        add_to_calendar(actor, Wanted(plan.clinic_type_id, plan.neighbourhood_id, place), series)
        for place in free_among(plan.clinic_type_id, places)
    ]
    lay(clinics)
    return clinics


def _seat(actor: Actor, version: RotaVersion, sittings: Sequence[tuple[ClinicSession, Sitting]]) -> Edit:
    """Pin the people of clinics in a draft, whatever they did there then, unless that was pinned since."""
    planned, before = planned_for(version), contents_of(version.id)
    lines = {
        (line.clinic_session_id, line.role_group): line
        for line in planned.places.values()
        if isinstance(line, DemandLine)
    }
    changes: dict[Cell, tuple[Content, Content]] = {}
    for clinic, sitting in sittings:
        for group, members in sitting.people.items():
            for member_id in members:
                cell = Cell(member_id, clinic.day, clinic.kind)
                was = before.get(cell)
                if was is not None and was["is_pinned"]:
                    raise Refusal(MEANWHILE)
                changes[cell] = was, _content(planned, member_id, lines[clinic.id, group])
    return _write(actor, version, changes)


def _content(planned: Planned, member_id: uuid.UUID, line: DemandLine) -> Content:
    member = planned.members.get(member_id)
    duty = planned.problem.duty_by_number[planned.number_of[line.id]]
    if member is None or _is_kept(planned.problem, str(member_id), duty):
        raise Refusal(MEANWHILE)
    row = assignment_row(planned, member, line)
    return kept({**row, "source": AssignmentSource.SOLVER, "is_pinned": True})


def _is_kept(problem: Problem, key: str, duty: Duty) -> bool:
    """Say whether somebody is away, or has to be elsewhere for good, at the time of a duty."""
    person = problem.person_by_key[key]
    meetings_bind = any(rule.code == "R47" and rule.severity != "soft" for rule in problem.rules)
    return duty.session in person.unavailable or any(
        overlap(each, duty) and (meetings_bind if each.meeting else not each.protected)
        for each in person.commitments
    )


def _unseat(actor: Actor, edit: Edit) -> None:
    """Give back what people did before they were seated, where nobody changed it since."""
    version = lock(db.session.get_one(RotaVersion, edit.version_id))
    if version.state is not VersionState.DRAFT:
        return
    standing, gone = contents_of(version.id), lines_gone(each.before for each in edit.changes)
    back: dict[Cell, tuple[Content, Content]] = {
        each.cell: (each.after, None if each.before and each.before["line_id"] in gone else each.before)
        for each in edit.changes
        if same_content(standing.get(each.cell), each.after)
    }
    _write(actor, version, back)


def _write(actor: Actor, version: RotaVersion, changes: Mapping[Cell, tuple[Content, Content]]) -> Edit:
    write_contents(version.id, {cell: after for cell, (_, after) in changes.items()})
    return note_edit(actor, version.id, EditKind.CHANGE, changes, SAID)


def _clinics_of(series_id: uuid.UUID | None) -> Sequence[ClinicSession]:
    # Whoever takes a place in one of them meanwhile waits here, or is seen.
    found = select(ClinicSession).where(ClinicSession.series_id == series_id).order_by(ClinicSession.day)
    return db.session.scalars(found.with_for_update()).all()

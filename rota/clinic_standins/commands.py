"""Seating a stand-in: pinned in a draft, or called in by the rota that people know."""

import uuid
from collections import Counter

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from rota.clinic_seats.commands import require_planner_of_clinics, take_clinic
from rota.clinic_seats.queries import team_of
from rota.drafts.commands import ChangedMeanwhile
from rota.edits.commands import note_edit, write_contents
from rota.edits.queries import contents_of
from rota.edits.rules import Cell, EditKind, kept
from rota.planning.commands import assignment_row
from rota.planning.queries import Planned, planned_for
from rota.rotas.commands import lock
from rota.rotas.records import DemandLine
from rota.rotas.rules import AssignmentSource, VersionState
from rota.solver.staff_rota import Placement, Plan, breaches
from rota.standins.commands import publish_changes

SAID = "clinic seat"
WHY = "To make up the team of a clinic"


@command
def seat_stand_in(
    actor: Actor, session_id: uuid.UUID, line_id: uuid.UUID, member_id: uuid.UUID, seen: str
) -> list[str]:
    """Let somebody free take an empty seat of a clinic; the names of those who are told are returned.

    `seen` marks the version that was looked at.
    """
    require_planner_of_clinics(actor)
    clinic = take_clinic(session_id)
    if clinic.is_closed:
        raise Refusal("This clinic is closed.")
    team = team_of(clinic)
    if team.version is None or str(team.version.id) != seen:
        raise ChangedMeanwhile("The rota has changed since you looked. Look at the clinic again.")
    if clinic.day < today():
        raise Refusal("This clinic is over.")
    taken = next((each for each in team.seats if each.line and each.line.id == line_id), None)
    if taken is None:
        raise NotFound
    if not taken.missing:
        raise ChangedMeanwhile("Somebody else has this seat by now. Look at the clinic again.")
    version = lock(team.version)
    is_told = version.state is VersionState.CHOSEN
    if is_told and not actor.may(Permission.PUBLISH_ROTA):
        raise NotAllowed("The rota of this day is published. Ask the workforce manager to call somebody in.")
    planned = planned_for(version)
    line = planned.places.get(planned.number_of.get(line_id, -1))
    if not isinstance(line, DemandLine) or member_id not in planned.members:
        raise NotFound
    cell = Cell(member_id, clinic.day, clinic.kind)
    if contents_of(version.id).get(cell) is not None:
        raise ChangedMeanwhile("They have something else to do then by now. Look at the clinic again.")
    _refuse_worse(planned, Placement(str(member_id), planned.number_of[line_id]))
    row = assignment_row(planned, planned.members[member_id], line)
    changes = {cell: (None, kept({**row, "source": AssignmentSource.SOLVER, "is_pinned": True}))}
    told: list[str] = []
    if is_told:
        told = publish_changes(actor, version, changes, WHY, untold=())[1]
    else:
        write_contents(version.id, {cell: after for cell, (_, after) in changes.items()})
        note_edit(actor, version.id, EditKind.CHANGE, changes, SAID, WHY)
    db.session.flush()
    record(actor, "seat_stand_in", "clinic_session", clinic.id, version=str(version.id), told=len(told))
    return told


def _refuse_worse(planned: Planned, placement: Placement) -> None:
    """Refuse somebody whose coming would break a rule that is kept now."""
    after = Plan(planned.plan.placements | {placement})
    before = Counter(each.said for each in breaches(planned.problem, planned.plan))
    found = breaches(planned.problem, after)
    worse = Counter(each.said for each in found) - before
    for each in found:
        if each.said in worse:
            raise Refusal(f"{each.said_to_peers} Look at the clinic again.")

"""Giving clinics on the calendar the team that their type has by now."""

import uuid
from collections.abc import Collection

from sqlalchemy import delete, insert, select

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, take_turns
from rota.clinic_seats.commands import require_planner_of_clinics
from rota.clinic_series.queries import seat_rows
from rota.clinic_teams.queries import OldTeam, old_teams_for
from rota.lines.commands import mark_drafts
from rota.rotas.records import Assignment, DemandLine

WANTED = ("minimum", "desired", "maximum", "competencies", "room", "funding")


@command
def renew_teams(actor: Actor, clinic_type_id: uuid.UUID) -> int:
    """Ask the rotas for the team that a type of clinic has by now; return in how many clinics that is new.

    Nobody is taken off a seat: one that is gone asks for nobody, and whoever sits there is moved by hand.
    """
    require_planner_of_clinics(actor)
    # A rota that is opened at this moment asks for the new team by itself.
    take_turns("periods")
    found = old_teams_for(actor, clinic_type_id)
    taken = _taken({line.id for each in found for line in each.lines.values()})
    for each in found:
        _renew(each, taken)
    record(actor, "renew_teams", "clinic_type", clinic_type_id, clinics=len(found))
    return len(found)


def _renew(team: OldTeam, taken: Collection[uuid.UUID]) -> None:
    lines = dict(team.lines)
    period_id = next(iter(lines.values())).period_id
    for row in seat_rows(team.clinic):
        line = lines.pop(row["role_group"], None)
        if line is None:
            ids = {"id": uuid.uuid4(), "network_id": current_network(), "period_id": period_id}
            db.session.execute(insert(DemandLine), [ids | row])
            continue
        for name in WANTED:
            setattr(line, name, row[name])
    for line in lines.values():
        line.minimum = line.desired = 0
    db.session.flush()
    empty = [line.id for line in lines.values() if line.id not in taken]
    db.session.execute(delete(DemandLine).where(DemandLine.id.in_(empty)))
    mark_drafts(period_id)


def _taken(line_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return the lines on which anybody stands, or stood in a rota people were told of."""
    rows = select(Assignment.line_id).where(Assignment.line_id.in_(line_ids)).distinct()
    return {each for each in db.session.scalars(rows) if each is not None}

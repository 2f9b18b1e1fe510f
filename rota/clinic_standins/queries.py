"""Who could take an empty seat of a clinic, best first, while nobody else moves."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from network.access.rules import Actor, Permission
from network.plumbing.database import today
from rota.clinic_seats.queries import Team, may_open, team_of
from rota.clinic_series.queries import get_clinic_for
from rota.clinic_series.rules import Staffing
from rota.facts.queries import remembered_facts_of
from rota.planning.queries import Planned, planned_for
from rota.rotas.records import DemandLine
from rota.solver.staff_rota.clinic_standins import ClinicStanding, StandIn, standing_of
from rota.solver.staff_rota.clinics import Level

MOST_SHOWN = 5


@dataclass(frozen=True)
class StandInSeen:
    """Somebody free who could take a seat: what speaks against it, and how the clinic stands with them."""

    member_id: uuid.UUID
    name: str
    phone: str
    costs: tuple[str, ...]
    level: Level


@dataclass(frozen=True)
class EmptySeat:
    """A seat that lacks somebody, and who could take it."""

    group: str
    missing: int
    line: DemandLine
    stand_ins: tuple[StandInSeen, ...]


@dataclass(frozen=True)
class StandIns:
    """The empty seats of a clinic; `mark` names the version that was looked at."""

    team: Team
    mark: str
    seats: tuple[EmptySeat, ...]
    may_seat: bool
    may_open: bool
    is_told: bool


def stand_ins_for(viewer: Actor, session_id: uuid.UUID) -> StandIns:
    """Return who could take the empty seats of a clinic."""
    team = team_of(get_clinic_for(viewer, session_id))
    version = team.version
    lines = [taken.line for taken in team.seats if taken.line]
    is_told = team.staffing is Staffing.TOLD
    may = viewer.may(Permission.PUBLISH_ROTA if is_told else Permission.EDIT_CLINICS)
    opens = may_open(viewer, version)
    if version is None or len(lines) < len(team.seats) or team.clinic.is_closed or team.clinic.day < today():
        return StandIns(team, "", (), may, opens, is_told)
    planned = planned_for(version, remembered_facts_of(version.period))
    standing = standing_of(
        planned.problem, planned.plan, team.kind, [planned.number_of[line.id] for line in lines]
    )
    seats = (
        EmptySeat(
            taken.seat.role_group.label, taken.missing, taken.line, _seen(planned, taken.line, standing, may)
        )
        for taken in team.seats
        if taken.line and taken.missing
    )
    return StandIns(team, str(version.id), tuple(seats), may, opens, is_told)


def _seen(planned: Planned, line: DemandLine, standing: ClinicStanding, may: bool) -> tuple[StandInSeen, ...]:
    number = planned.number_of[line.id]
    found: Sequence[StandIn] = [each for each in standing.stand_ins if each.duty == number]
    return tuple(_stand_in(planned, each, may) for each in found[:MOST_SHOWN])


def _stand_in(planned: Planned, found: StandIn, may_ring: bool) -> StandInSeen:
    member = planned.members[uuid.UUID(found.candidate.person)]
    return StandInSeen(
        member_id=member.id,
        name=member.name,
        phone=member.engagement.person.phone if may_ring else "",
        costs=found.candidate.costs,
        level=found.level,
    )

"""Clinics on the calendar that keep the team their type had when they were put into a rota."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from network.access.rules import Actor
from network.plumbing.database import db, today
from network.vocabulary import RoleGroup
from rota.clinic_series.queries import WHOLE
from rota.clinic_series.records import ClinicSession
from rota.clinic_teams.rules import Asking, differences
from rota.clinics.queries import get_type_for
from rota.rotas.records import DemandLine, RotaPeriod
from rota.rotas.rules import PeriodState


@dataclass(frozen=True)
class OldTeam:
    """A clinic whose team is not that of its type: its lines, and what differs in words."""

    clinic: ClinicSession
    lines: Mapping[RoleGroup, DemandLine]
    said: tuple[str, ...]


def old_teams_for(viewer: Actor, clinic_type_id: uuid.UUID) -> list[OldTeam]:
    """Return the clinics of a type from today on that keep an earlier team, the first first."""
    clinic_type = get_type_for(viewer, clinic_type_id)
    now = {
        seat.role_group: Asking(
            seat.needed, seat.needed, seat.most, tuple(seat.competencies), seat.room, seat.funding
        )
        for seat in clinic_type.seats
    }
    found: list[OldTeam] = []
    for clinic, lines in _laid(clinic_type_id).items():
        asked = {group: as_asking(line) for group, line in lines.items()}
        if said := tuple(differences(asked, now)):
            found.append(OldTeam(clinic, lines, said))
    return found


def as_asking(line: DemandLine) -> Asking:
    """Give what a line of demand asks for."""
    skills = tuple(line.competencies)
    return Asking(line.minimum, line.desired, line.maximum, skills, line.room, line.funding)


def _laid(clinic_type_id: uuid.UUID) -> dict[ClinicSession, dict[RoleGroup, DemandLine]]:
    """Return the clinics ahead that a rota was asked for, with its lines."""
    clinics: Sequence[ClinicSession] = db.session.scalars(
        select(ClinicSession)
        .where(
            ClinicSession.clinic_type_id == clinic_type_id,
            ClinicSession.closed_at.is_(None),
            ClinicSession.day >= today(),
        )
        .order_by(ClinicSession.day, ClinicSession.kind, ClinicSession.id)
        .options(*WHOLE)
    ).all()
    rows = db.session.scalars(
        select(DemandLine)
        .join(DemandLine.period)
        .where(
            DemandLine.clinic_session_id.in_([clinic.id for clinic in clinics]),
            RotaPeriod.state != PeriodState.CLOSED,
        )
    )
    by_clinic: dict[uuid.UUID | None, dict[RoleGroup, DemandLine]] = {}
    for line in rows:
        by_clinic.setdefault(line.clinic_session_id, {})[line.role_group] = line
    return {clinic: by_clinic[clinic.id] for clinic in clinics if clinic.id in by_clinic}

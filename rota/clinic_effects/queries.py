"""What becomes of clinics when a plan turns into another: safe, degraded or to be closed."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from network.plumbing.database import db
from rota.clinic_series.queries import WHOLE
from rota.clinic_series.records import ClinicSession
from rota.clinics.queries import as_kind
from rota.planning.queries import Planned
from rota.rotas.records import DemandLine
from rota.solver.staff_rota import Plan
from rota.solver.staff_rota.clinics import Level, level_of, missing_from


@dataclass(frozen=True)
class Effect:
    """A clinic before and after."""

    clinic: ClinicSession
    before: Level
    after: Level
    missing: tuple[str, ...]

    @property
    def is_worse(self) -> bool:
        return list(Level).index(self.after) > list(Level).index(self.before)


def effects_on(
    planned: Planned, before: Plan, after: Plan, also: Iterable[Effect] = ()
) -> tuple[Effect, ...]:
    """Say how the clinics stand in whose seats two plans differ, and those that were touched on the way."""
    then, now = (_present(planned, plan) for plan in (before, after))
    touched = {key for key in {**then, **now} if then.get(key) != now.get(key)}
    touched |= {each.clinic.id for each in also}
    rows = db.session.scalars(
        select(ClinicSession)
        .where(ClinicSession.id.in_(touched))
        .order_by(ClinicSession.day, ClinicSession.kind, ClinicSession.id)
        .options(*WHOLE)
    )
    return tuple(_effect(row, then.get(row.id, {}), now.get(row.id, {})) for row in rows)


def _effect(clinic: ClinicSession, then: Mapping[str, int], now: Mapping[str, int]) -> Effect:
    kind = as_kind(clinic.clinic_type)
    return Effect(clinic, level_of(kind, then), level_of(kind, now), missing_from(kind, now))


def _present(planned: Planned, plan: Plan) -> dict[uuid.UUID, Counter[str]]:
    """Count who makes up the team of each clinic, by group."""
    found: dict[uuid.UUID, Counter[str]] = {}
    for placement in plan.placements:
        place = planned.places[placement.duty]
        if not isinstance(place, DemandLine) or place.clinic_session_id is None:
            continue
        person = planned.problem.person_by_key[placement.person]
        if planned.problem.counts_as_cover(person):
            found.setdefault(place.clinic_session_id, Counter())[place.role_group.label] += 1
    return found

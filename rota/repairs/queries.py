"""What an absence takes from the rota that people know, and how far its cover has come."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db, now, today
from network.plumbing.refusals import NotAllowed
from network.vocabulary import SessionKind
from rota.clinic_effects.queries import Effect, effects_on
from rota.edits.rules import Cell
from rota.facts.queries import remembered_facts_of
from rota.leave.queries import AbsenceSeen, as_away, as_seen, get_absence_for
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.planning.queries import Planned, planned_for
from rota.repairs.records import AbsenceCover
from rota.repairs.rules import Changes, CoverState, Opens
from rota.roster.rules import local
from rota.rotas.records import DemandLine, RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState
from rota.solver.staff_rota import Duty, Placement, Plan, Problem
from rota.solver.staff_rota.absence import Away, Gaps, gaps_left
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class FallenOut:
    """A published rota, and what absences take from it from now on."""

    version: RotaVersion
    planned: Planned
    lost: Mapping[Placement, Absence]

    @cached_property
    def problem(self) -> Problem:
        """The problem as a repair takes it: pins may move, which all can see; no place made by hand may, and
        none that is over.
        """
        return replace(
            self.planned.problem, duties=tuple(map(self._taken, self.planned.problem.duties)), pins=()
        )

    def _taken(self, duty: Duty) -> Duty:
        if duty.ends <= local(now()):
            return replace(duty, minimum=0, desired=0, maximum=0)
        is_line = isinstance(self.planned.places[duty.number], DemandLine)
        return duty if is_line else replace(duty, maximum=0)

    @property
    def plan(self) -> Plan:
        return self.planned.plan

    @cached_property
    def rest(self) -> Plan:
        return Plan(self.plan.placements - self.lost.keys())

    @cached_property
    def away(self) -> Away:
        """The sessions lost, by person: whoever is ill in one post cannot be called in under another."""
        found: dict[str, set[int]] = {}
        for each in self.lost:
            for member in posts_beside(self.planned, uuid.UUID(each.person)):
                found.setdefault(str(member), set()).add(self.problem.duty_by_number[each.duty].session)
        return {person: frozenset(sessions) for person, sessions in found.items()}

    @cached_property
    def gaps(self) -> Gaps:
        return gaps_left(self.problem, self.plan, self.rest, self.away)

    def opens_by(self, absence_id: uuid.UUID) -> Opens:
        """Say what one of the absences leaves open, alone or with the others."""
        lost = {each.duty for each, absence in self.lost.items() if absence.id == absence_id}
        sessions = {self.problem.duty_by_number[duty].session for duty in lost}
        short = any(each.duty in lost for each in self.gaps.short)
        alone = any(each.session in sessions for each in self.gaps.unsupervised)
        return Opens.GAPS if short or alone else Opens.NO_GAP

    @cached_property
    def clinics(self) -> tuple[Effect, ...]:
        """The clinics that lose somebody, if nobody is called in."""
        return effects_on(self.planned, self.plan, self.rest)

    @property
    def absences(self) -> list[Absence]:
        return list({absence.id: absence for absence in self.lost.values()}.values())

    @property
    def mark(self) -> str:
        """Mark the version that was looked at: another that was published since is another rota."""
        return str(self.version.id)

    def cell_of(self, placement: Placement) -> Cell:
        place = self.planned.places[placement.duty]
        return Cell(uuid.UUID(placement.person), place.day, SessionKind(place.kind))


@dataclass(frozen=True)
class Case:
    """One absence whose gaps are looked after: what stands open because of it, and of others at that time."""

    absence: AbsenceSeen
    cover: AbsenceCover | None
    fallen: FallenOut | None

    @property
    def state(self) -> CoverState:
        return state_of(self.absence.state, self.cover)

    @property
    def opens(self) -> Opens:
        return self.fallen.opens_by(self.absence.id) if self.fallen else Opens.NOTHING

    @property
    def others(self) -> list[str]:
        """Name those who fell out in the same rota and are covered along with it."""
        found = self.fallen.absences if self.fallen else []
        return [each.member.name for each in found if each.id != self.absence.id]


def state_of(absence: AbsenceState | None, cover: AbsenceCover | None) -> CoverState:
    """Say how far the cover of an absence has come; one that is over needs none."""
    if absence is not AbsenceState.REPORTED:
        return CoverState.ENDED
    return cover.state if cover else CoverState.REPORTED


def case_for(viewer: Actor, absence_id: uuid.UUID, fresh: bool = False) -> Case:
    """Return the case of an absence, for those who publish and decide on that person's leave."""
    absence = get_absence_for(viewer, absence_id)
    if not (absence.may_decide and viewer.may(Permission.PUBLISH_ROTA)):
        raise NotAllowed
    return Case(absence, find_cover(absence_id), next(_fallen(absence_id, fresh=fresh), None))


def find_cover(absence_id: uuid.UUID) -> AbsenceCover | None:
    """Return what was done about the gaps of an absence, None where nobody has looked at it."""
    return db.session.scalars(select(AbsenceCover).where(AbsenceCover.absence_id == absence_id)).one_or_none()


def ill_beside(member_id: uuid.UUID, changes: Changes) -> set[uuid.UUID]:
    """Return who else a repair took off because they were ill; those who are back had their own part."""
    days = [cell.day for cell in changes]
    taken_off = {cell.member_id for cell, (before, after) in changes.items() if before and not after}
    rows = db.session.scalars(
        select(Absence.member_id).where(
            Absence.member_id.in_(taken_off - {member_id}),
            Absence.kind == AbsenceKind.SICKNESS,
            Absence.starts_on <= max(days),
            Absence.ends_on >= min(days),
        )
    )
    return set(rows)


def ill_now(viewer: Actor) -> list[tuple[AbsenceSeen, CoverState, AbsenceCover | None]]:
    """Return who is reported ill today or later, of those on whose leave the viewer decides."""
    covers = {row.absence_id: row for row in db.session.scalars(select(AbsenceCover))}
    seen = [as_seen(viewer, row) for row in reported_illness()]
    return [
        (each, state_of(each.state, covers.get(each.id)), covers.get(each.id))
        for each in seen
        if each.may_decide
    ]


def opens(absence_id: uuid.UUID, known: Mapping[uuid.UUID, Planned] | None = None) -> Opens:
    """Say what an absence takes still from the rotas that people know; `known` are at hand, by version."""
    found = Opens.NOTHING
    for fallen in _fallen(absence_id, known or {}):
        found = fallen.opens_by(absence_id)
        if found is Opens.GAPS:
            break
    return found


def reported_illness() -> list[Absence]:
    """Return the illness that is reported and not over, the first first."""
    return list(
        db.session.scalars(
            select(Absence)
            .join(Absence.member)
            .join(RotaMember.engagement)
            .where(
                Absence.kind == AbsenceKind.SICKNESS,
                Absence.state == AbsenceState.REPORTED,
                Absence.ends_on >= today(),
            )
            .options(
                contains_eager(Absence.member)
                .contains_eager(RotaMember.engagement)
                .options(joinedload(Engagement.person), joinedload(Engagement.employer))
            )
            .order_by(Absence.starts_on, Absence.id)
        )
    )


def _fallen(
    absence_id: uuid.UUID, known: Mapping[uuid.UUID, Planned] | None = None, fresh: bool = False
) -> Iterator[FallenOut]:
    """Give the published rotas from which an absence takes something still, the first first."""
    ill = reported_illness()
    own = next((row for row in ill if row.id == absence_id), None)
    if own is None:
        return
    for version in _published(own):
        facts = None if fresh else remembered_facts_of(version.period)
        planned = (known or {}).get(version.id) or planned_for(version, facts)
        found = lost_from(planned, [own])
        if found:
            days = {planned.places[each.duty].day for each in found}
            others = [row for row in ill if any(row.starts_on <= day <= row.ends_on for day in days)]
            yield FallenOut(version, planned, lost_from(planned, others))


def lost_from(planned: Planned, absences: list[Absence]) -> dict[Placement, Absence]:
    """Find who stands, from now on, where an absence takes them."""
    moment = local(now())
    by_member: dict[str, list[Absence]] = {}
    for row in absences:
        for member in posts_beside(planned, row.member_id):
            by_member.setdefault(str(member), []).append(row)
    found = {}
    for placement in sorted(planned.plan.placements):
        duty, place = planned.problem.duty_by_number[placement.duty], planned.places[placement.duty]
        for row in by_member.get(placement.person, ()):
            if duty.ends > moment and as_away(row).takes(place.day, SessionKind(place.kind)):
                found[placement] = row
    return found


def posts_beside(planned: Planned, member_id: uuid.UUID) -> list[uuid.UUID]:
    """Return under which engagements, this one among them, the same human is planned."""
    if member_id not in planned.members:
        return [member_id]
    person_id = planned.members[member_id].engagement.person_id
    return [key for key, member in planned.members.items() if member.engagement.person_id == person_id]


def _published(absence: Absence) -> list[RotaVersion]:
    return list(
        db.session.scalars(
            select(RotaVersion)
            .join(RotaVersion.period)
            .where(
                RotaVersion.state == VersionState.CHOSEN,
                RotaPeriod.ends_on >= max(absence.starts_on, today()),
                RotaPeriod.starts_on <= absence.ends_on,
            )
            .options(joinedload(RotaVersion.period))
            .order_by(RotaPeriod.starts_on)
        )
    )

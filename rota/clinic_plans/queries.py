"""Plans of clinics, and the question that each asks of the solver."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import SYSTEM, Actor, Permission
from network.organisations.records import Site as SiteRow
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import AT_WORK, Proposal, Sitting, sessions_wanted
from rota.clinic_series.queries import clinics_between
from rota.clinic_series.rules import Place
from rota.clinic_visits.queries import session_hours
from rota.clinics.queries import as_design, as_kind, seats_of
from rota.clinics.records import ClinicSeat, ClinicType
from rota.clinics.rules import lacks
from rota.demand.queries import closures_for_planning
from rota.neighbourhoods.records import Neighbourhood
from rota.planning.queries import Planned, planned_for
from rota.premises.queries import means_for_planning, mobile_equipment, sites_with_premises
from rota.rotas.records import RotaPeriod, RotaVersion
from rota.rotas.rules import PeriodState, VersionState
from rota.solver.staff_rota import Duty, Plan, Problem, Session
from rota.solver.staff_rota.clinics import ClinicKind, Clinics, Opening
from rota.waiting.queries import bundles_for_planning
from rota.waiting.rules import ToPlan

DAYTIME = (SessionKind.MORNING, SessionKind.AFTERNOON)


@dataclass(frozen=True)
class Asked:
    """What a plan asks: a draft's problem with clinics that could be held, and what its numbers stand for."""

    problem: Problem
    plan: Plan
    places: Mapping[int, Place]
    seats: Mapping[int, RoleGroup]
    waiting: Mapping[int, ToPlan]

    def sittings_of(self, plan: Plan) -> tuple[Sitting, ...]:
        """Read from a plan which clinics it opens, with whom and for whom."""
        opened = plan.openings & self.places.keys()
        return tuple(
            self._sitting(number, plan)
            for number in sorted(opened, key=lambda each: (self.places[each].day, each))
        )

    def _sitting(self, number: int, plan: Plan) -> Sitting:
        duties = self.problem.clinics.opening_by_number[number].duties
        people = {
            self.seats[duty]: tuple(
                sorted(uuid.UUID(each.person) for each in plan.placements if each.duty == duty)
            )
            for duty in duties
        }
        served: dict[uuid.UUID, int] = {}
        asked = 0
        for each in sorted(plan.served):
            if each.opening != number:
                continue
            row = self.waiting[each.bundle].row
            # Those who were asked for by meetings have places of their own; the others are counted by bundle.
            entered = min(each.count, max(0, row.entered - row.planned)) if row.bundle_id else 0
            if row.bundle_id and entered:
                served[row.bundle_id] = served.get(row.bundle_id, 0) + entered
            asked += each.count - entered
        return Sitting(self.places[number], people, served, asked)


def drafts_to_plan_in() -> Sequence[RotaVersion]:
    """Return the drafts at work of weeks to come, the first first: there a clinic's people are found."""
    rows = db.session.scalars(
        select(RotaVersion)
        .join(RotaVersion.period)
        .where(
            RotaVersion.state == VersionState.DRAFT,
            RotaVersion.label == "",
            RotaVersion.proposed_at.is_(None),
            RotaPeriod.state.in_((PeriodState.DRAFTING, PeriodState.PUBLISHED)),
            RotaPeriod.ends_on > today(),
        )
        .options(joinedload(RotaVersion.period))
        .order_by(RotaPeriod.starts_on, RotaVersion.number)
    )
    return list({row.period_id: row for row in rows}.values())


def get_plan_for(viewer: Actor, plan_id: uuid.UUID) -> ClinicPlan:
    """Return a plan of the viewer's network."""
    if not viewer.may(Permission.SEE_CLINICS):
        raise NotFound
    plan = db.session.scalars(
        select(ClinicPlan)
        .where(ClinicPlan.id == plan_id)
        .options(
            joinedload(ClinicPlan.clinic_type),
            joinedload(ClinicPlan.neighbourhood),
            joinedload(ClinicPlan.version).joinedload(RotaVersion.period),
        )
    ).one_or_none()
    if plan is None:
        raise NotFound
    return plan


def find_plan_at_work(asked: Mapping[str, Any]) -> ClinicPlan | None:
    """Find a plan that asks for the same and has no answer yet."""
    same = select(ClinicPlan).filter_by(**asked).where(ClinicPlan.state.in_(AT_WORK))
    return db.session.scalars(same.limit(1)).one_or_none()


def open_plans_for(viewer: Actor) -> Sequence[ClinicPlan]:
    """Return the plans made last, for those who plan clinics."""
    if not viewer.may(Permission.EDIT_CLINICS):
        return ()
    return db.session.scalars(
        select(ClinicPlan)
        .options(joinedload(ClinicPlan.clinic_type), joinedload(ClinicPlan.neighbourhood))
        .order_by(ClinicPlan.asked_at.desc())
        .limit(5)
    ).all()


def proposals_of(plan: ClinicPlan) -> list[Proposal]:
    """Return what was found for a plan."""
    return [Proposal.of(each) for each in plan.proposals.get("found", ())]


def asked_by(plan: ClinicPlan) -> Asked:
    """Put the question of a plan together."""
    return _Builder(plan, planned_for(plan.version)).build()


@dataclass(frozen=True)
class _Builder:
    """A draft's problem, and the clinics that could be held in its weeks."""

    plan: ClinicPlan
    planned: Planned

    def build(self) -> Asked:
        problem = self.planned.problem
        first = max((duty.number for duty in problem.duties), default=-1) + 1
        openings: list[Opening] = []
        duties: list[Duty] = []
        places: dict[int, Place] = {}
        seats: dict[int, RoleGroup] = {}
        for session, site in self._candidates():
            place = Place(site.id, session.day, SessionKind(session.kind))
            own = [
                self._duty(first + len(duties) + at, session, site, seat)
                for at, seat in enumerate(self._seats)
            ]
            if not all(self._could_sit(seat, duty) for seat, duty in zip(self._seats, own, strict=True)):
                continue
            number = len(problem.clinics.openings) + len(openings)
            places[number] = place
            seats |= {duty.number: seat.role_group for seat, duty in zip(self._seats, own, strict=True)}
            duties += own
            numbers = tuple(duty.number for duty in own)
            openings.append(
                Opening(number, str(self._type.id), site.code, session.number, self._area.name, numbers)
            )
        waiting = {each.bundle.number: each for each in self._waiting}
        # What is on the calendar keeps its rooms and equipment.
        standing, means = problem.clinics, means_for_planning(SYSTEM)
        clinics = Clinics(
            kinds=(self._kind, *standing.kinds),
            openings=(*standing.openings, *openings),
            bundles=tuple(each.bundle for each in waiting.values()),
            kit=means.kit,
            licences=means.licences,
            step_free=means.step_free,
        )
        whole = replace(problem, duties=(*problem.duties, *duties), clinics=clinics)
        return Asked(whole, self.planned.plan, places, seats, waiting)

    @property
    def _type(self) -> ClinicType:
        return self.plan.clinic_type

    @property
    def _area(self) -> Neighbourhood:
        return self.plan.neighbourhood

    @property
    def _seats(self) -> list[ClinicSeat]:
        return self._type.seats

    @cached_property
    def _kind(self) -> ClinicKind:
        period, every = self.plan.version.period, self.plan.every_weeks
        wanted = sessions_wanted(max(period.starts_on, self.plan.starts_on), period.ends_on, every)
        kind = as_kind(self._type)
        apart = min(kind.fewest_days_apart, 7 * every - 6)
        return replace(kind, every=(wanted, wanted), fewest_days_apart=max(0, apart))

    @cached_property
    def _waiting(self) -> list[ToPlan]:
        return [
            each
            for each in bundles_for_planning()
            if each.bundle.area == self._area.name
            and each.bundle.kind in ("", str(self._type.id))
            and each.bundle.disciplines <= self._kind.disciplines
        ]

    def _candidates(self) -> Iterator[tuple[Session, SiteRow]]:
        """Give the sessions and open sites at which rooms and contracts let the clinic be held."""
        design, seats = as_design(self._type), seats_of(self._type)
        mobile = mobile_equipment(SYSTEM)
        able = {each.code for each in sites_with_premises(SYSTEM) if not lacks(design, seats, each, mobile)}
        sites = [site for site in self.planned.sites.values() if site.code in able]
        period = self.plan.version.period
        taken = {
            (clinic.site_id, clinic.day, clinic.kind)
            for clinic in clinics_between(period.starts_on, period.ends_on)
            if clinic.clinic_type_id == self._type.id
        }
        closures = closures_for_planning(period.starts_on, period.ends_on)
        for session in self.planned.problem.sessions:
            kind = SessionKind(session.kind)
            if kind not in DAYTIME or not self._is_ahead(session.day):
                continue
            for site in sites:
                is_open = any(
                    (each.weekday, each.kind) == (session.day.weekday(), kind) for each in site.openings
                ) and not any(closed.shuts(site.id, session.day, kind) for closed in closures)
                if is_open and (site.id, session.day, kind) not in taken:
                    yield session, site

    def _is_ahead(self, day: date) -> bool:
        return day > today() and self.plan.starts_on <= day <= self.plan.ends_on

    def _duty(self, number: int, session: Session, site: SiteRow, seat: ClinicSeat) -> Duty:
        """Give a seat as a duty that wants nobody while its clinic is not opened."""
        starts, ends = session_hours(site, session.day, SessionKind(session.kind))
        return Duty(
            number=number,
            session=session.number,
            site=site.code,
            activity=Activity.CLINIC.label,
            role_group=seat.role_group.label,
            roles=frozenset(role.value for role in seat.role_group.roles),
            starts=starts,
            ends=ends,
            maximum=seat.most,
            competencies=frozenset(seat.competencies),
            room=seat.room.value if seat.room else None,
            streams=(seat.funding.value,),
        )

    def _could_sit(self, seat: ClinicSeat, duty: Duty) -> bool:
        """Say whether enough people of a seat's roles work at all then: no search can change that."""
        able = sum(
            person.role in duty.roles and duty.session not in person.unavailable
            for person in self.planned.problem.people
        )
        return able >= seat.needed

"""A clinic of a doctor and a nurse on the first Monday of the tests, for tests of its running."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from network.access.rules import Role
from network.organisations.records import Site
from network.plumbing.database import db
from network.vocabulary import FundingStream, JobRole, RoleGroup, SessionKind
from rota.bundles.records import Bundle
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import Figures, PlanState, Proposal, Sitting
from rota.clinic_seats.commands import add_clinic
from rota.clinic_series.records import ClinicSession
from rota.clinic_series.rules import Place, Wanted
from rota.clinics.records import ClinicSeat, ClinicType
from rota.neighbourhoods.records import Neighbourhood
from rota.planning.commands import assignment_row
from rota.planning.queries import planned_for
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.rotas.rules import AssignmentSource
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota.scene import make_scene, make_worker, open_rota

AM = SessionKind.MORNING
PAYS = {RoleGroup.DENTIST: FundingStream.DENTAL_CONTRACT}


def make_clinic_type(
    cast: Cast,
    seats: tuple[tuple[RoleGroup, int, int, int], ...] = (
        (RoleGroup.GP, 1, 1, 1),
        (RoleGroup.NURSE, 1, 1, 0),
    ),
    name: str = "Diabetes one-stop",
) -> ClinicType:
    """Make a kind of clinic; each seat as its group, and how many are needed, safe and degraded."""
    kind = keep(ClinicType(network_id=cast.network.id, name=name))
    for position, (group, needed, safe, degraded) in enumerate(seats):
        keep(
            ClinicSeat(
                network_id=cast.network.id,
                clinic_type_id=kind.id,
                position=position,
                role_group=group,
                needed=needed,
                safe=safe,
                degraded=degraded,
                most=needed + 1,
                throughput=8,
                slot_minutes=20,
                funding=PAYS.get(group, FundingStream.CORE),
            )
        )
    db.session.refresh(kind)
    return kind


def make_neighbourhood(cast: Cast, name: str = "North") -> Neighbourhood:
    return keep(Neighbourhood(network_id=cast.network.id, name=name, site_id=cast.elm_site.id))


def wanted(cast: Cast, site: Site | None = None, **where: object) -> Wanted:
    """Want a new kind of clinic for a new neighbourhood, on Monday morning at Elm unless said otherwise."""
    place = Place(**{"site_id": (site or cast.elm_site).id, "day": MONDAY, "kind": AM, **where})  # type: ignore[arg-type]
    return Wanted(make_clinic_type(cast).id, make_neighbourhood(cast).id, place)


def hold_clinic(cast: Cast) -> ClinicSession:
    """Put a clinic on the calendar."""
    clinic_id = add_clinic(cast[Role.WORKFORCE_MANAGER], wanted(cast))
    return db.session.get_one(ClinicSession, clinic_id)


def lines_of(clinic_id: uuid.UUID) -> dict[RoleGroup, DemandLine]:
    rows = db.session.scalars(select(DemandLine).where(DemandLine.clinic_session_id == clinic_id))
    return {row.role_group: row for row in rows}


def seat(cast: Cast, version: RotaVersion, clinic: ClinicSession, group: RoleGroup) -> Assignment:
    """Let somebody new sit in a clinic."""
    member = make_worker(cast, f"Example {group.label}", JobRole(group.value))
    db.session.commit()
    row = assignment_row(planned_for(version), member, lines_of(clinic.id)[group])
    found = keep(Assignment(version_id=version.id, source=AssignmentSource.MANUAL, is_pinned=True, **row))
    db.session.commit()
    return found


def make_bundle(cast: Cast, clinic: ClinicSession, count: int) -> Bundle:
    """Let people of a clinic's neighbourhood need what it gives."""
    return keep(
        Bundle(
            network_id=cast.network.id,
            neighbourhood_id=clinic.neighbourhood_id,
            clinic_type_id=clinic.clinic_type_id,
            disciplines=["general_practice", "nursing"],
            count=count,
        )
    )


def make_plan(cast: Cast, weeks: int = 1) -> ClinicPlan:
    """Ask for a clinic on the draft of the first weeks of the tests, of which nothing was found yet."""
    make_scene(cast, doctors=1)
    version = open_rota(cast, weeks)
    plan = keep(
        ClinicPlan(
            network_id=cast.network.id,
            clinic_type_id=make_clinic_type(cast).id,
            neighbourhood_id=make_neighbourhood(cast).id,
            version_id=version.id,
            every_weeks=1,
            starts_on=version.period.starts_on,
            ends_on=version.period.ends_on + timedelta(14),
            asked_by="Somebody",
        )
    )
    db.session.commit()
    return plan


def make_plan_found(cast: Cast) -> ClinicPlan:
    """Have a proposal found: Monday morning at Elm with a doctor and a nurse, five people seen."""
    plan = make_plan(cast)
    doctor, nurse = make_worker(cast, "Seated", JobRole.GP), make_worker(cast, "Needle", JobRole.NURSE)
    bundle = keep(
        Bundle(
            network_id=cast.network.id,
            neighbourhood_id=plan.neighbourhood_id,
            clinic_type_id=plan.clinic_type_id,
            disciplines=[],
            count=9,
        )
    )
    people = {RoleGroup.GP: (doctor.id,), RoleGroup.NURSE: (nurse.id,)}
    sitting = Sitting(Place(cast.elm_site.id, MONDAY, AM), people, {bundle.id: 5})
    found = Proposal("Most people seen", (sitting,), Figures(5, 9, 1, 2, 4))
    plan.state, plan.proposals = PlanState.READY, {"found": [found.kept]}
    db.session.commit()
    return plan

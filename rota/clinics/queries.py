"""The kinds of clinic of a network, and as the solver takes them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import EquipmentKind, RoomKind
from rota.clinics.records import ClinicSeat, ClinicType
from rota.clinics.rules import (
    Design,
    SeatDesign,
    lacks,
    pair_read,
    troubles_of,
)
from rota.premises.queries import mobile_equipment, sites_with_premises
from rota.premises.rules import Premises
from rota.solver.staff_rota.clinics import ClinicKind, Seat


@dataclass(frozen=True)
class TypeShown:
    """A kind of clinic in the list: `troubles` keep it from being planned, `sites` are codes of those fit."""

    row: ClinicType
    design: Design
    seats: list[SeatDesign]
    troubles: tuple[str, ...]
    sites: list[str]


def types_for(viewer: Actor) -> Sequence[ClinicType]:
    """Return the network's kinds of clinic by name, those still used first."""
    _require_sight(viewer)
    return all_types()


def all_types() -> Sequence[ClinicType]:
    """Return the current network's kinds of clinic, for planning."""
    return db.session.scalars(
        select(ClinicType)
        .options(selectinload(ClinicType.seats))
        .order_by(ClinicType.retired_on.is_not(None), ClinicType.name)
    ).all()


def types_to_plan() -> list[ClinicType]:
    """Return the current network's kinds of clinic that can be planned, by name."""
    return [row for row in all_types() if row.retired_on is None and not troubles_with(row)]


def types_shown(viewer: Actor) -> list[TypeShown]:
    """Return the kinds of clinic with what keeps them from being planned, and where they can be held."""
    sites, mobile = sites_with_premises(viewer), mobile_equipment(viewer)
    found = []
    for row in types_for(viewer):
        design, seats = as_design(row), seats_of(row)
        holding = [site.code for site in sites if not lacks(design, seats, site, mobile)]
        found.append(TypeShown(row, design, seats, troubles_of(design, seats), holding))
    return found


def get_type_for(viewer: Actor, clinic_type_id: uuid.UUID) -> ClinicType:
    """Return a kind of clinic of the network, also one that is retired."""
    _require_sight(viewer)
    row = db.session.scalars(
        select(ClinicType).where(ClinicType.id == clinic_type_id).options(selectinload(ClinicType.seats))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_seat_for(viewer: Actor, seat_id: uuid.UUID) -> ClinicSeat:
    """Return a seat of one of the network's kinds of clinic."""
    _require_sight(viewer)
    row = db.session.get(ClinicSeat, seat_id, options=[joinedload(ClinicSeat.clinic_type)])
    if row is None:
        raise NotFound
    return row


def find_type_named(name: str) -> ClinicType | None:
    """Return the kind of clinic of the current network that has this name."""
    same = func.lower(ClinicType.name) == name.strip().lower()
    return db.session.scalars(select(ClinicType).where(same)).one_or_none()


def as_design(row: ClinicType) -> Design:
    """Give a kind of clinic as a value."""
    return Design(
        name=row.name,
        notes=row.notes,
        source=row.source,
        weeks_between=row.weeks_between,
        fewest_days_apart=row.fewest_days_apart,
        setup_minutes=row.setup_minutes,
        longest_wait=row.longest_wait,
        longest_stay=row.longest_stay,
        has_huddle=row.has_huddle,
        learner_places=row.learner_places,
        rooms={RoomKind(kind): number for kind, number in row.rooms.items()},
        equipment={EquipmentKind(kind): number for kind, number in row.equipment.items()},
        together=tuple(map(pair_read, row.together)),
    )


def as_seat(row: ClinicSeat) -> SeatDesign:
    """Give a seat as a value."""
    return SeatDesign(
        role_group=row.role_group,
        needed=row.needed,
        safe=row.safe,
        degraded=row.degraded,
        most=row.most,
        throughput=row.throughput,
        slot_minutes=row.slot_minutes,
        visit_order=row.visit_order,
        room=row.room,
        competencies=tuple(row.competencies),
        funding=row.funding,
    )


def seats_of(row: ClinicType) -> list[SeatDesign]:
    """Give the seats of a kind of clinic as values, in their order."""
    return [as_seat(seat) for seat in row.seats]


def troubles_with(row: ClinicType) -> tuple[str, ...]:
    """Say what keeps a kind of clinic from being planned anywhere."""
    return troubles_of(as_design(row), seats_of(row))


def sites_that_lack(viewer: Actor, row: ClinicType) -> list[tuple[Premises, tuple[str, ...]]]:
    """Say of each site of the network what it lacks to hold a kind of clinic: nothing where it can."""
    design, seats, mobile = as_design(row), seats_of(row), mobile_equipment(viewer)
    return [(site, lacks(design, seats, site, mobile)) for site in sites_with_premises(viewer)]


def as_kind(row: ClinicType) -> ClinicKind:
    """Give a kind of clinic as the solver takes it; how often it is wanted is for the plan to say.

    Groups and disciplines go by their labels, as duties do, so that its sentences can be read.
    """
    design = as_design(row)
    return ClinicKind(
        key=str(row.id),
        name=row.name,
        seats=tuple(
            Seat(
                group=seat.role_group.label,
                discipline=seat.discipline.label,
                needed=seat.needed,
                safe=seat.safe,
                degraded=seat.degraded,
                most=seat.most,
                throughput=seat.throughput,
            )
            for seat in row.seats
        ),
        rooms={kind.value: number for kind, number in design.rooms.items()},
        equipment={kind.label: number for kind, number in design.equipment.items()},
        learners=design.learner_places,
        huddle=design.has_huddle,
        together=tuple((one.label, other.label) for one, other in design.together),
        fewest_days_apart=design.fewest_days_apart,
    )


def _require_sight(viewer: Actor) -> None:
    if not viewer.may(Permission.SEE_CLINICS):
        raise NotFound

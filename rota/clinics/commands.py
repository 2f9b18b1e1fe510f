"""Setting up kinds of one-stop clinic and the seats of their teams."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from rota.clinics.queries import find_type_named, get_seat_for, get_type_for
from rota.clinics.records import ClinicSeat, ClinicType
from rota.clinics.rules import Design, SeatDesign, pair_kept, wrong_with_design, wrong_with_seat
from rota.staff.queries import competencies

WORDS = ("name", "notes", "source")


@command
def add_type(actor: Actor, design: Design, seats: Sequence[SeatDesign] = ()) -> uuid.UUID:
    """Add a kind of clinic, with its seats where they are known already."""
    _require_editor(actor)
    _refuse_design(design)
    row = ClinicType()
    _write(row, design)
    db.session.add(row)
    db.session.flush()
    for seat in seats:
        _add_seat(row, seat)
    record(actor, "add_clinic_type", "clinic_type", row.id, name=row.name, seats=len(seats))
    return row.id


@command
def change_type(actor: Actor, clinic_type_id: uuid.UUID, design: Design, row_version: int) -> None:
    """Change a kind of clinic; `row_version` is that of the one the editor looked at."""
    row = _locked(actor, clinic_type_id)
    if row.row_version != row_version:
        raise Refusal(
            "Somebody changed this clinic in the meantime. Load the page again and look at it first."
        )
    _refuse_design(design, besides=row)
    before = row.name
    _write(row, design)
    record(actor, "change_clinic_type", "clinic_type", row.id, before=before, after=row.name)


@command
def retire_type(actor: Actor, clinic_type_id: uuid.UUID) -> None:
    """Plan a kind of clinic no more; what is planned already stays, and can be read."""
    row = _locked(actor, clinic_type_id)
    if row.retired_on:
        raise Refusal(f"{row.name} is retired already.")
    row.retired_on = today()
    record(actor, "retire_clinic_type", "clinic_type", row.id, name=row.name)


@command
def bring_back_type(actor: Actor, clinic_type_id: uuid.UUID) -> None:
    """Plan a kind of clinic again that was retired."""
    row = _locked(actor, clinic_type_id)
    if not row.retired_on:
        raise Refusal(f"{row.name} is in use.")
    row.retired_on = None
    record(actor, "bring_back_clinic_type", "clinic_type", row.id, name=row.name)


@command
def add_seat(actor: Actor, clinic_type_id: uuid.UUID, seat: SeatDesign) -> uuid.UUID:
    """Add a seat to a kind of clinic."""
    clinic_type = _locked(actor, clinic_type_id)
    row = _add_seat(clinic_type, seat)
    record(actor, "add_clinic_seat", "clinic_type", clinic_type.id, seat=seat.role_group, numbers=_said(seat))
    return row.id


@command
def change_seat(actor: Actor, seat_id: uuid.UUID, seat: SeatDesign) -> None:
    """Change a seat; rotas that have a line for it already keep that."""
    row = get_seat_for(actor, seat_id)
    clinic_type = _locked(actor, row.clinic_type_id)
    _refuse_seat(clinic_type, seat, besides=row)
    if not seat.needed:
        _refuse_nobody(clinic_type, besides=row)
    _write_seat(row, seat)
    record(
        actor, "change_clinic_seat", "clinic_type", clinic_type.id, seat=seat.role_group, numbers=_said(seat)
    )


@command
def remove_seat(actor: Actor, seat_id: uuid.UUID) -> None:
    """Take a seat out of a kind of clinic; rotas that have a line for it already keep that."""
    row = get_seat_for(actor, seat_id)
    clinic_type = _locked(actor, row.clinic_type_id)
    _refuse_nobody(clinic_type, besides=row)
    clinic_type.seats.remove(row)
    record(actor, "remove_clinic_seat", "clinic_type", clinic_type.id, seat=row.role_group)


def _add_seat(clinic_type: ClinicType, seat: SeatDesign) -> ClinicSeat:
    _refuse_seat(clinic_type, seat)
    row = ClinicSeat(position=max((each.position for each in clinic_type.seats), default=0) + 1)
    _write_seat(row, seat)
    clinic_type.seats.append(row)
    db.session.flush()
    return row


def _write(row: ClinicType, design: Design) -> None:
    for name, value in vars(design).items():
        setattr(row, name, value.strip() if name in WORDS else value)
    row.rooms = {kind.value: number for kind, number in design.rooms.items()}
    row.equipment = {kind.value: number for kind, number in design.equipment.items()}
    row.together = sorted({pair_kept(pair) for pair in design.together})


def _write_seat(row: ClinicSeat, seat: SeatDesign) -> None:
    for name, value in vars(seat).items():
        setattr(row, name, list(value) if name == "competencies" else value)


def _refuse_design(design: Design, besides: ClinicType | None = None) -> None:
    for sentence in wrong_with_design(design).values():
        raise Invalid(sentence)
    same = find_type_named(design.name)
    if same and same is not besides:
        state = "retired, and can be brought back" if same.retired_on else "here already"
        raise Refusal(f"A clinic called {same.name} is {state}. Choose another name.")


def _refuse_seat(clinic_type: ClinicType, seat: SeatDesign, besides: ClinicSeat | None = None) -> None:
    for sentence in wrong_with_seat(seat).values():
        raise Invalid(sentence)
    if unknown := set(seat.competencies) - set(competencies()):
        raise Invalid(f"Choose competencies from the list: {', '.join(sorted(unknown))} is not in it.")
    if any(each is not besides and each.role_group is seat.role_group for each in clinic_type.seats):
        raise Refusal(f"{clinic_type.name} has a seat for {seat.role_group.label} already. Change that seat.")


def _refuse_nobody(clinic_type: ClinicType, besides: ClinicSeat) -> None:
    # Clinics may be on the calendar, and one that needs nobody is none.
    if besides.needed and not any(each.needed for each in clinic_type.seats if each is not besides):
        raise Refusal(
            f"Nobody else is needed in {clinic_type.name}. Add another seat that needs somebody first."
        )


def _locked(actor: Actor, clinic_type_id: uuid.UUID) -> ClinicType:
    _require_editor(actor)
    get_type_for(actor, clinic_type_id)
    wanted = select(ClinicType).where(ClinicType.id == clinic_type_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def _require_editor(actor: Actor) -> None:
    require(actor.may(Permission.EDIT_CLINICS), seen=actor.may(Permission.SEE_CLINICS))


def _said(seat: SeatDesign) -> str:
    return f"{seat.needed}/{seat.safe}/{seat.degraded}/{seat.most}"

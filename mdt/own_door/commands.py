"""Giving people a link to their own page, turning it off, and reading what they did there."""

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mdt.outcomes.queries import links_out_to
from mdt.own_door.queries import (
    access_to_doors,
    bars_to,
    get_door_for,
    get_note_for,
    open_doors_of,
    standing_stop,
)
from mdt.own_door.records import DoorStop, OwnDoor
from mdt.own_door.rules import (
    FOR_CARERS,
    SECRET_BYTES,
    DoorState,
    EndReason,
    Part,
    StopReason,
    hash_of,
    parts_shown,
    token_of,
    wrong_with_expiry,
)
from mdt.patients.records import Patient
from mdt.sharing.commands import refuse_in_emergency
from mdt.sharing.queries import access_to
from mdt.story.queries import get_carer
from mdt.story.records import Carer
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.encryption import keyring
from network.plumbing.refusals import Invalid, NotFound, Refusal


@dataclass(frozen=True)
class Wanted:
    """A link as a coordinator wants it; `handed_over` says how it reaches them and why that is safe."""

    expires_on: date
    is_safe: bool | None
    handed_over: str
    asks_birthday: bool = True
    carer_id: uuid.UUID | None = None
    shows: Collection[Part] = FOR_CARERS


@command
def make_own_door(actor: Actor, patient_id: uuid.UUID, wanted: Wanted) -> str:
    """Give a person, or a carer of theirs, a link and return it, this once; their earlier one ends."""
    patient = _locked(access_to_doors(actor, patient_id))
    refuse_in_emergency(actor, patient_id)
    carer = _carer(patient, wanted.carer_id)
    if bars := bars_to(patient, carer):
        raise Refusal(f"No link can be made. {bars[0].label}")
    _refuse_unsafe(wanted)
    for earlier in open_doors_of(patient_id):
        if earlier.carer_id == wanted.carer_id:
            end_door(actor, earlier, EndReason.REPLACED)
    secret = secrets.token_bytes(SECRET_BYTES)
    door = OwnDoor(
        patient_id=patient_id,
        carer_id=wanted.carer_id,
        reads=[part.value for part in parts_shown(wanted.shows, carer is not None)],
        asks_birthday=wanted.asks_birthday,
        key_hash=hash_of(secret),
        handed_over=wanted.handed_over.strip(),
        made_by=actor.name,
        expires_on=wanted.expires_on,
    )
    db.session.add(door)
    db.session.flush()
    record(
        actor,
        "make_own_door",
        "patient",
        patient_id,
        door=str(door.id),
        carer=carer is not None,
        until=door.expires_on.isoformat(),
    )
    return token_of(door.network_id, door.id, secret, keyring().sign)


@command
def take_back_own_door(actor: Actor, door_id: uuid.UUID) -> uuid.UUID:
    """Turn one link off, and return whose page it led to."""
    seen = get_door_for(actor, door_id)
    if seen.state is DoorState.ENDED:
        raise Refusal("This link was turned off already.")
    end_door(actor, seen.row, EndReason.TAKEN_BACK)
    return seen.patient.id


@command
def stop_own_doors(actor: Actor, patient_id: uuid.UUID, because: StopReason = StopReason.NOT_SAFE) -> None:
    """Turn off every link to somebody's page at once, and let nobody make another until that is lifted.

    Whoever takes part in their care may: whoever hears of danger first need not ask anybody.
    """
    patient = _locked(access_to(actor, patient_id).patient)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    if standing_stop(patient.id) is not None:
        raise Refusal("Their own page is turned off already.")
    end_doors(actor, patient.id, EndReason(because.value))
    db.session.add(DoorStop(patient_id=patient.id, because=because, stopped_by=actor.name))
    record(actor, "stop_own_doors", "patient", patient.id)


@command
def lift_stop(actor: Actor, patient_id: uuid.UUID, why: str) -> None:
    """Let links to somebody's page be made again; those that were turned off stay so."""
    patient = _locked(access_to_doors(actor, patient_id))
    refuse_in_emergency(actor, patient_id)
    if (stop := standing_stop(patient.id)) is None:
        raise Refusal("Nothing keeps links from being made.")
    if not why.strip():
        raise Invalid("Enter what has changed, and who says so.")
    stop.lifted_why, stop.lifted_by, stop.lifted_at = why.strip(), actor.name, now()
    record(actor, "lift_own_stop", "patient", patient.id)


@command
def read_own_note(actor: Actor, note_id: uuid.UUID) -> uuid.UUID:
    """Keep that a coordinator has read what somebody did at their door, and return whose it is."""
    note = get_note_for(actor, note_id)
    if note.read_at is None:
        note.read_at, note.read_by = now(), actor.name
    record(actor, "read_own_note", "patient", note.patient_id)
    return note.patient_id


def end_doors(actor: Actor, patient_id: uuid.UUID, because: EndReason) -> None:
    """Turn off every link to somebody's page, and those by which they answer. Part of a command."""
    for door in open_doors_of(patient_id):
        end_door(actor, door, because)
    for link in links_out_to(patient_id):
        link.ended_at, link.ended_by = now(), actor.name
        record(actor, "end_measure_link", "case", link.case_id, ref=link.case.ref)


def end_door(actor: Actor, door: OwnDoor, because: EndReason) -> None:
    """Turn a link off for good. Part of a command."""
    door.ended_at, door.ended_by, door.ended_because = now(), actor.name, because
    record(actor, "end_own_door", "patient", door.patient_id, door=str(door.id), because=because.value)


def _locked(patient: Patient) -> Patient:
    """Lock a person: of a link that is made and one that is stopped at once, the later one knows."""
    rows = select(Patient).where(Patient.id == patient.id).with_for_update()
    return db.session.scalars(rows.execution_options(populate_existing=True)).one()


def _carer(patient: Patient, carer_id: uuid.UUID | None) -> Carer | None:
    if carer_id is None:
        return None
    carer = get_carer(carer_id)
    if carer.patient_id != patient.id:
        raise NotFound
    return carer


def _refuse_unsafe(wanted: Wanted) -> None:
    if wanted.is_safe is None:
        raise Invalid("Say whether it is safe to give them this link.")
    if not wanted.is_safe:
        raise Invalid("Do not make a link: it is not safe. Tell them in another way.")
    if not wanted.handed_over.strip():
        raise Invalid("Enter how the link reaches them, and why that is safe.")
    if wrong := wrong_with_expiry(wanted.expires_on, today()):
        raise Invalid(wrong)
    if wanted.carer_id is not None and not parts_shown(wanted.shows, for_carer=True):
        raise Invalid("Choose at least one thing that the person lets this carer see.")

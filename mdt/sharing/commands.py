"""Recording the basis of sharing and objections; relating people to those who care for them."""

import uuid
from datetime import date

from sqlalchemy import select

from mdt.patients.records import Patient
from mdt.sharing.queries import access_to, objections_of, told_of
from mdt.sharing.records import (
    CareRelation,
    Disclosure,
    MeetingSettings,
    ObjectionRecord,
    SharingRecord,
)
from mdt.sharing.rules import ObjectionScope, Reason, SharingBasis, SharingMode
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline


@command
def record_sharing(
    actor: Actor, patient_id: uuid.UUID, basis: SharingBasis, *, how: str, informed_by: str, informed_on: date
) -> None:
    """Record how somebody was informed, or why they could not be; what was recorded before stays."""
    access_to(actor, patient_id)
    note_sharing(actor, patient_id, basis, how=how, informed_by=informed_by, informed_on=informed_on)


@command
def object_to_sharing(
    actor: Actor,
    patient_id: uuid.UUID,
    scope: ObjectionScope,
    *,
    organisation_id: uuid.UUID | None = None,
    discipline: Discipline | None = None,
    topic: str = "",
) -> list[str]:
    """Record what somebody does not want shared, from now on, and name those who were told already."""
    access_to(actor, patient_id)
    if scope is ObjectionScope.ORGANISATION:
        if organisation_id is None:
            raise Invalid("Choose the organisation that is not to know.")
        get_organisation_for(actor, organisation_id)
    if scope is ObjectionScope.DISCIPLINE and discipline is None:
        raise Invalid("Choose the discipline that is not to know.")
    if scope is ObjectionScope.TOPIC and not topic.strip():
        raise Invalid("Enter the topic that is not to be told.")
    row = ObjectionRecord(
        patient_id=patient_id,
        scope=scope,
        organisation_id=organisation_id if scope is ObjectionScope.ORGANISATION else None,
        discipline=discipline if scope is ObjectionScope.DISCIPLINE else None,
        topic=topic.strip() if scope is ObjectionScope.TOPIC else "",
        recorded_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "object_to_sharing", "patient", patient_id, scope=scope.value)
    return sorted({each.told for each in told_of(patient_id)})


@command
def lift_objection(actor: Actor, patient_id: uuid.UUID, objection_id: uuid.UUID) -> None:
    """Record that somebody takes an objection back; both stay on record."""
    access_to(actor, patient_id)
    standing = {each.id: each for each in objections_of([patient_id]).get(patient_id, ())}
    if objection_id not in standing:
        raise NotFound
    lifted = standing[objection_id]
    db.session.add(
        ObjectionRecord(patient_id=patient_id, scope=lifted.scope, lifts_id=lifted.id, recorded_by=actor.name)
    )
    record(actor, "lift_objection", "patient", patient_id, scope=lifted.scope.value)


@command
def choose_sharing_mode(actor: Actor, mode: SharingMode) -> None:
    """Choose whether the network informs people or asks for explicit consent."""
    require(actor.may(Permission.EDIT_SHARING))
    settings = db.session.scalars(select(MeetingSettings)).one_or_none() or MeetingSettings()
    settings.sharing_mode = mode
    db.session.add(settings)
    record(actor, "choose_sharing_mode", "network", actor.network_id, mode=mode.value)


def note_sharing(
    actor: Actor, patient_id: uuid.UUID, basis: SharingBasis, *, how: str, informed_by: str, informed_on: date
) -> None:
    """Put a sharing record down; part of a command."""
    if not how.strip():
        raise Invalid("Enter how the person was informed, or why they could not be.")
    if informed_on > today():
        raise Invalid("Enter a day that is not in the future.")
    db.session.add(
        SharingRecord(
            patient_id=patient_id,
            basis=basis,
            how=how.strip(),
            informed_by=informed_by or actor.name,
            informed_on=informed_on,
            recorded_by=actor.name,
        )
    )
    record(actor, "record_sharing", "patient", patient_id, basis=basis.value)


def relate(
    actor: Actor,
    patient: Patient,
    reason: Reason,
    *,
    organisation_id: uuid.UUID | None = None,
    discipline: Discipline | None = None,
    account_id: uuid.UUID | None = None,
    from_id: uuid.UUID | None = None,
    ends_on: date | None = None,
) -> None:
    """Let somebody know of a person from today, and say why; part of a command."""
    row = CareRelation(
        patient_id=patient.id,
        reason=reason,
        organisation_id=organisation_id,
        discipline=discipline,
        account_id=account_id,
        from_id=from_id,
        starts_on=today(),
        ends_on=ends_on,
        made_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "relate", "patient", patient.id, reason=reason.value, relation=str(row.id))


def end_relations(from_id: uuid.UUID, ends_on: date) -> None:
    """End what came from a case, a meeting or an action that is over."""
    for row in db.session.scalars(
        select(CareRelation).where(CareRelation.from_id == from_id, CareRelation.ends_on.is_(None))
    ):
        row.ends_on = ends_on


def note_disclosure(
    patient_id: uuid.UUID,
    told: str,
    what: str,
    *,
    organisation_id: uuid.UUID | None = None,
    account_id: uuid.UUID | None = None,
) -> None:
    """Keep that somebody was told of a person; part of a command."""
    db.session.add(
        Disclosure(
            patient_id=patient_id,
            told=told,
            what=what,
            organisation_id=organisation_id,
            account_id=account_id,
        )
    )

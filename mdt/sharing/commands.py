"""Recording the basis of sharing; relating people to those who care for them; keeping who was told."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from mdt.patients.records import Patient
from mdt.sharing.queries import access_to, accesses
from mdt.sharing.records import CareRelation, Disclosure, MeetingSettings, SharingRecord
from mdt.sharing.rules import NEED_NO_ACCESS, Reason, SharingBasis, SharingMode
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Discipline


class InEmergencyOnly(Refusal):
    """An emergency opens a person's cases for some hours and is reviewed; what outlasts it is for others."""

    def __init__(self) -> None:
        super().__init__(
            "You see this in an emergency, for some hours only. Ask a care coordinator to do this, or to let"
            " you take part."
        )


@command
def record_sharing(
    actor: Actor, patient_id: uuid.UUID, basis: SharingBasis, *, how: str, informed_by: str, informed_on: date
) -> None:
    """Record how somebody was informed, or why they could not be; what was recorded before stays."""
    access_to(actor, patient_id)
    note_sharing(actor, patient_id, basis, how=how, informed_by=informed_by, informed_on=informed_on)


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
    case_id: uuid.UUID | None = None,
    from_id: uuid.UUID | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    ends_at: datetime | None = None,
) -> uuid.UUID:
    """Let somebody know of one case of a person, or of all, and say why; part of a command."""
    if reason not in NEED_NO_ACCESS and _is_own(actor, organisation_id, account_id):
        refuse_in_emergency(actor, patient.id)
    row = CareRelation(
        patient_id=patient.id,
        reason=reason,
        organisation_id=organisation_id,
        discipline=discipline,
        account_id=account_id,
        case_id=case_id,
        from_id=from_id,
        starts_on=starts_on or today(),
        ends_on=ends_on,
        ends_at=ends_at,
        made_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "relate", "patient", patient.id, reason=reason.value, relation=str(row.id))
    return row.id


def refuse_in_emergency(actor: Actor, patient_id: uuid.UUID) -> None:
    """Refuse what outlasts an emergency to whoever knows of somebody by nothing else; part of a command."""
    access = accesses(actor, [patient_id]).get(patient_id)
    if access is not None and access.is_emergency:
        raise InEmergencyOnly


def _is_own(actor: Actor, organisation_id: uuid.UUID | None, account_id: uuid.UUID | None) -> bool:
    if account_id is not None:
        return account_id == actor.account_id
    return organisation_id in {grant.organisation_id for grant in actor.grants}


def end_relations(from_id: uuid.UUID, ends_on: date, *, account_id: uuid.UUID | None = None) -> None:
    """End what came from a case, a meeting or an action, for all or for one; what ended before stays so."""
    lasts_longer = or_(CareRelation.ends_on.is_(None), CareRelation.ends_on > ends_on)
    found = select(CareRelation).where(CareRelation.from_id == from_id, lasts_longer)
    if account_id is not None:
        found = found.where(CareRelation.account_id == account_id)
    for row in db.session.scalars(found):
        row.ends_on = ends_on


def end_care(from_id: uuid.UUID, ends_on: date | None) -> None:
    """Let those who referred or coordinated a case know of it until a day; None: on and on again.

    The person's own practice goes on knowing of them: they are registered there, whoever referred them.
    """
    held = select(CareRelation).where(
        CareRelation.from_id == from_id, CareRelation.reason.in_((Reason.REFERRED, Reason.COORDINATES))
    )
    for row in db.session.scalars(held):
        row.ends_on = ends_on


def move_registration(actor: Actor, patient: Patient) -> None:
    """Let the practice that somebody left know of them no more, but their new one; part of a command."""
    held = select(CareRelation).where(
        CareRelation.patient_id == patient.id,
        CareRelation.reason == Reason.REGISTERED,
        or_(CareRelation.ends_on.is_(None), CareRelation.ends_on >= today()),
    )
    for row in db.session.scalars(held).all():
        ends_on, row.ends_on = row.ends_on, today() - timedelta(days=1)
        if patient.practice_id is not None:
            relate(
                actor,
                patient,
                Reason.REGISTERED,
                organisation_id=patient.practice_id,
                from_id=row.from_id,
                ends_on=ends_on,
            )


def end_other_registrations(patient: Patient) -> dict[str, str | None]:
    """Let no practice but their own know all of somebody; return what ended, with when it would have."""
    if patient.practice_id is None:
        return {}
    held = select(CareRelation).where(
        CareRelation.patient_id == patient.id,
        CareRelation.reason == Reason.REGISTERED,
        CareRelation.organisation_id != patient.practice_id,
        or_(CareRelation.ends_on.is_(None), CareRelation.ends_on >= today()),
    )
    ended = {}
    for row in db.session.scalars(held):
        ended[str(row.id)] = row.ends_on.isoformat() if row.ends_on else None
        row.ends_on = today() - timedelta(days=1)
    return ended


def resume_registrations(ended: Mapping[str, str | None]) -> None:
    """Take back what `end_other_registrations` ended."""
    rows = select(CareRelation).where(CareRelation.id.in_([uuid.UUID(row_id) for row_id in ended]))
    for row in db.session.scalars(rows):
        until = ended[str(row.id)]
        row.ends_on = date.fromisoformat(until) if until else None


def note_disclosure(
    patient_id: uuid.UUID,
    told: str,
    what: str,
    *,
    why: str | None = None,
    organisation_id: uuid.UUID | None = None,
    account_id: uuid.UUID | None = None,
) -> None:
    """Keep that somebody was told of a person; part of a command."""
    db.session.add(
        Disclosure(
            patient_id=patient_id,
            told=told,
            what=what,
            why=why,
            organisation_id=organisation_id,
            account_id=account_id,
        )
    )

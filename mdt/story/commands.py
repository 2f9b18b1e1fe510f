"""Putting down what people say, need, and who cares for them; confirming and ending it."""

import uuid
from dataclasses import asdict, replace
from datetime import date

from mdt.patients.commands import MaybeKnown, describe, refuse_death, register, rename
from mdt.patients.records import Patient
from mdt.patients.rules import Contact, Identity
from mdt.sharing.commands import move_registration
from mdt.sharing.queries import access_to, matches_for
from mdt.sharing.rules import Reason
from mdt.story.queries import get_carer, get_ended, get_need, get_statement
from mdt.story.records import Carer, Need, Statement
from mdt.story.rules import CarerDetails, Heard, NeedKind, wrong_with_words
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal


class ChangedMeanwhile(Refusal):
    """Somebody else changed the record since it was looked at."""


@command
def note_opened(actor: Actor, patient_id: uuid.UUID) -> None:
    """Keep that somebody looked at a person's page."""
    access = access_to(actor, patient_id)
    record(actor, "open_person", "patient", patient_id, reason=access.relation.reason.value)


@command
def add_patient(
    actor: Actor,
    identity: Identity,
    contact: Contact,
    practice_id: uuid.UUID | None = None,
    *,
    is_somebody_else: bool = False,
) -> uuid.UUID:
    """Add somebody whom nobody has referred: those who coordinate the network know of them, nobody else."""
    require(actor.may(Permission.BUILD_LISTS))
    typed = (identity.nhs_number, identity.family_name, identity.given_name, identity.born_on)
    if not is_somebody_else and matches_for(actor, *typed):
        raise MaybeKnown("Somebody who may be the same person is known here already. Is it them?")
    patient = register(actor, identity, contact, practice_id)
    record(actor, "add_patient", "patient", patient.id)
    return patient.id


@command
def change_patient(
    actor: Actor,
    patient_id: uuid.UUID,
    identity: Identity,
    contact: Contact,
    practice_id: uuid.UUID | None,
    *,
    seen: int,
) -> None:
    """Correct who somebody is or how to reach them; `seen` is the row version that was looked at."""
    patient = _patient_to_change(actor, patient_id)
    if patient.row_version != seen:
        raise ChangedMeanwhile(
            "Somebody else has just changed this. Look at what stands there now, then change it."
        )
    practice_before = patient.practice_id
    if practice_id != practice_before:
        _refuse_to_register(actor, patient_id)
    describe(actor, patient, identity, contact, practice_id)
    db.session.flush()
    rename(patient)
    if patient.practice_id != practice_before:
        move_registration(actor, patient)
    record(actor, "change_patient", "patient", patient.id)


@command
def record_death(actor: Actor, patient_id: uuid.UUID, died_on: date) -> None:
    """Record that somebody died: letters, reviews and prompts stop at once."""
    patient = _patient_to_change(actor, patient_id)
    refuse_death(patient, died_on)
    patient.died_on = died_on
    record(actor, "record_death", "patient", patient.id)


@command
def take_back_death(actor: Actor, patient_id: uuid.UUID) -> None:
    """Take back that somebody died, where it was entered for the wrong person."""
    patient = _patient_to_change(actor, patient_id)
    patient.died_on = None
    record(actor, "take_back_death", "patient", patient.id)


@command
def note_statement(actor: Actor, patient_id: uuid.UUID, heard: Heard) -> uuid.UUID:
    """Put down what somebody said, in their words."""
    patient = _patient_to_tell(actor, patient_id)
    if wrong := wrong_with_words(heard, today()):
        raise Invalid(wrong)
    statement = Statement(patient_id=patient.id, **asdict(heard))
    db.session.add(statement)
    db.session.flush()
    record(actor, "note_statement", "patient", patient.id, statement=str(statement.id), kind=heard.kind.value)
    return statement.id


@command
def confirm_statement(actor: Actor, statement_id: uuid.UUID) -> uuid.UUID:
    """Keep that somebody was asked, and that their words are still true."""
    statement = get_statement(statement_id)
    _patient_to_tell(actor, statement.patient_id)
    statement.confirmed_on, statement.confirmed_by = today(), actor.name
    record(actor, "confirm_statement", "patient", statement.patient_id, statement=str(statement.id))
    return statement.patient_id


@command
def end_statement(actor: Actor, statement_id: uuid.UUID) -> uuid.UUID:
    """Keep that words are true no more; they stay on record."""
    statement = get_statement(statement_id)
    _patient_to_tell(actor, statement.patient_id)
    statement.ended_on, statement.ended_by = today(), actor.name
    record(actor, "end_statement", "patient", statement.patient_id, statement=str(statement.id))
    return statement.patient_id


@command
def restore_statement(actor: Actor, statement_id: uuid.UUID) -> uuid.UUID:
    """Take back that words are true no more."""
    statement = get_ended(Statement, statement_id)
    _patient_to_tell(actor, statement.patient_id)
    statement.ended_on, statement.ended_by = None, ""
    record(actor, "restore_statement", "patient", statement.patient_id, statement=str(statement.id))
    return statement.patient_id


@command
def record_need(actor: Actor, patient_id: uuid.UUID, kind: NeedKind, words: str) -> uuid.UUID:
    """Record a communication need or a reasonable adjustment."""
    patient = _patient_to_tell(actor, patient_id)
    if not words.strip():
        raise Invalid("Enter what the person needs, such as 'hearing loop'.")
    need = Need(
        patient_id=patient.id,
        kind=kind,
        words=words.strip(),
        recorded_by=actor.name,
        recorded_on=today(),
    )
    db.session.add(need)
    db.session.flush()
    record(actor, "record_need", "patient", patient.id, kind=kind.value)
    return need.id


@command
def end_need(actor: Actor, need_id: uuid.UUID) -> uuid.UUID:
    """End a need that stands no more."""
    need = get_need(need_id)
    _patient_to_tell(actor, need.patient_id)
    need.ended_on = today()
    record(actor, "end_need", "patient", need.patient_id, kind=need.kind.value)
    return need.patient_id


@command
def restore_need(actor: Actor, need_id: uuid.UUID) -> uuid.UUID:
    """Take back that a need stands no more."""
    need = get_ended(Need, need_id)
    _patient_to_tell(actor, need.patient_id)
    need.ended_on = None
    record(actor, "restore_need", "patient", need.patient_id, kind=need.kind.value)
    return need.patient_id


@command
def add_carer(actor: Actor, patient_id: uuid.UUID, details: CarerDetails) -> uuid.UUID:
    """Add somebody who cares for the person."""
    patient = _patient_to_tell(actor, patient_id)
    carer = Carer(patient_id=patient.id)
    _describe_carer(carer, details)
    db.session.add(carer)
    db.session.flush()
    record(actor, "add_carer", "patient", patient.id, carer=str(carer.id))
    return carer.id


@command
def change_carer(actor: Actor, carer_id: uuid.UUID, details: CarerDetails) -> None:
    """Change what is said of a carer."""
    carer = get_carer(carer_id)
    _patient_to_change(actor, carer.patient_id)
    # How their assessment goes is kept step by step, each with its day.
    _describe_carer(carer, replace(details, assessment=carer.assessment))
    record(actor, "change_carer", "patient", carer.patient_id, carer=str(carer.id))


@command
def end_carer(actor: Actor, carer_id: uuid.UUID) -> uuid.UUID:
    """Keep that somebody cares for the person no more."""
    carer = get_carer(carer_id)
    _patient_to_tell(actor, carer.patient_id)
    carer.ended_on = today()
    record(actor, "end_carer", "patient", carer.patient_id, carer=str(carer.id))
    return carer.patient_id


@command
def restore_carer(actor: Actor, carer_id: uuid.UUID) -> uuid.UUID:
    """Take back that somebody cares for the person no more."""
    carer = get_ended(Carer, carer_id)
    _patient_to_tell(actor, carer.patient_id)
    carer.ended_on = None
    record(actor, "restore_carer", "patient", carer.patient_id, carer=str(carer.id))
    return carer.patient_id


def _describe_carer(carer: Carer, details: CarerDetails) -> None:
    if not details.name.strip():
        raise Invalid("Enter the carer's name.")
    for name, value in asdict(details).items():
        setattr(carer, name, value)


def _patient_to_change(actor: Actor, patient_id: uuid.UUID) -> Patient:
    access = access_to(actor, patient_id)
    require(actor.may_somewhere(Permission.BUILD_LISTS) or actor.may_somewhere(Permission.CONTRIBUTE))
    require(access.standing.is_clinical)
    return access.patient


def _patient_to_tell(actor: Actor, patient_id: uuid.UUID) -> Patient:
    access = access_to(actor, patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    return access.patient


def _refuse_to_register(actor: Actor, patient_id: uuid.UUID) -> None:
    """Let nobody open all cases of a person to a practice but that which has them, and who coordinates."""
    held = {relation.reason for relation in access_to(actor, patient_id).relations}
    if Reason.REGISTERED not in held and not actor.may(Permission.BUILD_LISTS):
        raise Refusal(
            "A person's practice sees all their cases. Ask the care coordinator to change it; leave it as it"
            " is to save the rest."
        )

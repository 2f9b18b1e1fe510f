"""Registering people, correcting who they are, and noting their death."""

import uuid
from dataclasses import replace
from datetime import date

from flask import current_app
from sqlalchemy import delete

from mdt.patients.queries import find_by_nhs_number
from mdt.patients.records import NameBeginning, Patient
from mdt.patients.rules import Contact, Identity, beginnings_of, tidy_nhs_number, wrong_with_identity
from network.access.rules import Actor
from network.audit.commands import record, record_refused
from network.organisations.queries import get_organisation_for
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from network.plumbing.settings import Settings

LENGTH_OF_NUMBER = 10


class KnownAlready(Refusal):
    """The network knows a person with this NHS number."""


class MaybeKnown(Refusal):
    """The network knows somebody who may be the same person: whoever enters them says whether they are."""


def register(
    actor: Actor, identity: Identity, contact: Contact, practice_id: uuid.UUID | None = None
) -> Patient:
    """Register somebody whom the network does not know yet; part of a command that says why."""
    patient = Patient(made_by=actor.name)
    describe(actor, patient, identity, contact, practice_id)
    db.session.add(patient)
    db.session.flush()
    _index_name(patient)
    record(actor, "register_patient", "patient", patient.id, has_nhs_number=patient.nhs_number is not None)
    return patient


def describe(
    actor: Actor, patient: Patient, identity: Identity, contact: Contact, practice_id: uuid.UUID | None
) -> None:
    """Put down who somebody is and how to reach them, where nothing is wrong with it."""
    if wrong := wrong_with_identity(identity, today(), only_invented=_only_invented()):
        raise Invalid(wrong)
    number = tidy_nhs_number(identity.nhs_number) or None
    with db.session.no_autoflush:
        holder = find_by_nhs_number(number) if number else None
    if holder is not None and holder is not patient:
        record_refused(actor, "try_number", "patient", holder.id)
        raise KnownAlready(
            "Somebody with this NHS number is known here already. Choose them from the list instead."
        )
    patient.nhs_number = patient.nhs_index = number
    patient.born = patient.born_index = identity.born_on.isoformat()
    for name in ("title", "family_name", "given_name", "preferred_name"):
        setattr(patient, name, " ".join(getattr(identity, name).split()))
    patient.sex = identity.sex
    for name in (
        "address",
        "postcode",
        "phone",
        "email",
        "care_home",
        "letter_format",
        "language",
        "lives_alone",
        "housebound",
        "ethnicity",
        "imd_decile",
    ):
        setattr(patient, name, getattr(contact, name))
    patient.practice_id = get_organisation_for(actor, practice_id).id if practice_id else None
    patient.described_on = today()


def put_down(
    actor: Actor, patient: Patient | None, identity: Identity, practice_id: uuid.UUID | None
) -> Patient:
    """Put down whom a draft is about, as far as it was typed; part of a command."""
    complete = tidy_nhs_number(identity.nhs_number)
    if wrong := wrong_with_identity(
        identity if len(complete) >= LENGTH_OF_NUMBER else replace(identity, nhs_number=""),
        today(),
        only_invented=_only_invented(),
    ):
        raise Invalid(wrong)
    patient = patient or Patient(made_by=actor.name)
    patient.nhs_number = identity.nhs_number.strip() or None
    patient.born = identity.born_on.isoformat()
    # Found by nobody: by no number, no name, and a day of birth that is none.
    patient.nhs_index, patient.born_index = None, f"draft {uuid.uuid4()}"
    patient.family_name = " ".join(identity.family_name.split())
    patient.given_name = " ".join(identity.given_name.split())
    patient.practice_id = get_organisation_for(actor, practice_id).id if practice_id else None
    db.session.add(patient)
    db.session.flush()
    return patient


def rename(patient: Patient) -> None:
    """Find somebody by their new names from now on."""
    db.session.execute(delete(NameBeginning).where(NameBeginning.patient_id == patient.id))
    _index_name(patient)


def _index_name(patient: Patient) -> None:
    names = (patient.family_name, patient.given_name, patient.preferred_name)
    db.session.add_all(
        NameBeginning(patient_id=patient.id, beginning=each) for each in sorted(beginnings_of(names))
    )
    db.session.flush()


def _only_invented() -> bool:
    settings: Settings = current_app.extensions["settings"]
    return not settings.is_production


def refuse_death(patient: Patient, died_on: date) -> None:
    """Refuse a day of death that cannot be."""
    if died_on > today() or died_on < patient.born_on:
        raise Invalid("Enter a day of death between the day of birth and today.")

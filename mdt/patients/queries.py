"""Finding people: by NHS number, by date of birth, by how their names begin. Others ask who may look."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from mdt.patients.records import NameBeginning, Patient
from mdt.patients.rules import Identity, beginning_to_find, parts_of, tidy_nhs_number
from network.plumbing.database import db


@dataclass(frozen=True)
class Match:
    """Somebody who may be the same person, and what speaks for it."""

    patient: Patient
    because: str
    is_certain: bool


def find_by_nhs_number(number: str) -> Patient | None:
    """Return the person of the current network who has this NHS number."""
    return db.session.scalars(select(Patient).where(Patient.nhs_index == number)).one_or_none()


def matches_of(identity: Identity) -> list[Match]:
    """Return who may be the same person: the same NHS number, or the same day of birth and a name alike."""
    number = tidy_nhs_number(identity.nhs_number)
    same = find_by_nhs_number(number) if number else None
    born = db.session.scalars(
        select(Patient)
        .where(Patient.born_index == identity.born_on.isoformat(), Patient.merged_into_id.is_(None))
        .order_by(Patient.made_at)
    )
    names = set(parts_of(f"{identity.given_name} {identity.preferred_name} {identity.family_name}"))
    alike = [
        Match(other, "the same date of birth and a name alike", is_certain=False)
        for other in born
        if other is not same
        and names & set(parts_of(names_of(other)))
        # Two different NHS numbers are two people: twins share a day and a name.
        and not (number and other.nhs_number)
    ]
    certain = [Match(same, "the same NHS number", is_certain=True)] if same else []
    return certain + alike


def ids_found_by_name(words: str) -> set[uuid.UUID]:
    """Return the ids of those who may have a name that begins with each of the words: long ones are cut."""
    parts = {beginning_to_find(part) for part in parts_of(words)}
    if not parts:
        return set()
    rows = db.session.scalars(
        select(NameBeginning.patient_id)
        .where(NameBeginning.beginning.in_(parts))
        .group_by(NameBeginning.patient_id)
        .having(func.count() == len(parts))
    )
    return set(rows)


def names_of(patient: Patient) -> str:
    """Return all names of somebody, to compare with what was typed."""
    return f"{patient.given_name} {patient.preferred_name} {patient.family_name}"

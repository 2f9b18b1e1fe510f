"""What is known here of those whom a list names, asked for at one go."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from mdt.cases.queries import cases_known
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.findings.queries import findings_born, findings_of, practices_for
from mdt.findings.records import Finding
from mdt.findings.rules import Who, who_of_text
from mdt.patients.queries import names_of
from mdt.patients.records import Patient
from mdt.patients.rules import parts_of
from mdt.risk_lists.wording import AGAINST, DEAD, KNOWN, NOT_LOOKED_FOR, OTHER_PERSON, open_case_said
from mdt.sharing.queries import accesses, objections_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Actor
from network.plumbing.database import db


@dataclass(frozen=True)
class People:
    """Those known here, by what lists tell people apart by."""

    findings: Mapping[tuple[uuid.UUID, str], Finding]
    # Those of whom no NHS number is known, by practice, names and date of birth.
    nameless: Mapping[tuple[uuid.UUID, tuple[str, ...], str], Finding]
    patients: Sequence[Patient]
    # Of whom whoever asks may know.
    known: Collection[uuid.UUID]
    refs: Mapping[uuid.UUID, str]
    against: Collection[uuid.UUID]

    def finding_of(self, who: Who, practice_id: uuid.UUID) -> Finding | None:
        """Return what lists of a practice said of somebody before."""
        same = self.findings.get((practice_id, who.nhs_number)) if who.nhs_number else None
        return same or self.nameless.get((practice_id, _names(who), str(who.born_on)))

    def compared(self, who: Who, practice_id: uuid.UUID) -> tuple[Patient | None, str, tuple[str, ...]]:
        """Return who of this network somebody is, why they cannot be taken in, or what is to be known."""
        patient = self._patient(who)
        if patient is None:
            return None, "", ()
        if _is_another(who, patient):
            return patient, OTHER_PERSON, ()
        # Whoever may not know of somebody learns nothing from a list they wrote themselves.
        may_be_told = patient.id in self.known or patient.practice_id == practice_id
        if patient.id in self.against:
            return patient, AGAINST if may_be_told else NOT_LOOKED_FOR, ()
        if patient.died_on is not None:
            return patient, DEAD if may_be_told else NOT_LOOKED_FOR, ()
        if patient.id in self.refs:
            return patient, "", (open_case_said(self.refs[patient.id]),)
        return patient, "", (KNOWN,) if patient.id in self.known else ()

    def _patient(self, who: Who) -> Patient | None:
        if who.nhs_number:
            same = next((each for each in self.patients if each.nhs_number == who.nhs_number), None)
            if same is not None:
                return same
        alike = [
            each
            for each in self.patients
            if who.is_complete
            and each.born_on == who.born_on
            and not (each.nhs_number and who.nhs_number)
            and set(_names(who)) <= set(parts_of(names_of(each)))
        ]
        return alike[0] if len(alike) == 1 else None


def known_among(viewer: Actor, people: Collection[Who]) -> People:
    """Return what is known here of some people, and what of it whoever asks may be told."""
    numbers = {who.nhs_number for who in people if who.nhs_number}
    days = {who.born_on.isoformat() for who in people if who.born_on}
    own = [each.id for each in practices_for(viewer)]
    patients = _patients(numbers, days)
    ids = {patient.id for patient in patients}
    numbered = [(row, who_of_text(row.who)) for row in findings_of(own, numbers)]
    born = [(row, who_of_text(row.who)) for row in findings_born(own, days) if row.nhs_index is None]
    return People(
        {(row.practice_id, who.nhs_number): row for row, who in numbered},
        {(row.practice_id, _names(who), str(who.born_on)): row for row, who in born},
        patients,
        accesses(viewer, ids).keys(),
        _open_cases(viewer, ids),
        {
            patient_id
            for patient_id, objections in objections_of(ids).items()
            if any(each.scope is ObjectionScope.ALL for each in objections)
        },
    )


def _names(who: Who) -> tuple[str, ...]:
    return tuple(sorted(parts_of(f"{who.given_name} {who.family_name}")))


def _is_another(who: Who, patient: Patient) -> bool:
    """Say whether a list and our entry of one NHS number speak of two people."""
    if who.born_on is not None and who.born_on != patient.born_on:
        return True
    names, ours = set(_names(who)), set(parts_of(names_of(patient)))
    # A name in another script has no parts that compare: then the number and the day of birth decide.
    return bool(names and ours) and not names & ours


def _patients(numbers: Collection[str], days: Collection[str]) -> Sequence[Patient]:
    wanted = select(Patient).where(
        Patient.merged_into_id.is_(None),
        or_(Patient.nhs_index.in_(numbers), Patient.born_index.in_(days)),
    )
    return db.session.scalars(wanted.order_by(Patient.made_at)).all()


def _open_cases(viewer: Actor, patient_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    wanted = select(Case).where(Case.patient_id.in_(list(patient_ids)), Case.state.in_(OPEN))
    known = cases_known(viewer, db.session.scalars(wanted.order_by(Case.number)))
    return {seen.case.patient_id: seen.case.ref for seen in known.values()}

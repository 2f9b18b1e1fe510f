"""What is known of people as facts; whoever calls has asked for access before."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import select

from mdt.cases.records import Case
from mdt.cases.rules import OPEN, Risk
from mdt.facts.records import PatientFact
from mdt.facts.rules import Fact, FactPack, FactSpec, as_fact_pack, derived_of, latest_of
from mdt.patients.records import Patient
from mdt.sharing.queries import Access
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import NotFound

PACK = Path(__file__).parent / "packs" / "facts.yaml"


@dataclass(frozen=True)
class FactSeen:
    """A fact as the page about a person shows it."""

    spec: FactSpec
    fact: Fact
    said: str
    is_old: bool


@cache
def pack() -> FactPack:
    """Read the list of facts once; one that is wrong in itself stops the start."""
    return as_fact_pack(yaml.safe_load(PACK.read_text()))


def spec_of(key: str) -> FactSpec:
    """Return what a fact is."""
    if key not in pack().specs:
        raise NotFound
    return pack().specs[key]


def facts_of(patient_id: uuid.UUID) -> tuple[Fact, ...]:
    """Return what counts of the facts about somebody, old ones too, in the order of the list of facts."""
    return facts_of_all([patient_id])[patient_id]


def facts_of_all(patient_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Fact, ...]]:
    """Return what counts of the facts about some people, at one go."""
    found: dict[uuid.UUID, list[Fact]] = {patient_id: [] for patient_id in patient_ids}
    for patient_id, facts in _derived(found).items():
        found[patient_id] += facts
    for row in _rows(found):
        found[row.patient_id].append(as_fact(row))
    latest = {patient_id: latest_of(facts) for patient_id, facts in found.items()}
    return {
        # What a later list of facts has dropped says nothing any more.
        patient_id: tuple(facts[key] for key in pack().specs if key in facts)
        for patient_id, facts in latest.items()
    }


def facts_seen(access: Access) -> list[FactSeen]:
    """Return what counts of the facts about somebody, as far as the viewer may read them."""
    return [
        _as_seen(each) for each in facts_of(access.patient.id) if may_read(access, pack().specs[each.key])
    ]


def may_read(access: Access, spec: FactSpec) -> bool:
    """Say whether the viewer may read a fact: what marks somebody is for those who coordinate."""
    return access.standing.is_clinical and (access.standing.sees_all or not spec.field.is_restricted)


def history_of(patient_id: uuid.UUID, key: str) -> Sequence[PatientFact]:
    """Return all that was noted of one fact, the latest first, also what was taken back."""
    return db.session.scalars(
        select(PatientFact)
        .where(PatientFact.patient_id == patient_id, PatientFact.key == key)
        .order_by(PatientFact.as_at.desc(), PatientFact.noted_at.desc())
    ).all()


def get_fact(fact_id: uuid.UUID) -> PatientFact:
    """Return one fact as it was noted."""
    row = db.session.get(PatientFact, fact_id)
    if row is None:
        raise NotFound
    return row


def as_fact(row: PatientFact) -> Fact:
    """Give a row as a fact."""
    spec = pack().specs.get(row.key)
    return Fact(row.key, spec.read(row.value) if spec else row.value, row.as_at, row.source)


def _as_seen(fact: Fact) -> FactSeen:
    spec = pack().specs[fact.key]
    return FactSeen(spec, fact, spec.said(fact.value, today()), fact.is_old(today()))


def _rows(patient_ids: Iterable[uuid.UUID]) -> Sequence[PatientFact]:
    return db.session.scalars(
        select(PatientFact)
        .where(PatientFact.patient_id.in_(list(patient_ids)), PatientFact.taken_back_at.is_(None))
        .order_by(PatientFact.noted_at, PatientFact.id)
    ).all()


def _derived(patient_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Fact]]:
    wanted = list(patient_ids)
    strained = _strained(wanted)
    return {
        patient.id: derived_of(
            born_on=patient.born_on,
            lives_alone=patient.lives_alone,
            housebound=patient.housebound,
            care_home=patient.care_home,
            recorded_on=patient.described_on or patient.made_at.astimezone(ENGLAND).date(),
            strain_on=strained.get(patient.id),
            today=today(),
        )
        for patient in db.session.scalars(select(Patient).where(Patient.id.in_(wanted)))
    }


def _strained(patient_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Return whose carer a referral that is not over said was under strain, and when."""
    rows = db.session.execute(
        select(Case.patient_id, Case.risks, Case.made_at)
        .where(Case.patient_id.in_(patient_ids), Case.state.in_(OPEN))
        .order_by(Case.made_at)
    )
    return {
        patient_id: made_at.astimezone(ENGLAND).date()
        for patient_id, risks, made_at in rows
        if Risk.CARER_STRAIN.value in risks
    }

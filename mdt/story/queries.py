"""What somebody said, needs, and who cares for them; whoever calls has asked for access before."""

import uuid
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Select, select

from mdt.patients.records import Patient
from mdt.sharing.queries import objections_of
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.wording import objection_said
from mdt.story.records import Carer, Need, Statement
from mdt.story.rules import CarerRole, StatementKind
from mdt.story.wording import Banner, banner_of
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.plumbing.shown import note_shown

Row = TypeVar("Row", Need, Carer)
Told = TypeVar("Told", Statement, Need, Carer)
ORDER = {kind: place for place, kind in enumerate(StatementKind)}


def statements_of(patient_id: uuid.UUID) -> Sequence[Statement]:
    """Return what holds of somebody's own words: what matters first, the newest first of each kind."""
    rows = db.session.scalars(
        select(Statement)
        .where(Statement.patient_id == patient_id, Statement.ended_on.is_(None))
        .order_by(Statement.heard_on.desc(), Statement.noted_at.desc())
    )
    return sorted(rows, key=lambda each: ORDER[each.kind])


def get_statement(statement_id: uuid.UUID) -> Statement:
    """Return a statement that still holds."""
    statement = db.session.get(Statement, statement_id)
    if statement is None or statement.ended_on is not None:
        raise NotFound
    return statement


def needs_of(patient_id: uuid.UUID) -> Sequence[Need]:
    """Return the needs that stand."""
    return db.session.scalars(
        select(Need).where(Need.patient_id == patient_id, Need.ended_on.is_(None)).order_by(Need.kind)
    ).all()


def carers_of(patient_id: uuid.UUID) -> Sequence[Carer]:
    """Return those who care for somebody."""
    return db.session.scalars(
        select(Carer).where(Carer.patient_id == patient_id, Carer.ended_on.is_(None)).order_by(Carer.id)
    ).all()


def get_carer(carer_id: uuid.UUID) -> Carer:
    """Return a carer."""
    carer = db.session.get(Carer, carer_id)
    if carer is None or carer.ended_on is not None:
        raise NotFound
    return carer


def get_need(need_id: uuid.UUID) -> Need:
    """Return a need that stands."""
    need = db.session.get(Need, need_id)
    if need is None or need.ended_on is not None:
        raise NotFound
    return need


def get_ended(table: type[Told], row_id: uuid.UUID) -> Told:
    """Return what was ended, to bring it back."""
    row = db.session.get(table, row_id)
    if row is None or row.ended_on is None:
        raise NotFound
    return row


def banner_for(patient: Patient) -> Banner:
    """Return the banner of a person, with the needs and objections that everybody on the page must see."""
    return banners_for([patient])[patient.id]


def banners_for(patients: Iterable[Patient]) -> dict[uuid.UUID, Banner]:
    """Return the banners of some people."""
    found = {patient.id: patient for patient in patients}
    note_shown(found)
    flags: dict[uuid.UUID, list[str]] = {}
    for need in db.session.scalars(_standing(Need, found).order_by(Need.kind, Need.id)):
        flags.setdefault(need.patient_id, []).append(need.words)
    for carer in db.session.scalars(_standing(Carer, found).order_by(Carer.id)):
        if carer.role is CarerRole.PARTNER:
            flags.setdefault(carer.patient_id, []).append(f"{carer.relation or carer.name} is carer")
    objections = objections_of(found)
    return {
        patient.id: _banner(patient, flags.get(patient.id, ()), objections.get(patient.id, ()))
        for patient in found.values()
    }


def _standing(table: type[Row], patient_ids: Iterable[uuid.UUID]) -> Select[Row]:
    return select(table).where(table.patient_id.in_(list(patient_ids)), table.ended_on.is_(None))


def _banner(patient: Patient, flags: Iterable[str], objections: Iterable[ObjectionRecord]) -> Banner:
    return banner_of(
        patient_id=patient.id,
        family_name=patient.family_name,
        given_name=patient.given_name,
        title=patient.title,
        preferred_name=patient.preferred_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number,
        sex=patient.sex,
        letter_format=patient.letter_format,
        language=patient.language,
        died_on=patient.died_on,
        flags=tuple(flags),
        objections=tuple(
            # The topic itself may be what is not to be told, and the banner is read by all.
            objection_said(row.scope, row.organisation.name if row.organisation else "", row.discipline)
            for row in objections
        ),
        today=today(),
    )

"""What somebody said, needs, and who cares for them; whoever calls has asked for access before."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from mdt.patients.records import Patient
from mdt.story.records import Carer, Need, Statement
from mdt.story.rules import CarerRole, StatementKind
from mdt.story.wording import Banner, banner_of
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound

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


def banner_for(patient: Patient) -> Banner:
    """Return the banner of a person, with the needs that everybody on the page must see."""
    flags = tuple(need.words for need in needs_of(patient.id))
    partners = [carer for carer in carers_of(patient.id) if carer.role is CarerRole.PARTNER]
    carers = tuple(f"{carer.relation or carer.name} is carer" for carer in partners)
    return banner_of(
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
        flags=flags + carers,
        today=today(),
    )

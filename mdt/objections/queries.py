"""Objections, and who was told before somebody objected."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from mdt.meetings.queries import Colleague, colleagues_for
from mdt.sharing.queries import access_to, accesses, told_of
from mdt.sharing.records import CareRelation, ObjectionRecord
from mdt.sharing.rules import ObjectionScope, Reason
from network.access.rules import Actor
from network.plumbing.database import ENGLAND, db
from network.plumbing.refusals import NotFound


@dataclass(frozen=True)
class Knower:
    """Somebody who knows of a person already: how they came to know, and since when."""

    told: str
    what: str
    on: date


def get_objection_for(viewer: Actor, patient_id: uuid.UUID, objection_id: uuid.UUID) -> ObjectionRecord:
    """Return an objection of somebody whom the viewer may know of."""
    access_to(viewer, patient_id)
    objection = db.session.get(ObjectionRecord, objection_id)
    if objection is None or objection.patient_id != patient_id or objection.lifts_id is not None:
        raise NotFound
    return objection


def told_before(viewer: Actor, objection: ObjectionRecord) -> list[Knower]:
    """Return who knew already of those who were not to know, the latest first, without the viewer."""
    is_of_one = objection.scope is ObjectionScope.ORGANISATION
    told = [
        Knower(row.told, row.what, row.at.astimezone(ENGLAND).date())
        for row in told_of(objection.patient_id)
        if row.at <= objection.recorded_at
        and (not is_of_one or row.organisation_id in (None, objection.organisation_id))
    ]
    named = {each.told for each in told} | {viewer.name}
    members = [each for each in _members_knowing(viewer, objection) if each.told not in named]
    return sorted([*told, *members], key=lambda each: each.on, reverse=True)


def _members_knowing(viewer: Actor, objection: ObjectionRecord) -> list[Knower]:
    """Name those whom nobody had to tell: their organisation referred the person, or is their practice."""
    rows = select(CareRelation).where(
        CareRelation.patient_id == objection.patient_id,
        CareRelation.reason.in_((Reason.REFERRED, Reason.REGISTERED)),
        CareRelation.starts_on <= objection.recorded_at.astimezone(ENGLAND).date(),
    )
    since = {
        row.organisation_id: row for row in db.session.scalars(rows.order_by(CareRelation.starts_on.desc()))
    }
    return [
        Knower(one.name, f"{one.organisation} {row.reason.label}", row.starts_on)
        for one in colleagues_for(viewer)
        if (row := since.get(one.organisation_id)) is not None and _concerns(objection, one)
    ]


def _concerns(objection: ObjectionRecord, one: Colleague) -> bool:
    if objection.scope is ObjectionScope.ORGANISATION:
        return one.organisation_id == objection.organisation_id
    return objection.scope is not ObjectionScope.DISCIPLINE or one.discipline is objection.discipline


def objections_since(viewer: Actor, since: datetime) -> Sequence[ObjectionRecord]:
    """Return what was objected to lately by those whom the viewer may know of, the latest first."""
    rows = db.session.scalars(
        select(ObjectionRecord)
        .where(ObjectionRecord.recorded_at >= since, ObjectionRecord.lifts_id.is_(None))
        .order_by(ObjectionRecord.recorded_at.desc())
    ).all()
    known = accesses(viewer, {row.patient_id for row in rows})
    return [row for row in rows if row.patient_id in known]

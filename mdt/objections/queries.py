"""Objections, and who was told before somebody objected."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from mdt.meetings.queries import Colleague, colleagues_for
from mdt.sharing.queries import access_to, accesses, told_of
from mdt.sharing.records import CareRelation, Disclosure, ObjectionRecord
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
    return all_told_before(viewer, [objection])[objection.id]


def all_told_before(viewer: Actor, objections: Collection[ObjectionRecord]) -> dict[uuid.UUID, list[Knower]]:
    """Return the same of several objections, by the objection's id."""
    people = {objection.patient_id for objection in objections}
    told, entitled = told_of(*people), _entitled(people)
    colleagues = colleagues_for(viewer)
    found = {}
    for objection in objections:
        knowing = [_as_knower(row) for row in told if _was_told_before(row, objection)]
        named = {each.told for each in knowing} | {viewer.name}
        members = _members_knowing(objection, entitled, colleagues)
        knowing += [each for each in members if each.told not in named]
        found[objection.id] = sorted(knowing, key=lambda each: each.on, reverse=True)
    return found


def _as_knower(row: Disclosure) -> Knower:
    return Knower(row.told, row.what, row.at.astimezone(ENGLAND).date())


def _was_told_before(row: Disclosure, objection: ObjectionRecord) -> bool:
    if row.patient_id != objection.patient_id or row.at > objection.recorded_at:
        return False
    is_of_one = objection.scope is ObjectionScope.ORGANISATION
    return not is_of_one or row.organisation_id in (None, objection.organisation_id)


def _entitled(patient_ids: Collection[uuid.UUID]) -> Sequence[CareRelation]:
    """Return by what organisations know of people though nobody had to tell them, the latest first."""
    rows = select(CareRelation).where(
        CareRelation.patient_id.in_(patient_ids),
        CareRelation.reason.in_((Reason.REFERRED, Reason.REGISTERED)),
    )
    return db.session.scalars(rows.order_by(CareRelation.starts_on.desc())).all()


def _members_knowing(
    objection: ObjectionRecord, entitled: Sequence[CareRelation], colleagues: Sequence[Colleague]
) -> list[Knower]:
    """Name those whom nobody had to tell: their organisation referred the person, or is their practice."""
    day = objection.recorded_at.astimezone(ENGLAND).date()
    since = {
        row.organisation_id: row
        for row in entitled
        if row.patient_id == objection.patient_id and row.starts_on <= day
    }
    return [
        Knower(one.name, f"{one.organisation} {row.reason.label}", row.starts_on)
        for one in colleagues
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

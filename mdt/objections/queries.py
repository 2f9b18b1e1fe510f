"""Objections, and who was told before somebody objected."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from mdt.sharing.queries import access_to, accesses, told_of
from mdt.sharing.records import Disclosure, ObjectionRecord
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Actor
from network.plumbing.database import db
from network.plumbing.refusals import NotFound


def get_objection_for(viewer: Actor, patient_id: uuid.UUID, objection_id: uuid.UUID) -> ObjectionRecord:
    """Return an objection of somebody whom the viewer may know of."""
    access_to(viewer, patient_id)
    objection = db.session.get(ObjectionRecord, objection_id)
    if objection is None or objection.patient_id != patient_id or objection.lifts_id is not None:
        raise NotFound
    return objection


def told_before(objection: ObjectionRecord) -> list[Disclosure]:
    """Return who had been told already of those who were not to know, the latest first."""
    is_of_one = objection.scope is ObjectionScope.ORGANISATION
    return [
        told
        for told in told_of(objection.patient_id)
        if told.at <= objection.recorded_at
        and (not is_of_one or told.organisation_id in (None, objection.organisation_id))
    ]


def objections_since(viewer: Actor, since: datetime) -> Sequence[ObjectionRecord]:
    """Return what was objected to lately by those whom the viewer may know of, the latest first."""
    rows = db.session.scalars(
        select(ObjectionRecord)
        .where(ObjectionRecord.recorded_at >= since, ObjectionRecord.lifts_id.is_(None))
        .order_by(ObjectionRecord.recorded_at.desc())
    ).all()
    known = accesses(viewer, {row.patient_id for row in rows})
    return [row for row in rows if row.patient_id in known]

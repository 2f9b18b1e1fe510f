"""Which meetings people took part in, and which cases they followed."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from network.plumbing.database import db
from rota.exposures.records import MeetingExposure
from rota.exposures.rules import Exposure


def find_exposure(exposure: Exposure) -> MeetingExposure | None:
    """Find what is noted of somebody and one meeting or case."""
    return db.session.scalars(
        select(MeetingExposure).where(
            MeetingExposure.person_id == exposure.person_id, MeetingExposure.key == exposure.key
        )
    ).one_or_none()


def exposures_of(person_id: uuid.UUID, starts_on: date, ends_on: date) -> Sequence[Exposure]:
    """Return what somebody took part in between two days, in order."""
    return exposures_of_people([person_id], starts_on, ends_on)


def exposures_of_people(
    person_ids: Collection[uuid.UUID], starts_on: date, ends_on: date
) -> Sequence[Exposure]:
    """Return the same of several people."""
    rows = db.session.scalars(
        select(MeetingExposure)
        .where(MeetingExposure.person_id.in_(person_ids), MeetingExposure.day.between(starts_on, ends_on))
        .order_by(MeetingExposure.day, MeetingExposure.key)
    )
    return [Exposure(row.person_id, row.discipline, row.day, row.key, row.kind) for row in rows]

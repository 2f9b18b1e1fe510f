"""Which of a person's cases can take their plan to a meeting."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from mdt.cases.queries import cases_known
from mdt.cases.records import Case
from mdt.plan_reviews.rules import Way, way_to_a_meeting
from network.access.rules import Actor, Permission
from network.plumbing.database import db


@dataclass(frozen=True)
class WaySeen:
    """A case of the person, and how their plan comes to a meeting by it."""

    case: Case
    way: Way


def ways_for(viewer: Actor, patient_id: uuid.UUID) -> list[WaySeen]:
    """Return how the viewer can take a plan to a meeting by a case there is; none: by a new referral."""
    rows = db.session.scalars(select(Case).where(Case.patient_id == patient_id).order_by(Case.number.desc()))
    known = [seen.case for seen in cases_known(viewer, rows).values()]
    coordinates = viewer.may(Permission.BUILD_LISTS)
    found = [(case, way_to_a_meeting(case.state, coordinates=coordinates)) for case in known]
    return [WaySeen(case, way) for case, way in found if way is not None]

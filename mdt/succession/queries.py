"""Cases and plans whose coordinator cannot look after them any more."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from mdt.cases.records import Case
from mdt.cases.rules import OPEN, CaseState
from mdt.patients.records import Patient
from mdt.plans.records import CarePlan
from mdt.plans.rules import PlanState
from network.organisations.records import Organisation
from network.plumbing.database import db
from network.vocabulary import OrganisationKind

# Before triage a case waits for all coordinators; from then on for one.
COORDINATED = OPEN - {CaseState.SUBMITTED, CaseState.RETURNED}


def orphaned_cases(coordinators: Collection[uuid.UUID]) -> Sequence[Case]:
    """Return the cases under way whose coordinator is none of those."""
    return db.session.scalars(
        select(Case)
        .where(
            Case.state.in_(COORDINATED),
            or_(Case.coordinator_id.is_(None), Case.coordinator_id.not_in(coordinators)),
        )
        .order_by(Case.number)
    ).all()


def orphaned_plans(coordinators: Collection[uuid.UUID]) -> Sequence[CarePlan]:
    """Return the plans that hold whose coordinator is none of those; nobody's who has died."""
    return db.session.scalars(
        select(CarePlan)
        .join(CarePlan.patient)
        .where(
            CarePlan.state == PlanState.AGREED,
            Patient.died_on.is_(None),
            or_(CarePlan.coordinator_id.is_(None), CarePlan.coordinator_id.not_in(coordinators)),
        )
        .order_by(CarePlan.begun_at, CarePlan.id)
    ).all()


def loads_of(coordinators: Collection[uuid.UUID]) -> Counter[uuid.UUID]:
    """Count the people whom each coordinator looks after, by a case or a plan."""
    cases = select(Case.coordinator_id, Case.patient_id).where(Case.state.in_(COORDINATED))
    plans = select(CarePlan.coordinator_id, CarePlan.patient_id).where(CarePlan.state == PlanState.AGREED)
    pairs = {(row[0], row[1]) for rows in (cases, plans) for row in db.session.execute(rows)}
    found = Counter(dict.fromkeys(coordinators, 0))
    found.update(account_id for account_id, _ in pairs if account_id is not None and account_id in found)
    return found


def networks() -> Sequence[uuid.UUID]:
    """Return all networks."""
    return db.session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.NETWORK).order_by(Organisation.id)
    ).all()

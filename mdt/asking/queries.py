"""Whom to ask: who knew the person before, and who has a letter already."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from mdt.cases.records import Case
from mdt.contributions.queries import joined
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ContributionState
from network.plumbing.database import db
from network.vocabulary import Discipline

C = ContributionState


def organisations_that_gave(patient_id: uuid.UUID, discipline: Discipline) -> set[uuid.UUID]:
    """Return who knew a person when their discipline was asked before."""
    rows = db.session.scalars(
        select(Contribution.organisation_id)
        .join(Contribution.case)
        .where(
            Case.patient_id == patient_id,
            Contribution.discipline == discipline,
            Contribution.state.in_({C.GIVEN, C.NOTHING_TO_ADD, C.CANNOT_SHARE}),
        )
    )
    return set(rows)


def organisations_asked(case_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the organisations whose answer about a case is waited for."""
    asked = select(Contribution.organisation_id).where(
        Contribution.case_id == case_id, Contribution.state == C.REQUESTED
    )
    return set(db.session.scalars(asked))


def requests_to(organisation_id: uuid.UUID, discipline: Discipline) -> Sequence[Contribution]:
    """Return what waits for an answer of an organisation's discipline."""
    return db.session.scalars(
        joined().where(
            Contribution.organisation_id == organisation_id,
            Contribution.discipline == discipline,
            Contribution.state == C.REQUESTED,
        )
    ).all()

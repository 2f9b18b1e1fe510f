"""How cases stand before they are closed, and which of them come back."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from mdt.actions.queries import open_actions_of
from mdt.bookings.queries import under_way
from mdt.cases.queries import CaseSeen, cases_for
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.closing.rules import CAN_CLOSE, CAN_COME_BACK, Standing, missing_to_close
from mdt.huddles.queries import called_huddles_of
from mdt.letters.records import Telling
from mdt.letters.rules import Audience
from mdt.lists.queries import unsigned_of
from mdt.patients.records import Patient
from network.access.rules import Actor
from network.organisations.records import Organisation
from network.plumbing.database import db, in_network, today
from network.vocabulary import OrganisationKind


def standings_of(cases: Iterable[Case]) -> dict[uuid.UUID, Standing]:
    """Work out how cases stand; whoever calls has asked for access."""
    found = {case.id: case for case in cases}
    to_do, unsigned, waiting = open_actions_of(found), unsigned_of(set(found)), _not_told(set(found))
    called, booked = called_huddles_of(set(found)), under_way(set(found))
    return {
        case_id: Standing(
            case.state,
            len(to_do.get(case_id, ())),
            case_id in unsigned,
            case.told_on is not None and case_id not in waiting,
            case.patient.died_on is not None,
            case_id in called,
            case_id in booked,
        )
        for case_id, case in found.items()
    }


def ready_to_close(viewer: Actor) -> list[CaseSeen]:
    """Return the cases in which nothing is left to do and no review was agreed, or can be held any more."""
    found = [
        seen
        for seen in cases_for(viewer, CAN_CLOSE)
        if seen.case.review_due is None or seen.access.patient.died_on is not None
    ]
    standings = standings_of(seen.case for seen in found)
    return [seen for seen in found if not missing_to_close(standings[seen.case.id])]


def reviews_until(viewer: Actor, day: date) -> list[CaseSeen]:
    """Return the cases that come back until a day, the first due first."""
    found = [
        seen
        for seen in cases_for(viewer, CAN_COME_BACK | {CaseState.REVIEW_DUE})
        if seen.case.review_due is not None
        and seen.case.review_due <= day
        and seen.access.patient.died_on is None
    ]
    return sorted(found, key=lambda seen: (seen.case.review_due or day, seen.case.number))


def due_back() -> Sequence[Case]:
    """Return the cases of the current network whose day to come back has come."""
    return db.session.scalars(
        select(Case)
        .join(Case.patient)
        .where(Case.state.in_(CAN_COME_BACK), Case.review_due <= today(), Patient.died_on.is_(None))
        .order_by(Case.number)
    ).all()


def networks_with_reviews() -> list[uuid.UUID]:
    """Return the networks in which a case is due to come back."""
    networks = db.session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.NETWORK).order_by(Organisation.id)
    ).all()
    found = []
    for each in networks:
        # Each network's cases are hidden from all others.
        with in_network(each):
            if due_back():
                found.append(each)
    return found


def _not_told(case_ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Return the cases whose person still has to be told of a decision."""
    return set(
        db.session.scalars(
            select(Telling.case_id).where(
                Telling.case_id.in_(case_ids),
                Telling.audience == Audience.PERSON,
                Telling.told_on.is_(None),
            )
        )
    )

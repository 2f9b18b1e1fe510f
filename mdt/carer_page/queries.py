"""A carer as one reader may know of them, and whom a coordinator owes something."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mdt.carer_actions.queries import asked_of, cases_to_ask_in
from mdt.carer_actions.records import CarerAction
from mdt.carers.queries import CarerKnown, as_told, known_of
from mdt.carers.records import CarerSaid
from mdt.carers.rules import AgreementScope, Duty, is_to_be_asked, latest, may_read_confidence
from mdt.cases.queries import cases_for
from mdt.cases.records import Case
from mdt.sharing.queries import Access, access_to_change
from mdt.story.queries import get_carer
from mdt.story.records import Carer
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.organisations.records import Organisation
from network.plumbing.database import db, today
from network.vocabulary import Discipline, OrganisationKind


@dataclass(frozen=True)
class CarerSeen:
    """A carer, what the reader may read of them, and what they were asked to do."""

    known: CarerKnown
    access: Access
    said: Sequence[CarerSaid]
    asked: Sequence[CarerAction]
    can_be_asked: bool
    is_to_be_asked_again: bool

    @property
    def carer(self) -> Carer:
        return self.known.carer


@dataclass(frozen=True)
class CarerDue:
    """What is owed to a carer, under the reference of a case: without the name of anybody."""

    carer_id: uuid.UUID
    relation: str
    case: Case
    duties: Sequence[Duty]

    @property
    def is_by_law(self) -> bool:
        return any(duty.is_by_law for duty in self.duties)


def carer_seen(viewer: Actor, carer_id: uuid.UUID) -> CarerSeen:
    """Return a carer to a clinical reader; what was told in confidence only to those who need it."""
    carer = get_carer(carer_id)
    access = access_to_change(viewer, carer.patient_id)
    known = known_of([carer])[carer_id]
    read = as_told(known, [row for row in known.said if _may_read(viewer, access, known, row)])
    return CarerSeen(
        read,
        access,
        read.said,
        asked_of(viewer, carer_id),
        can_be_asked=viewer.may_somewhere(Permission.ACT) and bool(cases_to_ask_in(access)),
        is_to_be_asked_again=is_to_be_asked(latest(row.heard_on for row in known.said), today()),
    )


def carers_due_for(viewer: Actor) -> list[CarerDue]:
    """Return to whom something is owed, what the law asks for first, then who waited longest."""
    require(viewer.may(Permission.BUILD_LISTS))
    cases = {
        seen.case.patient_id: seen.case for seen in cases_for(viewer) if seen.access.patient.died_on is None
    }
    carers = db.session.scalars(
        select(Carer).where(Carer.patient_id.in_(cases), Carer.ended_on.is_(None)).order_by(Carer.id)
    ).all()
    known = known_of(carers)
    found = [
        CarerDue(carer.id, carer.relation or "Carer", cases[carer.patient_id], known[carer.id].duties)
        for carer in carers
        if known[carer.id].duties
    ]
    return sorted(found, key=lambda due: (not due.is_by_law, _since(due), due.case.number))


def councils_for(viewer: Actor) -> list[Organisation]:
    """Return who has to assess carers: the councils' adult social care first, then the others."""
    others = organisations_for(viewer)
    return sorted(others, key=lambda one: (one.kind is not OrganisationKind.SOCIAL_CARE, one.name))


def _since(due: CarerDue) -> date:
    return min((duty.since for duty in due.duties if duty.since), default=date.max)


def _may_read(viewer: Actor, access: Access, known: CarerKnown, row: CarerSaid) -> bool:
    team = known.agreements.get(AgreementScope.TEAM)
    is_apart = row.is_confidential or (team is not None and not team.agrees)
    return not is_apart or may_read_confidence(
        coordinates=viewer.may(Permission.BUILD_LISTS),
        is_author=row.heard_by_id is not None and row.heard_by_id == viewer.account_id,
        must_assess=any(Discipline.SOCIAL_CARE in said for said in access.standing.posts.values()),
    )

"""What was offered in a case, as far as the viewer may know of it, and what can be offered there."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import CaseSeen, get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN, CaseState
from mdt.services.queries import (
    can_refer,
    get_service_for,
    own_organisations,
    services_for,
    steps_of,
)
from mdt.services.records import Navigator, Offer, OfferStep, Service
from mdt.services.rules import ANSWERS, OFFER_MOVES, RUNNING, OfferState, Wanted, Way, ways_to
from mdt.sharing.queries import access_to, objections_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound

TO_OFFER_IN = OPEN - {CaseState.SUBMITTED, CaseState.RETURNED}


@dataclass(frozen=True)
class OfferSeen:
    """An offer with what was answered to it, and what may be answered next."""

    offer: Offer
    steps: Sequence[OfferStep]

    @property
    def answers(self) -> tuple[OfferState, ...]:
        return tuple(each for each in ANSWERS if each in OFFER_MOVES[self.offer.state])

    @property
    def may_go(self) -> bool:
        """Say whether it can still be taken back as a slip."""
        return OfferState.WITHDRAWN in OFFER_MOVES[self.offer.state]


def offers_seen(viewer: Actor, case_id: uuid.UUID) -> list[OfferSeen]:
    """Return what was offered in a case: who is not clinical sees what is theirs or their organisation's."""
    seen = get_case_for(viewer, case_id)
    rows = db.session.scalars(
        select(Offer)
        .where(Offer.case_id == case_id, Offer.state != OfferState.WITHDRAWN)
        .options(joinedload(Offer.service), joinedload(Offer.action))
        .order_by(Offer.offered_on.desc(), Offer.id)
    ).all()
    shown = [row for row in rows if _is_shown(viewer, row, seen)]
    steps = steps_of(row.id for row in shown)
    return [OfferSeen(row, steps.get(row.id, ())) for row in shown]


def get_offer_for(viewer: Actor, offer_id: uuid.UUID) -> OfferSeen:
    """Return an offer that the viewer may see."""
    offer = db.session.get(Offer, offer_id)
    if offer is None or not _is_shown(viewer, offer, get_case_for(viewer, offer.case_id)):
        raise NotFound
    return OfferSeen(offer, steps_of([offer_id]).get(offer_id, ()))


def may_offer(viewer: Actor, case: Case) -> bool:
    """Say whether the viewer can offer something in a case as it stands."""
    alive = case.patient.died_on is None
    return alive and case.state in TO_OFFER_IN and viewer.may_somewhere(Permission.CONTRIBUTE)


def services_to_offer(viewer: Actor, case_id: uuid.UUID, wanted: Wanted) -> list[tuple[Service, bool]]:
    """Return the services for one case, and of each whether the person has been offered it or has it."""
    get_case_for(viewer, case_id)
    running = {each.offer.service_id for each in offers_seen(viewer, case_id) if each.offer.state in RUNNING}
    return [(service, service.id in running) for service in services_for(viewer, wanted)]


def get_offerable_for(viewer: Actor, case_id: uuid.UUID, service_id: uuid.UUID) -> tuple[CaseSeen, Service]:
    """Return a case and a service that is there and may be offered in it."""
    seen, service = get_case_for(viewer, case_id), get_service_for(viewer, service_id)
    if not may_offer(viewer, seen.case) or service.ended_on is not None:
        raise NotFound
    return seen, service


def ways_for(viewer: Actor, seen: CaseSeen, service: Service) -> tuple[Way, ...]:
    """Return how the person can come to a service through the viewer."""
    is_own = service.organisation_id in own_organisations(viewer)
    may = is_own or (seen.access.standing.is_clinical and can_refer(viewer, service))
    return ways_to(service.referrers, service.takes_self_referral, service.kind, may)


def is_objected_to(patient_id: uuid.UUID, service: Service) -> bool:
    """Say whether the person does not want the organisation that runs a service told of them."""
    return service.organisation_id is not None and any(
        row.scope is ObjectionScope.ORGANISATION and row.organisation_id == service.organisation_id
        for row in objections_of([patient_id]).get(patient_id, ())
    )


def get_navigator_for(viewer: Actor, navigator_id: uuid.UUID) -> Navigator:
    """Return a navigator of somebody whom the viewer may know of."""
    row = db.session.get(Navigator, navigator_id)
    if row is None:
        raise NotFound
    access_to(viewer, row.patient_id)
    return row


def _is_shown(viewer: Actor, offer: Offer, seen: CaseSeen) -> bool:
    return (
        seen.access.standing.is_clinical
        or offer.offered_by_id == viewer.account_id
        or offer.service.organisation_id in own_organisations(viewer)
    )

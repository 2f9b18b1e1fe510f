"""The directory of local services, what of it somebody was offered, and who helps them find their way."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mdt.services.records import Navigator, Offer, OfferStep, Service, Suggestion
from mdt.services.rules import (
    SELF_MANAGEMENT,
    Helped,
    OfferState,
    ServiceKind,
    Wanted,
    Way,
    fits,
    is_stale,
    may_refer,
)
from mdt.services.wording import contact_said
from mdt.sharing.queries import standing_of
from network.access.guard import require
from network.access.rules import TABLE, Actor, Permission
from network.organisations.queries import organisations_for
from network.organisations.records import Organisation
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound

TAKEN = OfferState.TAKEN


@dataclass(frozen=True)
class Offered:
    """What somebody was offered, as they and those around them read it."""

    offer_id: uuid.UUID
    name: str
    kind: ServiceKind
    provider: str
    organisation_id: uuid.UUID | None
    what: str
    access: str
    cost: str
    contact: str
    way: Way
    state: OfferState
    offered_on: date
    # The day of the last answer, or of the offer.
    since: date


@dataclass(frozen=True)
class OfferCount:
    """How many were offered one kind of support in a time, and what became of it."""

    kind: ServiceKind
    offered: int
    taken: int
    declined: int
    finished: int
    helped: int


def services_for(viewer: Actor, wanted: Wanted | None = None) -> list[Service]:
    """Return the services that are there, as somebody looks for them, by name."""
    require(viewer.may_somewhere(Permission.SEE_CASES), seen=False)
    rows = db.session.scalars(
        select(Service).where(Service.ended_on.is_(None)).order_by(func.lower(Service.name), Service.id)
    ).all()
    return [row for row in rows if wanted is None or fits(row, wanted, today())]


def get_service_for(viewer: Actor, service_id: uuid.UUID) -> Service:
    """Return a service, also one that has ended."""
    row = db.session.get(Service, service_id)
    if row is None or not viewer.may_somewhere(Permission.SEE_CASES):
        raise NotFound
    return row


def languages_spoken(rows: Iterable[Service]) -> list[str]:
    """Return the languages besides English in which some services work."""
    return sorted({language for row in rows for language in row.languages})


def own_organisations(viewer: Actor) -> frozenset[uuid.UUID]:
    """Return where somebody takes part, and whose services they may therefore keep."""
    return frozenset(
        grant.organisation_id for grant in viewer.grants if Permission.CONTRIBUTE in TABLE[grant.role]
    )


def may_keep(viewer: Actor, organisation_id: uuid.UUID | None) -> bool:
    """Say whether somebody may keep the entries of an organisation: coordinators all, members their own."""
    return viewer.may(Permission.BUILD_LISTS) or organisation_id in own_organisations(viewer)


def providers_for(viewer: Actor) -> list[Organisation]:
    """Return the members of the network whose services the viewer may add."""
    return [one for one in organisations_for(viewer) if may_keep(viewer, one.id)]


def can_refer(viewer: Actor, service: Service) -> bool:
    """Say whether somebody's discipline can refer there; coordinators see that it is done."""
    disciplines = standing_of(viewer).disciplines
    return viewer.may(Permission.BUILD_LISTS) or may_refer(service.referrers, disciplines)


def suggestions_for(viewer: Actor) -> list[Suggestion]:
    """Return what was said to be wrong with entries that the viewer keeps, the oldest first."""
    rows = db.session.scalars(
        select(Suggestion)
        .where(Suggestion.answered_at.is_(None))
        .options(joinedload(Suggestion.service))
        .order_by(Suggestion.made_at)
    )
    return [row for row in rows if may_keep(viewer, row.service.organisation_id)]


def get_suggestion_for(viewer: Actor, suggestion_id: uuid.UUID) -> Suggestion:
    """Return something that was said to be wrong with an entry, to those who keep it."""
    row = db.session.get(Suggestion, suggestion_id)
    if row is None or not may_keep(viewer, row.service.organisation_id):
        raise NotFound
    return row


def stale_for(viewer: Actor) -> list[Service]:
    """Return the entries that the viewer keeps and nobody has checked for long."""
    rows = services_for(viewer)
    return [
        row for row in rows if may_keep(viewer, row.organisation_id) and is_stale(row.checked_on, today())
    ]


def offered_to(patient_id: uuid.UUID) -> tuple[Offered, ...]:
    """Return what somebody was offered, the latest first; whoever calls has asked for access."""
    offers = db.session.scalars(
        select(Offer)
        .where(Offer.patient_id == patient_id, Offer.state != OfferState.WITHDRAWN)
        .options(joinedload(Offer.service))
        .order_by(Offer.offered_on.desc(), Offer.id)
    ).all()
    steps = steps_of(offer.id for offer in offers)
    return tuple(_offered(offer, steps.get(offer.id, ())) for offer in offers)


def steps_of(offer_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[OfferStep]]:
    """Return what was answered to some offers and holds, the first first."""
    rows = db.session.scalars(
        select(OfferStep)
        .where(OfferStep.offer_id.in_(list(offer_ids)), OfferStep.taken_back_at.is_(None))
        .order_by(OfferStep.noted_at, OfferStep.id)
    )
    found: dict[uuid.UUID, list[OfferStep]] = {}
    for row in rows:
        found.setdefault(row.offer_id, []).append(row)
    return found


def navigator_of(patient_id: uuid.UUID) -> Navigator | None:
    """Return who helps somebody find their way, if anybody does; whoever calls has asked for access."""
    return db.session.scalars(
        select(Navigator)
        .where(Navigator.patient_id == patient_id, Navigator.ended_on.is_(None))
        .order_by(Navigator.named_at.desc())
        .limit(1)
    ).one_or_none()


def offer_counts(viewer: Actor, starts_on: date, ends_on: date) -> list[OfferCount]:
    """Count what was offered from one day to another, by kind, and what had become of it today."""
    require(viewer.may(Permission.BUILD_LISTS))
    rows = db.session.execute(
        select(Offer.id, Offer.state, Service.kind)
        .join(Service, Offer.service_id == Service.id)
        .where(
            Offer.offered_on >= starts_on,
            Offer.offered_on <= ends_on,
            Offer.state != OfferState.WITHDRAWN,
        )
    ).all()
    steps = steps_of(row.id for row in rows)
    states = Counter((row.kind, row.state) for row in rows)
    taken = Counter(row.kind for row in rows if any(step.state is TAKEN for step in steps.get(row.id, ())))
    helped = Counter(
        row.kind for row in rows if any(step.helped is Helped.YES for step in steps.get(row.id, ()))
    )
    return [
        OfferCount(
            kind,
            sum(states[kind, state] for state in OfferState),
            taken[kind],
            states[kind, OfferState.DECLINED],
            states[kind, OfferState.FINISHED],
            helped[kind],
        )
        for kind in sorted({row.kind for row in rows}, key=lambda kind: (kind in SELF_MANAGEMENT, kind.label))
    ]


def _offered(offer: Offer, steps: Sequence[OfferStep]) -> Offered:
    service = offer.service
    return Offered(
        offer_id=offer.id,
        name=service.name,
        kind=service.kind,
        provider=service.provider,
        organisation_id=service.organisation_id,
        what=service.what,
        access=service.access,
        cost=service.cost,
        contact=contact_said(service),
        way=offer.way,
        state=offer.state,
        offered_on=offer.offered_on,
        since=steps[-1].on if steps else offer.offered_on,
    )

"""The hosts as a list, one host and one offer as their pages show them, and what a withdrawal touches."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db, today
from rota.host_answers.queries import waiting_for
from rota.hosts.planning.queries import minutes_of
from rota.hosts.queries import (
    approvals_of,
    as_terms,
    get_host_for,
    get_offer_for,
    hosts_for,
    limits_of,
    may_change,
)
from rota.hosts.records import PlacementHost, PlacementOffer
from rota.hosts.rules import WEEK, Terms, is_approved_in, places_in
from rota.learners.records import Learner
from rota.rotations.records import Placement, RotationVersion
from rota.rotations.rules import PlanVersionState
from rota.staff.records import RotaMember

LOOKS_AHEAD = timedelta(weeks=52)
# An approval that runs out so soon has to be renewed now.
RUNS_OUT = timedelta(weeks=12)


@dataclass(frozen=True)
class HostShown:
    """A host in the list: its offers that are not over, who is there or comes, and what is amiss."""

    row: PlacementHost
    terms: tuple[Terms, ...]
    here: int
    coming: int
    waiting: int
    troubles: tuple[str, ...]


@dataclass(frozen=True)
class OfferShown:
    """An offer: its terms, who is placed there, and the weeks by how many learners they can have."""

    row: PlacementOffer
    terms: Terms
    minutes: int
    placements: tuple[Placement, ...]
    weeks: tuple["WeekShown", ...]
    may_edit: bool
    may_plan: bool


@dataclass(frozen=True)
class WeekShown:
    """Some weeks on end with the same number of places and of learners."""

    first: date
    last: date
    most: int
    placed: int
    is_approved: bool


@dataclass(frozen=True)
class Touched:
    """A placement that a withdrawal ends or cuts short, and the plan it is of."""

    placement: Placement
    plan: str
    is_published: bool
    version_id: uuid.UUID


def host_list_for(viewer: Actor) -> list[HostShown]:
    """Return the hosts that the viewer may see, with how each stands."""
    hosts = hosts_for(viewer)
    placed = _published(offer.id for host in hosts for offer in host.offers)
    waiting = {each.row.host_id: len(each.waiting) for each in waiting_for(viewer)}
    return [_host_shown(host, placed, waiting.get(host.id, 0)) for host in hosts]


def host_page_for(viewer: Actor, host_id: uuid.UUID) -> HostShown:
    """Return one host with how it stands."""
    host = get_host_for(viewer, host_id)
    waiting = sum(len(each.waiting) for each in waiting_for(viewer) if each.row.host_id == host.id)
    return _host_shown(host, _published(offer.id for offer in host.offers), waiting)


def offer_page_for(viewer: Actor, offer_id: uuid.UUID) -> OfferShown:
    """Return one offer with who is placed there and what room it has in the coming year."""
    offer = get_offer_for(viewer, offer_id)
    placements = tuple(_published([offer.id]))
    return OfferShown(
        row=offer,
        terms=as_terms(offer),
        minutes=minutes_of(offer),
        placements=placements,
        weeks=tuple(_weeks_of(offer, placements)),
        may_edit=may_change(viewer, offer.host),
        may_plan=viewer.may(Permission.EDIT_ROTATIONS),
    )


def touched_by_withdrawal(viewer: Actor, offer_id: uuid.UUID, leaves_on: date) -> list[Touched]:
    """Return the placements that reach into the time from which an offer is withdrawn.

    Those of drafts are for whoever plans.
    """
    offer = get_offer_for(viewer, offer_id)
    states = [PlanVersionState.CHOSEN]
    if viewer.may(Permission.EDIT_ROTATIONS):
        states.append(PlanVersionState.DRAFT)
    rows = db.session.scalars(
        select(Placement)
        .join(Placement.version)
        .where(
            Placement.offer_id == offer.id, Placement.ends_on >= leaves_on, RotationVersion.state.in_(states)
        )
        .options(
            contains_eager(Placement.version).joinedload(RotationVersion.plan),
            _person(),
        )
        .order_by(RotationVersion.state, Placement.starts_on, Placement.id)
    )
    return [
        Touched(
            row,
            f"{row.version.plan.name}{f', {row.version.label}' if row.version.label else ''}",
            row.version.state is PlanVersionState.CHOSEN,
            row.version_id,
        )
        for row in rows
    ]


def withdrawn_with_learners(viewer: Actor) -> list[tuple[PlacementOffer, int]]:
    """Return the offers that are withdrawn while learners are still placed there, for those who plan."""
    if not viewer.may(Permission.EDIT_ROTATIONS):
        return []
    offers = db.session.scalars(
        select(PlacementOffer)
        .where(PlacementOffer.withdrawn_from.is_not(None))
        .options(joinedload(PlacementOffer.host).joinedload(PlacementHost.site))
        .order_by(PlacementOffer.withdrawn_from)
    ).all()
    placed = _published([offer.id for offer in offers])
    counted = [(offer, _cut_short(offer, placed)) for offer in offers]
    return [(offer, number) for offer, number in counted if number]


def _cut_short(offer: PlacementOffer, placed: Sequence[Placement]) -> int:
    leaves_on = offer.withdrawn_from or date.max
    return sum(each.offer_id == offer.id and each.ends_on >= max(leaves_on, today()) for each in placed)


def _published(offer_ids: Iterable[uuid.UUID]) -> list[Placement]:
    """Return who is, or will be, at some offers, as learners were told."""
    rows = db.session.scalars(
        select(Placement)
        .join(Placement.version)
        .where(
            Placement.offer_id.in_(list(offer_ids)),
            Placement.ends_on >= today(),
            RotationVersion.state == PlanVersionState.CHOSEN,
        )
        .options(_person())
        .order_by(Placement.starts_on, Placement.id)
    )
    return list(rows)


def _person() -> Any:
    person = joinedload(Placement.learner).joinedload(Learner.member)
    return person.joinedload(RotaMember.engagement).joinedload(Engagement.person)


def _host_shown(host: PlacementHost, placed: Sequence[Placement], waiting: int) -> HostShown:
    own = {offer.id for offer in host.offers}
    theirs = [each for each in placed if each.offer_id in own]
    here = sum(each.starts_on <= today() for each in theirs)
    offers = [(offer, as_terms(offer)) for offer in host.offers]
    return HostShown(
        row=host,
        terms=tuple(terms for offer, terms in offers if not is_over(offer)),
        here=here,
        coming=len(theirs) - here,
        waiting=waiting,
        troubles=tuple(_troubles(host)),
    )


def is_over(offer: PlacementOffer) -> bool:
    """Say whether nobody can come by an offer any more."""
    lasts = [day for day in (offer.closes_on, offer.withdrawn_from) if day]
    return bool(lasts) and min(lasts) < today()


def _troubles(host: PlacementHost) -> Iterator[str]:
    """Say what keeps learners from being sent to a host."""
    if not host.lead_email:
        yield "Nobody can be written to for an answer."
    approved = approvals_of(host)
    for offer in host.offers:
        if is_over(offer):
            continue
        for each in offer.programmes:
            own = [one for one in approved if one.programme_id == each.programme_id]
            if not any(one.holds_on(max(today(), offer.opens_on)) for one in own):
                yield f"{offer.name}: not approved for {each.programme.name}."
            elif not any(one.holds_on(today() + RUNS_OUT) for one in own):
                yield f"{offer.name}: the approval for {each.programme.name} runs out within 12 weeks."
        # An offer that takes no minutes is supervised by people whom the rota does not know.
        if offer.minutes != 0 and not offer.supervisors:
            yield f"{offer.name}: no supervisor is named."


def _weeks_of(offer: PlacementOffer, placements: Sequence[Placement]) -> Iterator[WeekShown]:
    """Give the coming year, weeks that are alike together."""
    monday = today() - timedelta(today().weekday())
    terms, limits, approved = as_terms(offer), limits_of(offer), approvals_of(offer.host)
    last: WeekShown | None = None
    for week in range(LOOKS_AHEAD // WEEK):
        first = monday + week * WEEK
        until = first + WEEK - timedelta(1)
        shown = WeekShown(
            first,
            until,
            places_in(terms, limits, offer.withdrawn_from, first)[1],
            sum(each.starts_on <= first and each.ends_on >= first for each in placements),
            any(is_approved_in(approved, programme, first) for programme in terms.programmes),
        )
        if last and (last.most, last.placed, last.is_approved) == (
            shown.most,
            shown.placed,
            shown.is_approved,
        ):
            last = replace(last, last=until)
            continue
        if last:
            yield last
        last = shown
    if last:
        yield last

"""Hosts and their offers, as far as the viewer may see them."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.access.rules import Actor, Permission
from network.organisations.queries import sites_for
from network.organisations.records import Site
from network.people.records import Engagement
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.hosts.records import OfferProgramme, OfferSupervisor, PlacementHost, PlacementOffer
from rota.hosts.rules import Approved, Limit, Terms, Welcome
from rota.programmes.queries import all_programmes
from rota.programmes.records import Programme
from rota.programmes.rules import Setting
from rota.staff.records import RotaMember, SupervisionApproval

# What pages call rows of theirs.
Host = PlacementHost
OfferRow = PlacementOffer

SEE, OFFER = Permission.SEE_ROTATIONS, Permission.OFFER_PLACEMENTS


def hosts_for(viewer: Actor) -> Sequence[PlacementHost]:
    """Return the hosts that the viewer may see, by the names of their sites."""
    return db.session.scalars(_whole_hosts().where(_seen_by(viewer)).order_by(Site.name)).all()


def get_host_for(viewer: Actor, host_id: uuid.UUID) -> PlacementHost:
    """Return a host that the viewer may see, with what it offers."""
    found = _whole_hosts().where(PlacementHost.id == host_id, _seen_by(viewer))
    host = db.session.scalars(found).one_or_none()
    if host is None:
        raise NotFound
    return host


def get_offer_for(viewer: Actor, offer_id: uuid.UUID) -> PlacementOffer:
    """Return an offer that the viewer may see, with its programmes, limits and supervisors."""
    offer = db.session.scalars(
        select(PlacementOffer)
        .join(PlacementOffer.host)
        .join(PlacementHost.site)
        .where(PlacementOffer.id == offer_id, _seen_by(viewer))
        .options(
            contains_eager(PlacementOffer.host).contains_eager(PlacementHost.site),
            *_parts_of_offers(),
        )
    ).one_or_none()
    if offer is None:
        raise NotFound
    return offer


def find_host_at(site_id: uuid.UUID) -> PlacementHost | None:
    """Return the host at a site, where it is one."""
    return db.session.scalars(select(PlacementHost).where(PlacementHost.site_id == site_id)).one_or_none()


def all_hosts() -> Sequence[PlacementHost]:
    """Return the current network's hosts with all they offer, for planning."""
    return db.session.scalars(_whole_hosts().order_by(Site.name)).all()


def may_change(viewer: Actor, host: PlacementHost) -> bool:
    """Say whether the viewer speaks for a host."""
    return viewer.may(OFFER, organisation_id=host.site.organisation_id)


def sites_to_add(viewer: Actor) -> list[Site]:
    """Return the sites that the viewer may let take learners, and that do not yet."""
    taken = set(db.session.scalars(select(PlacementHost.site_id)))
    return [
        site
        for site in sites_for(viewer)
        if site.id not in taken and viewer.may(OFFER, organisation_id=site.organisation_id)
    ]


def programmes_on_offer() -> list[Programme]:
    """Return the programmes for whose learners places can be offered."""
    return [programme for programme in all_programmes() if programme.retired_on is None]


def supervisors_to_name(offer: PlacementOffer) -> list[RotaMember]:
    """Return who works for a host, or at its site, and is approved for its learners, by name."""
    roles = {each.programme.role for each in offer.programmes}
    site = offer.host.site
    members = db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .where(
            or_(Engagement.employer_id == site.organisation_id, RotaMember.home_site_id == site.id),
            RotaMember.supervises.any(SupervisionApproval.learner_role.in_(roles)),
        )
        .options(contains_eager(RotaMember.engagement).joinedload(Engagement.person))
    )
    return sorted(members, key=lambda member: member.name)


def offers_supervised_by(member_ids: Sequence[uuid.UUID]) -> Sequence[PlacementOffer]:
    """Return the offers for which somebody, under any of these posts, is named."""
    return db.session.scalars(
        select(PlacementOffer)
        .where(PlacementOffer.supervisors.any(OfferSupervisor.member_id.in_(member_ids)))
        .options(joinedload(PlacementOffer.host).joinedload(PlacementHost.site), *_parts_of_offers())
        .order_by(PlacementOffer.name)
    ).all()


def as_welcome(host: PlacementHost) -> Welcome:
    """Give what a host says of itself as a value."""
    return Welcome(**{name: getattr(host, name) for name in Welcome.__dataclass_fields__})


def as_terms(offer: PlacementOffer) -> Terms:
    """Give an offer as a value."""
    programmes = sorted(offer.programmes, key=lambda each: each.programme.name)
    return Terms(
        name=offer.name,
        discipline=offer.discipline,
        programmes=tuple(each.programme_id for each in programmes),
        settings=tuple(map(Setting, offer.settings)),
        opens_on=offer.opens_on,
        closes_on=offer.closes_on,
        least=offer.least,
        most=offer.most,
        floor=offer.floor,
        minutes=offer.minutes,
        notes=offer.notes,
    )


def limits_of(offer: PlacementOffer) -> list[Limit]:
    """Give the other numbers of places of an offer as values."""
    return [Limit(each.starts_on, each.ends_on, each.least, each.most, each.stage) for each in offer.limits]


def approvals_of(host: PlacementHost) -> list[Approved]:
    """Give a host's approvals as values."""
    return [
        Approved(each.programme_id, each.regulator, each.starts_on, each.ends_on, each.reference)
        for each in host.approvals
    ]


def approved_programmes(host: PlacementHost, day: date) -> frozenset[uuid.UUID]:
    """Return the programmes for which a host is approved on a day."""
    return frozenset(each.programme_id for each in approvals_of(host) if each.holds_on(day))


def _whole_hosts() -> Select[PlacementHost]:
    return (
        select(PlacementHost)
        .join(PlacementHost.site)
        .join(Site.organisation)
        .options(
            contains_eager(PlacementHost.site).contains_eager(Site.organisation),
            selectinload(PlacementHost.approvals),
            *(selectinload(PlacementHost.offers).options(part) for part in _parts_of_offers()),
        )
    )


def _parts_of_offers() -> tuple[Any, ...]:
    people = selectinload(PlacementOffer.supervisors).joinedload(OfferSupervisor.member)
    return (
        selectinload(PlacementOffer.programmes).joinedload(OfferProgramme.programme),
        selectinload(PlacementOffer.limits),
        people.joinedload(RotaMember.engagement).joinedload(Engagement.person),
    )


def _seen_by(viewer: Actor) -> ColumnElement[bool]:
    if not viewer.may_somewhere(SEE):
        raise NotFound
    organisations = viewer.organisations_for(SEE)
    return true() if organisations is None else Site.organisation_id.in_(organisations)

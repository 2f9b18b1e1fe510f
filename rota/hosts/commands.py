"""Setting up hosts and what they offer, and withdrawing an offer."""

import uuid
from datetime import date

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.hosts.queries import (
    as_terms,
    find_host_at,
    get_host_for,
    get_offer_for,
    programmes_on_offer,
    supervisors_to_name,
)
from rota.hosts.records import (
    HostApproval,
    OfferLimit,
    OfferProgramme,
    OfferSupervisor,
    PlacementHost,
    PlacementOffer,
)
from rota.hosts.rules import (
    Approved,
    Limit,
    Terms,
    Welcome,
    wrong_with_approval,
    wrong_with_limit,
    wrong_with_terms,
    wrong_with_welcome,
    wrong_with_withdrawal,
)
from rota.programmes.rules import SupervisorKind

PLAIN = ("name", "discipline", "opens_on", "closes_on", "least", "most", "floor", "minutes", "notes")
CHANGED = "Somebody changed this in the meantime. Load the page again and look at it first."


@command
def add_host(actor: Actor, site_id: uuid.UUID, welcome: Welcome) -> uuid.UUID:
    """Let a site take learners."""
    site = get_site_for(actor, site_id)
    require(actor.may(Permission.OFFER_PLACEMENTS, organisation_id=site.organisation_id))
    _refuse(wrong_with_welcome(welcome))
    if find_host_at(site_id):
        raise Invalid(f"{site.name} is a host already. Change that one.")
    row = PlacementHost(site_id=site.id, **vars(welcome))
    db.session.add(row)
    db.session.flush()
    record(actor, "add_host", "placement_host", row.id, site=site.code)
    return row.id


@command
def change_host(actor: Actor, host_id: uuid.UUID, welcome: Welcome, row_version: int) -> None:
    """Change who answers for a host and what its learners read; `row_version` is that of what was seen."""
    row = _host_to_edit(actor, host_id)
    if row.row_version != row_version:
        raise Refusal(CHANGED)
    _refuse(wrong_with_welcome(welcome))
    for name, value in vars(welcome).items():
        setattr(row, name, value.strip())
    record(actor, "change_host", "placement_host", row.id, site=row.site.code)


@command
def remove_host(actor: Actor, host_id: uuid.UUID) -> None:
    """Take back that a site is a host, as long as it offers nothing."""
    row = _host_to_edit(actor, host_id)
    if row.offers:
        raise Refusal(f"{row.site.name} has offers. Withdraw them instead: placements there stay to be read.")
    record(actor, "remove_host", "placement_host", row.id, site=row.site.code)
    db.session.delete(row)


@command
def add_approval(actor: Actor, host_id: uuid.UUID, approved: Approved) -> uuid.UUID:
    """Keep that a regulator or a school approved a host for a programme."""
    host = _host_to_edit(actor, host_id)
    _refuse(wrong_with_approval(approved))
    _refuse_programmes(approved.programme_id)
    row = HostApproval(**vars(approved))
    host.approvals.append(row)
    db.session.flush()
    record(actor, "add_host_approval", "placement_host", host.id, regulator=approved.regulator)
    return row.id


@command
def remove_approval(actor: Actor, approval_id: uuid.UUID) -> uuid.UUID:
    """Remove an approval that does not hold; give the host."""
    row = db.session.get(HostApproval, approval_id)
    if row is None:
        raise NotFound
    host = _host_to_edit(actor, row.host_id)
    host.approvals.remove(row)
    record(actor, "remove_host_approval", "placement_host", host.id, regulator=row.regulator)
    return host.id


@command
def add_offer(actor: Actor, host_id: uuid.UUID, terms: Terms) -> uuid.UUID:
    """Offer places with a host."""
    host = _host_to_edit(actor, host_id)
    _refuse_terms(host, terms)
    row = PlacementOffer(host_id=host.id)
    _write(row, terms)
    host.offers.append(row)
    db.session.flush()
    record(actor, "add_offer", "placement_offer", row.id, name=row.name, most=row.most)
    return row.id


@command
def change_offer(actor: Actor, offer_id: uuid.UUID, terms: Terms, row_version: int) -> None:
    """Change what is offered; `row_version` is that of what was seen. Placements stay as they are."""
    row = _offer_to_edit(actor, offer_id)
    if row.row_version != row_version:
        raise Refusal(CHANGED)
    _refuse_terms(row.host, terms, besides=row)
    _write(row, terms)
    record(actor, "change_offer", "placement_offer", row.id, name=row.name, most=row.most)


@command
def withdraw_offer(actor: Actor, offer_id: uuid.UUID, leaves_on: date, why: str) -> None:
    """Take nobody at an offer from a day on; who is placed there from then on has to be placed anew."""
    row = _offer_to_edit(actor, offer_id)
    if row.withdrawn_from is not None:
        raise Refusal(
            f"{row.name} is withdrawn already. Bring it back first, to withdraw it from another day."
        )
    _refuse(wrong_with_withdrawal(as_terms(row), leaves_on, why))
    row.withdrawn_from, row.withdrawn_why = leaves_on, why.strip()
    row.withdrawn_by, row.withdrawn_at = actor.name, now()
    # The reason stays out of the trail: it is for those who plan rotations.
    record(actor, "withdraw_offer", "placement_offer", row.id, leaves_on=leaves_on.isoformat())


@command
def bring_back_offer(actor: Actor, offer_id: uuid.UUID) -> None:
    """Offer places again that were withdrawn."""
    row = _offer_to_edit(actor, offer_id)
    if row.withdrawn_from is None:
        raise Refusal(f"{row.name} is open.")
    row.withdrawn_from, row.withdrawn_why, row.withdrawn_by, row.withdrawn_at = None, None, "", None
    record(actor, "bring_back_offer", "placement_offer", row.id)


@command
def add_limit(actor: Actor, offer_id: uuid.UUID, limit: Limit) -> uuid.UUID:
    """Offer another number of places for a time."""
    offer = _offer_to_edit(actor, offer_id)
    _refuse(wrong_with_limit(limit))
    row = OfferLimit(**vars(limit))
    offer.limits.append(row)
    db.session.flush()
    record(actor, "add_offer_limit", "placement_offer", offer.id, most=limit.most, stage=limit.stage)
    return row.id


@command
def remove_limit(actor: Actor, limit_id: uuid.UUID) -> uuid.UUID:
    """Let the usual numbers of places hold again; give the offer."""
    row = db.session.get(OfferLimit, limit_id)
    if row is None:
        raise NotFound
    offer = _offer_to_edit(actor, row.offer_id)
    offer.limits.remove(row)
    record(actor, "remove_offer_limit", "placement_offer", offer.id, most=row.most, stage=row.stage)
    return offer.id


@command
def name_supervisor(actor: Actor, offer_id: uuid.UUID, member_id: uuid.UUID, kind: SupervisorKind) -> None:
    """Name somebody who supervises the learners of an offer; their minutes stay those of the rota."""
    offer = _offer_to_edit(actor, offer_id)
    if member_id not in {member.id for member in supervisors_to_name(offer)}:
        raise Invalid("Choose somebody who is approved to supervise these learners.")
    if any((each.member_id, each.kind) == (member_id, kind) for each in offer.supervisors):
        raise Invalid(f"They are the {kind.label.lower()} here already.")
    offer.supervisors.append(OfferSupervisor(member_id=member_id, kind=kind))
    record(actor, "name_supervisor", "placement_offer", offer.id, member=str(member_id), kind=kind)


@command
def drop_supervisor(actor: Actor, offer_id: uuid.UUID, member_id: uuid.UUID, kind: SupervisorKind) -> None:
    """Let somebody supervise the learners of an offer no more."""
    offer = _offer_to_edit(actor, offer_id)
    found = [each for each in offer.supervisors if (each.member_id, each.kind) == (member_id, kind)]
    if not found:
        raise NotFound
    offer.supervisors.remove(found[0])
    record(actor, "drop_supervisor", "placement_offer", offer.id, member=str(member_id), kind=kind)


def _host_to_edit(actor: Actor, host_id: uuid.UUID) -> PlacementHost:
    host = get_host_for(actor, host_id)
    require(actor.may(Permission.OFFER_PLACEMENTS, organisation_id=host.site.organisation_id))
    return host


def _offer_to_edit(actor: Actor, offer_id: uuid.UUID) -> PlacementOffer:
    """Return an offer, locked: two changes at once follow each other."""
    seen = get_offer_for(actor, offer_id)
    require(actor.may(Permission.OFFER_PLACEMENTS, organisation_id=seen.host.site.organisation_id))
    locked = select(PlacementOffer).where(PlacementOffer.id == offer_id).with_for_update()
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid(next(iter(wrong.values())))


def _refuse_terms(host: PlacementHost, terms: Terms, besides: PlacementOffer | None = None) -> None:
    _refuse(wrong_with_terms(terms))
    # A programme that was retired since stays on the offers that it is on.
    kept = {each.programme_id for each in besides.programmes} if besides else set()
    _refuse_programmes(*(each for each in terms.programmes if each not in kept))
    name = terms.name.strip().lower()
    if any(each is not besides and each.name.lower() == name for each in host.offers):
        raise Invalid(f"{host.site.name} has an offer of this name already. Choose another name.")


def _refuse_programmes(*programme_ids: uuid.UUID) -> None:
    known = {programme.id for programme in programmes_on_offer()}
    if not known.issuperset(programme_ids):
        raise Invalid("Choose programmes from the list.")


def _write(row: PlacementOffer, terms: Terms) -> None:
    for name in PLAIN:
        value = getattr(terms, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.settings = [setting.value for setting in terms.settings]
    kept = {each.programme_id: each for each in row.programmes}
    row.programmes = [kept.get(each) or OfferProgramme(programme_id=each) for each in terms.programmes]

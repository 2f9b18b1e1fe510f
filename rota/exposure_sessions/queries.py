"""Half-days that hosts offer, and who comes to them."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from network.access.rules import Actor, Permission
from network.accounts.records import Account
from network.people.records import Person
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.exposure_sessions.records import ExposureOffer, ExposureSession
from rota.exposure_sessions.rules import Booked, Offered
from rota.hosts.queries import get_host_for, hosts_for, may_change
from rota.hosts.records import PlacementHost
from rota.learners.records import Learner
from rota.leave.queries import absences_for_planning
from rota.leave.rules import keeps_away

# What pages call rows of theirs.
OfferRow = ExposureOffer


def as_offered(row: ExposureOffer) -> Offered:
    """Give an offered half-day as a value."""
    return Offered(**{name: getattr(row, name) for name in Offered.__dataclass_fields__})


def all_exposure_offers(day: date) -> Sequence[ExposureOffer]:
    """Return the half-days that are offered on a day or later, by discipline and place."""
    rows = db.session.scalars(
        select(ExposureOffer)
        .where((ExposureOffer.ends_on.is_(None)) | (ExposureOffer.ends_on >= day))
        .options(joinedload(ExposureOffer.host).joinedload(PlacementHost.site))
    )
    return sorted(rows, key=lambda row: (row.discipline.label, row.host.site.name, row.weekday, row.starts))


def exposure_offers_for(viewer: Actor, day: date) -> list[ExposureOffer]:
    """Return the half-days of the hosts that the viewer may see."""
    seen = {host.id for host in hosts_for(viewer)}
    return [row for row in all_exposure_offers(day) if row.host_id in seen]


def hosts_to_offer_at(viewer: Actor) -> list[PlacementHost]:
    """Return the hosts for which the viewer speaks."""
    return [host for host in hosts_for(viewer) if may_change(viewer, host)]


def get_exposure_offer(viewer: Actor, offer_id: uuid.UUID) -> ExposureOffer:
    """Return an offered half-day to those who see its host; locked, so that no two take its last place."""
    row = lock_offer(offer_id)
    get_host_for(viewer, row.host_id)
    return row


def lock_offer(offer_id: uuid.UUID) -> ExposureOffer:
    """Return an offered half-day, locked."""
    row = db.session.scalars(
        select(ExposureOffer).where(ExposureOffer.id == offer_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_booking_for(viewer: Actor, session_id: uuid.UUID) -> ExposureSession:
    """Return a half-day that somebody comes to, to themselves and to whoever plans."""
    row = db.session.get(ExposureSession, session_id, with_for_update=True)
    if row is None or not may_book(viewer, row.learner):
        raise NotFound
    return row


def may_book(viewer: Actor, learner: Learner) -> bool:
    """Say whether the viewer may choose half-days for a learner: themselves, or whoever plans."""
    person_id = learner.member.engagement.person_id
    return viewer.may(Permission.EDIT_ROTATIONS) or viewer.may(
        Permission.SEE_OWN_TRAINING, person_id=person_id
    )


def booked_between(first: date, until: date, learner_ids: Sequence[uuid.UUID] | None = None) -> list[Booked]:
    """Return the half-days that learners come to between two days, in order: not those that they missed."""
    return [each for each in chosen_between(first, until, learner_ids) if not each.is_missed]


def chosen_between(first: date, until: date, learner_ids: Sequence[uuid.UUID] | None = None) -> list[Booked]:
    """Return the same with those to which nobody came."""
    found = (
        select(ExposureSession)
        .join(ExposureSession.learner)
        .join(ExposureSession.offer)
        .join(ExposureOffer.host)
        .join(PlacementHost.site)
        .where(ExposureSession.day.between(first, until), ExposureSession.cancelled_at.is_(None))
        .options(
            contains_eager(ExposureSession.learner),
            contains_eager(ExposureSession.offer)
            .contains_eager(ExposureOffer.host)
            .contains_eager(PlacementHost.site),
        )
        .order_by(ExposureSession.day, ExposureOffer.starts, ExposureSession.id)
    )
    if learner_ids is not None:
        found = found.where(ExposureSession.learner_id.in_(learner_ids))
    booked = [_booked(row) for row in db.session.scalars(found)]
    # Leave that was approved since keeps them away, whatever was chosen before.
    absences = absences_for_planning(first, until) if booked else {}
    return [each for each in booked if not keeps_away(absences.get(each.member_id, ()), each.day, each.kind)]


def exposures_for_planning(first: date, until: date) -> dict[uuid.UUID, list[Booked]]:
    """Return the same by the member of the rota who comes."""
    found: dict[uuid.UUID, list[Booked]] = {}
    for each in booked_between(first, until):
        found.setdefault(each.member_id, []).append(each)
    return found


def sessions_after(offer_id: uuid.UUID, day: date) -> Sequence[ExposureSession]:
    """Return who comes to an offered half-day after a day."""
    return db.session.scalars(
        select(ExposureSession)
        .where(
            ExposureSession.offer_id == offer_id,
            ExposureSession.day > day,
            ExposureSession.cancelled_at.is_(None),
        )
        .with_for_update()
    ).all()


def letters_to(person: Person) -> str:
    """Return where somebody is written to: the address they sign in with, else that of their record."""
    account = select(Account.email).where(Account.person_id == person.id, Account.active).limit(1)
    return db.session.scalars(account).first() or person.email or ""


def _booked(row: ExposureSession) -> Booked:
    offer, site = row.offer, row.offer.host.site
    return Booked(
        session_id=row.id,
        learner_id=row.learner_id,
        member_id=row.learner.member_id,
        offer_id=row.offer_id,
        day=row.day,
        kind=row.kind,
        starts=offer.starts,
        ends=offer.ends,
        discipline=offer.discipline,
        site=site.name,
        code=site.code,
        address=site.address,
        made_at=row.made_at,
        notes=offer.notes,
        is_missed=row.missed_at is not None,
    )

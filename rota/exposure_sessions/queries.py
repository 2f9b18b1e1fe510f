"""Half-days that hosts offer, and who comes to them."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from network.access.rules import Actor, Permission
from network.organisations.rules import WeeklySession
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import SessionKind
from rota.demand.queries import closures_for_planning
from rota.demand.rules import Closed
from rota.exposure_sessions.records import ExposureOffer, ExposureSession
from rota.exposure_sessions.rules import LOOKS_AHEAD, Booked, Offered
from rota.hosts.queries import get_host_for, hosts_for, may_change
from rota.hosts.records import PlacementHost
from rota.learners.records import Learner
from rota.leave.queries import absences_for_planning
from rota.leave.rules import Away, keeps_away
from rota.programmes.rules import session_read
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState

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


@dataclass(frozen=True)
class Chances:
    """What decides, over some days, to which half-days a learner may come."""

    learner: Learner
    first: date
    until: date

    def why_not(self, offer: ExposureOffer, day: date) -> str:
        """Say what keeps the learner from an offered half-day, or nothing."""
        offered, kind = as_offered(offer), offer.kind
        if not offered.holds_on(day):
            return "That half-day is not offered on this day. Choose a day from the list."
        if not self._trains_on(day):
            return "Choose a day within the training."
        if shut := next((each.why for each in self._closed if each.shuts(offer.host.site_id, day, kind)), ""):
            return f"{offer.host.site.name} is closed then: {shut}. Choose another day."
        if self._taken[offer.id, day] >= offered.places:
            return "All places of that day are taken. Choose another day."
        if offered.session in self._protected:
            return "That session is kept free for teaching every week. Choose another."
        if keeps_away(self._away, day, kind):
            return "There is leave in that session. Choose another day."
        if (day, kind) in self._own:
            return "Another half-day is chosen for that session. Cancel that one first."
        if works := self._works.get((day, kind)):
            return f"The published rota has {works} in that session. Ask whoever plans it to free it first."
        return ""

    def days(self, offer: ExposureOffer) -> list[date]:
        """Give the days on which the learner may come to an offered half-day."""
        offered = as_offered(offer).days(self.first, self.until)
        return [day for day in offered if not self.why_not(offer, day)]

    def _trains_on(self, day: date) -> bool:
        last = self.learner.left_on or self.learner.ends_on
        return self.learner.starts_on <= day <= min(last, self.learner.ends_on)

    @cached_property
    def _closed(self) -> Sequence[Closed]:
        return closures_for_planning(self.first, self.until)

    @cached_property
    def _away(self) -> Sequence[Away]:
        return absences_for_planning(self.first, self.until).get(self.learner.member_id, ())

    @cached_property
    def _booked(self) -> list[Booked]:
        return booked_between(self.first, self.until)

    @cached_property
    def _taken(self) -> Counter[tuple[uuid.UUID, date]]:
        return Counter((each.offer_id, each.day) for each in self._booked)

    @cached_property
    def _own(self) -> set[tuple[date, SessionKind]]:
        return {(each.day, each.kind) for each in self._booked if each.learner_id == self.learner.id}

    @cached_property
    def _protected(self) -> set[WeeklySession]:
        return set(map(session_read, [*self.learner.programme.protected, *self.learner.protected]))

    @cached_property
    def _works(self) -> dict[tuple[date, SessionKind], str]:
        rows = db.session.scalars(
            select(Assignment)
            .join(Assignment.version)
            .where(
                RotaVersion.state == VersionState.CHOSEN,
                Assignment.member_id == self.learner.member_id,
                Assignment.day.between(self.first, self.until),
            )
        )
        return {(row.day, row.kind): row.activity.label.lower() for row in rows}


def half_days_open_to(learner: Learner, day: date) -> list[tuple[ExposureOffer, list[date]]]:
    """Return the half-days that a learner may choose from a day on, of disciplines other than their own."""
    chances = Chances(learner, day, day + LOOKS_AHEAD)
    found = ((offer, chances.days(offer)) for offer in all_exposure_offers(day))
    own = learner.programme.role.discipline
    return [(offer, days) for offer, days in found if days and offer.discipline is not own]


def booked_between(first: date, until: date, learner_ids: Sequence[uuid.UUID] | None = None) -> list[Booked]:
    """Return the half-days that learners come to between two days, in order."""
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
    return [_booked(row) for row in db.session.scalars(found)]


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
    )

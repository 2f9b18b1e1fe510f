"""Which of the half-days that hosts offer a learner may choose: what else there is on those days decides."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select

from network.organisations.rules import WeeklySession
from network.plumbing.database import db
from network.vocabulary import SessionKind
from rota.demand.queries import closures_for_planning
from rota.demand.rules import Closed
from rota.exposure_sessions.queries import all_exposure_offers, as_offered, booked_between
from rota.exposure_sessions.records import ExposureOffer
from rota.exposure_sessions.rules import LOOKS_AHEAD, Booked
from rota.learners.records import Learner
from rota.leave.queries import absences_for_planning
from rota.leave.rules import Away, keeps_away
from rota.programmes.rules import session_read
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState


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

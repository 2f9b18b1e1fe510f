"""What tests about half-days with other disciplines begin with: optometry on every Thursday morning."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from network.access.rules import Actor, Role
from network.vocabulary import Discipline, SessionKind
from rota.exposure_choices.commands import book_exposure
from rota.exposure_sessions.commands import offer_exposure
from rota.exposure_sessions.rules import Offered
from rota.learners.queries import find_own_learner
from tests.cast import Cast
from tests.rota.host_scene import LEAD, host, next_monday

THURSDAY = 3


@dataclass(frozen=True)
class Booking:
    """A half-day that was chosen."""

    id: uuid.UUID
    offer_id: uuid.UUID
    learner_id: uuid.UUID
    day: date


def offered(**about: object) -> Offered:
    """Describe a half-day with the optometrist, for one learner."""
    given = Offered(
        discipline=Discipline.OPTOMETRY,
        weekday=THURSDAY,
        kind=SessionKind.MORNING,
        starts=time(9),
        ends=time(12, 30),
        starts_on=next_monday(),
    )
    return replace(given, **about)  # type: ignore[arg-type]


def thursday(weeks: int = 1) -> date:
    """Give the Thursday of a week, counted from the next."""
    return next_monday() + timedelta(weeks=weeks, days=THURSDAY)


def offer(cast: Cast, **about: object) -> uuid.UUID:
    """Let Elm offer a half-day."""
    return offer_exposure(cast[LEAD], host(cast), offered(**about))


def book(cast: Cast, actor: Actor, weeks: int = 1) -> Booking:
    """Let the trainee of the cast come to a half-day."""
    learner = find_own_learner(cast[Role.TRAINEE])
    assert learner is not None
    offer_id = offer(cast)
    return Booking(
        book_exposure(actor, offer_id, learner.id, thursday(weeks)), offer_id, learner.id, thursday(weeks)
    )

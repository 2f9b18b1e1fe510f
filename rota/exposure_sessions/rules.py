"""Half-days with another discipline: what a host offers, on which days, and who may come."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from network.organisations.rules import WeeklySession, kinds_on
from network.vocabulary import Discipline, SessionKind
from rota.solver.staff_rota import Commitment, Session

LONGEST_NOTE = 300
MOST_PLACES = 20
WEEK = timedelta(weeks=1)
# So far ahead learners see half-days to choose from.
LOOKS_AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class Offered:
    """A half-day of every week on which a host takes learners along; weekday 0 is Monday."""

    discipline: Discipline
    weekday: int
    kind: SessionKind
    starts: time
    ends: time
    starts_on: date
    ends_on: date | None = None
    places: int = 1
    notes: str = ""

    @property
    def session(self) -> WeeklySession:
        return WeeklySession(self.weekday, self.kind)

    def holds_on(self, day: date) -> bool:
        """Say whether there is such a half-day on a day."""
        is_open = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return is_open and day.weekday() == self.weekday

    def days(self, first: date, until: date) -> Iterator[date]:
        """Give the days of it between two days."""
        day = max(first, self.starts_on)
        day += timedelta((self.weekday - day.weekday()) % 7)
        while day <= min(until, self.ends_on or until):
            yield day
            day += WEEK


@dataclass(frozen=True)
class Booked:
    """A half-day that a learner comes to."""

    session_id: uuid.UUID
    learner_id: uuid.UUID
    member_id: uuid.UUID
    offer_id: uuid.UUID
    day: date
    kind: SessionKind
    starts: time
    ends: time
    discipline: Discipline
    site: str
    code: str
    address: str
    made_at: datetime
    notes: str = ""
    is_missed: bool = False

    @property
    def said(self) -> str:
        """Name it: 'Half-day with optometry'."""
        return f"Half-day with {self.discipline.label.lower()}"


def wrong_with_offered(offered: Offered) -> dict[str, str]:
    """Say what is wrong with a half-day to be offered, by the name of its question."""
    wrong: dict[str, str] = {}
    if offered.kind not in kinds_on(offered.weekday):
        wrong["kind"] = "That day has no such session. Choose another."
    if offered.ends <= offered.starts:
        wrong["ends"] = "Enter a time after the start."
    if offered.ends_on is not None and offered.ends_on < offered.starts_on:
        wrong["ends_on"] = "Enter a last day on or after the first day, or leave it empty."
    if not 1 <= offered.places <= MOST_PLACES:
        wrong["places"] = f"Enter a number of places from 1 to {MOST_PLACES}."
    if len(offered.notes) > LONGEST_NOTE:
        wrong["notes"] = f"Shorten this to {LONGEST_NOTE} characters."
    return wrong


def commitments_of(booked: Iterable[Booked], sessions: Iterable[Session]) -> Iterator[Commitment]:
    """Give half-days as time of the weekly rota that is spoken for, for learning, where they are held."""
    numbers = {(each.day, each.kind): each.number for each in sessions}
    for each in booked:
        number = numbers.get((each.day, each.kind.value))
        if number is not None:
            yield Commitment(
                number,
                each.said,
                datetime.combine(each.day, each.starts),
                datetime.combine(each.day, each.ends),
                each.code,
                educational=True,
            )

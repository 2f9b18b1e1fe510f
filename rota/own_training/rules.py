"""Where a learner is: the placement that answers for a Monday, and the year as a strip."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import Discipline
from rota.rotations.rules import Stretch

WEEK = timedelta(weeks=1)
# A strip is as wide as the smallest phone leaves room for; wider screens enlarge it.
STRIP_WIDTH = 320
# Letters need this much room.
LETTER = 8
MONTHS_BETWEEN = 2


@dataclass(frozen=True)
class Guide:
    """Who supervises a learner at a placement, and as what."""

    name: str
    kind: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Placed:
    """A placement as its learner reads it. Why it is so is not in it."""

    stay_id: uuid.UUID
    stretch: Stretch
    site: str
    code: str
    address: str
    discipline: Discipline
    offer: str
    guides: tuple[Guide, ...] = ()
    contact: str = ""
    phone: str = ""
    arrival: str = ""
    dress: str = ""
    parking: str = ""
    travel: str = ""
    # Its host takes it no more, and whoever plans has not found another place yet.
    is_lost: bool = False

    def covers(self, day: date) -> bool:
        return self.stretch.starts_on <= day <= self.stretch.ends_on


@dataclass(frozen=True)
class Piece:
    """A placement on the strip."""

    placed: Placed
    left: int
    width: int
    is_now: bool

    @property
    def label(self) -> str:
        """The short name of the place, where there is room for it."""
        return self.placed.code if len(self.placed.code) * LETTER <= self.width else ""


@dataclass(frozen=True)
class Strip:
    """The weeks of a year beside each other; `today` is how far along today lies, None: outside."""

    pieces: tuple[Piece, ...]
    months: tuple[tuple[int, date], ...]
    today: int | None


def next_monday(today: date) -> date:
    """Give today on a Monday, else the Monday to come."""
    return today + timedelta(-today.weekday() % 7)


def placed_on(placed: Sequence[Placed], day: date) -> Placed | None:
    """Give the placement that covers a day."""
    return next((each for each in placed if each.covers(day) and not each.is_lost), None)


def next_after(placed: Sequence[Placed], day: date) -> Placed | None:
    """Give the first placement that begins after a day."""
    coming = (each for each in placed if each.stretch.starts_on > day and not each.is_lost)
    return min(coming, key=lambda each: each.stretch.starts_on, default=None)


def strip_of(placed: Sequence[Placed], year: Stretch, today: date) -> Strip:
    """Lay placements along a year; each takes the room of its days."""

    def along(day: date) -> int:
        first, last = year.starts_on, year.ends_on + timedelta(1)
        inside = min(max(day, first), last)
        return round(STRIP_WIDTH * (inside - first).days / (last - first).days)

    pieces = []
    for each in placed:
        left, right = along(each.stretch.starts_on), along(each.stretch.ends_on + timedelta(1))
        if right > left:
            pieces.append(Piece(each, left, right - left, each.covers(today)))
    is_inside = year.starts_on <= today <= year.ends_on
    months = tuple((along(day), day) for day in months_in(year))
    return Strip(tuple(pieces), months, along(today) if is_inside else None)


def months_in(year: Stretch) -> list[date]:
    """Give the first days of every second month that begins in a year."""
    first = year.starts_on.replace(day=1)
    found: list[date] = []
    while first <= year.ends_on - 2 * WEEK:
        if first >= year.starts_on:
            found.append(first)
        first = (first + timedelta(days=31)).replace(day=1)
    return found[::MONTHS_BETWEEN]

"""A learner's row of the plan: bars and gaps over the weeks, and how two versions differ."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rota.rotations.rules import WEEK, Calendar, Held, Stretch


@dataclass(frozen=True)
class Piece:
    """A part of a row: a placement, or weeks in which nobody is placed; `first` counts weeks from 0."""

    first: int
    weeks: int
    held: Held | None = None
    is_outside: bool = False


def pieces_of(calendar: Calendar, held: Sequence[Held], trains: Stretch) -> list[Piece]:
    """Cut a row into placements and gaps; gaps end where a block or the learner's training does."""
    found: list[Piece] = []
    week = 0
    for each in sorted(held, key=lambda one: one.stretch.starts_on):
        first = calendar.week_of(each.stretch.starts_on)
        found += _gaps(calendar, week, first, trains)
        # Two of one learner at once cannot be drawn on top of each other: the later one gives way.
        begins = max(first, week)
        end = min(first + each.stretch.weeks, calendar.weeks)
        if end > begins:
            found.append(Piece(begins, end - begins, each))
            week = end
    return found + _gaps(calendar, week, calendar.weeks, trains)


def _gaps(calendar: Calendar, first: int, end: int, trains: Stretch) -> list[Piece]:
    begins, ends = calendar.week_of(trains.starts_on), calendar.week_of(trains.ends_on) + 1
    edges = {first, end, *range(0, calendar.weeks, calendar.block_weeks), begins, ends}
    cuts = sorted(edge for edge in edges if first <= edge <= end)
    return [Piece(one, other - one, is_outside=not begins <= one < ends) for one, other in pairwise(cuts)]


@dataclass(frozen=True)
class Difference:
    """Weeks in which a learner is elsewhere in one version than in another."""

    stretch: Stretch
    one: uuid.UUID | None
    other: uuid.UUID | None


@dataclass(frozen=True)
class Differs:
    """Where a learner's year differs between two versions."""

    name: str
    weeks: tuple[tuple[Stretch, str, str], ...]


def differences(calendar: Calendar, one: Iterable[Held], other: Iterable[Held]) -> list[Difference]:
    """Say where a learner's years part, in stretches of weeks that differ alike."""
    first, second = _by_week(one), _by_week(other)
    found: list[Difference] = []
    for monday in (calendar.starts_on + week * WEEK for week in range(calendar.weeks)):
        here, there = first.get(monday), second.get(monday)
        if here == there:
            continue
        last = found[-1] if found else None
        sunday = monday + WEEK - date.resolution
        if (
            last
            and (last.one, last.other) == (here, there)
            and last.stretch.ends_on < monday <= (last.stretch.ends_on + date.resolution)
        ):
            found[-1] = Difference(Stretch(last.stretch.starts_on, sunday), here, there)
        else:
            found.append(Difference(Stretch(monday, sunday), here, there))
    return found


def _by_week(held: Iterable[Held]) -> dict[date, uuid.UUID]:
    return {
        each.stretch.starts_on + week * WEEK: each.offer_id
        for each in held
        for week in range(each.stretch.weeks)
    }

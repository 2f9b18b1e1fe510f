"""States of what is on a meeting's list, what comes first, and what makes a list fit. Pure."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from mdt.cases.rules import CaseState, Urgency
from network.vocabulary import Word

Row = TypeVar("Row")


class ItemState(Word):
    PLANNED = "planned", "On the list"
    OPEN = "open", "Being discussed"
    DECIDED = "decided", "Decided"
    NOTED = "noted", "Noted"
    CARRIED = "carried", "Carried over"
    NOT_REACHED = "not_reached", "Not reached"
    WITHDRAWN = "withdrawn", "Taken off the list"


S = ItemState

OVER = frozenset({S.DECIDED, S.NOTED, S.CARRIED, S.NOT_REACHED, S.WITHDRAWN})

ITEM_MOVES: dict[ItemState, frozenset[ItemState]] = {
    S.PLANNED: frozenset({S.OPEN, S.CARRIED, S.NOT_REACHED, S.WITHDRAWN, S.NOTED}),
    S.OPEN: frozenset({S.PLANNED, S.DECIDED, S.NOTED, S.CARRIED, S.NOT_REACHED, S.WITHDRAWN}),
    # Until the minutes are signed a case can be opened again, to put right what was read back wrongly.
    S.DECIDED: frozenset({S.OPEN}),
    S.NOTED: frozenset({S.OPEN}),
    S.CARRIED: frozenset({S.OPEN}),
    S.NOT_REACHED: frozenset({S.OPEN}),
    S.WITHDRAWN: frozenset(),
}


# What is still to come on a list, and so keeps its case there.
TO_COME = frozenset({S.PLANNED, S.OPEN})
# What sends a case on to the next date of its series.
PASSED_ON = frozenset({S.CARRIED, S.NOT_REACHED})
# What makes the next time a case is listed a review of it.
DISCUSSED = frozenset({S.DECIDED, S.NOTED})


class ViewHeard(Word):
    """How the person's own view came into the room. Source: MDT-MODe (Imperial College London)."""

    IN_PERSON = "in_person", "The person was there"
    STATEMENT = "statement", "Their own words were read"
    MET_THEM = "met_them", "Somebody here has met them"
    NOT_KNOWN = "not_known", "Not known"


# Cases that wait for a list; those under way come back when their review is due.
READY = frozenset({CaseState.TRIAGED, CaseState.REVIEW_DUE})
UNDER_WAY = frozenset({CaseState.ACTING, CaseState.DISCUSSED})
URGENCY = {Urgency.THIS_WEEK: 0, Urgency.SOON: 1, Urgency.ROUTINE: 2}

STEP = 0.5
REVIEW, FOR_NOTE = 2 / 3, 1 / 3
# Source: Cancer Research UK, Meeting patients' needs (2017): 3.2 minutes on average, found too short.
SHORTEST_MINUTES = 3.0


def is_ready(state: CaseState, review_due: date | None, today: date) -> bool:
    """Say whether a case waits for a list: taken on, carried over, or due for review."""
    return state in READY or (state in UNDER_WAY and review_due is not None and review_due <= today)


def carried_after(state: ItemState, carried_before: int, was_cancelled: bool) -> int:
    """Count how often in a row a case was put off; a meeting that was cancelled puts nobody off."""
    if state in DISCUSSED:
        return 0
    return carried_before + (state in PASSED_ON and not was_cancelled)


@dataclass(frozen=True)
class Waiting:
    """What ranks a case that waits for a list."""

    urgency: Urgency
    since: date
    carried: int = 0
    review_due: date | None = None

    def rank(self, today: date) -> tuple[int, int, int, date]:
        """Order by urgency, how often carried over, how long a review is overdue, and how long it waits."""
        overdue = max((today - self.review_due).days, 0) if self.review_due else 0
        return URGENCY[self.urgency], -self.carried, -overdue, self.since


def weight_of(is_for_note: bool, is_review: bool) -> float:
    """Say how much of a full discussion's time something takes."""
    return FOR_NOTE if is_for_note else REVIEW if is_review else 1.0


def share_minutes(weights: Sequence[float], minutes: float) -> list[float]:
    """Share minutes out in halves; what is left over goes to the fullest discussions, the first first."""
    if not weights:
        return []
    unit = minutes / sum(weights)
    shared = [max(STEP, math.floor(unit * weight / STEP) * STEP) for weight in weights]
    fullest = sorted(range(len(weights)), key=lambda place: -weights[place])
    for place in fullest[: max(0, int((minutes - sum(shared)) / STEP))]:
        shared[place] += STEP
    return shared


def moved(rows: Sequence[Row], row: Row, position: int) -> list[Row]:
    """Put a row at a position, counted from 1; too far is as far as it goes."""
    rest = [each for each in rows if each != row]
    place = min(max(position, 1), len(rows)) - 1
    return [*rest[:place], row, *rest[place:]]


def grouped(rows: Sequence[Row], keys: Sequence[Hashable | None]) -> list[Row]:
    """Let rows of one key stand together, where the first of them stood; what has no key stays alone."""
    first: dict[Hashable, int] = {}
    places = [place if key is None else first.setdefault(key, place) for place, key in enumerate(keys)]
    return [rows[place] for place in sorted(range(len(rows)), key=lambda place: (places[place], place))]


def spans_of(keys: Sequence[Hashable | None]) -> dict[Hashable, tuple[int, int]]:
    """Return the first and the last position of each key."""
    spans: dict[Hashable, tuple[int, int]] = {}
    for position, key in enumerate(keys, start=1):
        if key is not None:
            spans[key] = (spans.get(key, (position, position))[0], position)
    return spans

"""Places in one-stop clinics: how far one has come, what suits the person, and what to do first. Pure."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum
from typing import Protocol, TypeVar

from mdt.cases.rules import Urgency
from network.vocabulary import Priority, Word


class BookingState(Word):
    PROPOSED = "proposed", "Put down in the meeting"
    AGREED = "agreed", "To be asked for when the minutes are signed"
    NOT_ASKED = "not_asked", "Could not be asked for"
    ASKED = "asked", "Asked for"
    PLANNED = "planned", "Planned"
    CLOSED = "closed", "Clinic closed"
    CAME = "came", "Came"
    MISSED = "missed", "Did not come"
    GIVEN_BACK = "given_back", "Given back"
    DROPPED = "dropped", "Taken back in the meeting"


B = BookingState

BOOKING_MOVES: dict[BookingState, frozenset[BookingState]] = {
    B.PROPOSED: frozenset({B.AGREED, B.DROPPED}),
    # Read back again, it is agreed again; signed, it is asked for.
    B.AGREED: frozenset({B.AGREED, B.ASKED, B.NOT_ASKED, B.DROPPED, B.GIVEN_BACK}),
    # The clinic is held no more: somebody asks again, or thinks of something else.
    B.NOT_ASKED: frozenset({B.ASKED, B.NOT_ASKED, B.GIVEN_BACK}),
    B.ASKED: frozenset({B.ASKED, B.PLANNED, B.CLOSED, B.GIVEN_BACK}),
    # A plan can change, or fall away with its clinic.
    B.PLANNED: frozenset({B.ASKED, B.PLANNED, B.CLOSED, B.CAME, B.MISSED, B.GIVEN_BACK}),
    B.CLOSED: frozenset({B.ASKED, B.PLANNED, B.GIVEN_BACK}),
    # A slip is put right.
    B.CAME: frozenset({B.PLANNED}),
    B.MISSED: frozenset({B.PLANNED}),
    B.GIVEN_BACK: frozenset(),
    B.DROPPED: frozenset(),
}
# The rota knows of these by their token.
HELD = frozenset({B.ASKED, B.PLANNED, B.CLOSED})
# Somebody still has to see to these.
UNDER_WAY = HELD | {B.NOT_ASKED}
# Bound by a decision, or on the way to it.
IN_THE_ROOM = frozenset({B.PROPOSED, B.AGREED})
OUTCOMES = (B.CAME, B.MISSED)
# After these the person may be given another place.
CAN_BE_ASKED_AGAIN = frozenset({B.MISSED, B.GIVEN_BACK})

# How soon somebody is to be seen, as the rota plans by it.
PRESSING = {
    Urgency.ROUTINE: Priority.ROUTINE,
    Urgency.SOON: Priority.SOON,
    Urgency.THIS_WEEK: Priority.URGENT,
}

USUAL_WEEKS = 4
WEEKS = (2, 4, 8, 12)
MOST_WEEKS = 52
LONGEST = timedelta(days=366)
LONGEST_WHY = 300
NOON, EVENING = time(12), time(17)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class PartOfDay(Word):
    MORNING = "morning", "morning"
    AFTERNOON = "afternoon", "afternoon"
    EVENING = "evening", "evening"


@dataclass(frozen=True)
class Plan:
    """Where and when somebody has a place."""

    day: date
    starts: time
    site: str
    number: int | None = None


@dataclass(frozen=True)
class Place:
    """How a place stands: as it was noticed last, or as the rota has it now."""

    state: BookingState
    plan: Plan | None = None


class Turn(IntEnum):
    """What has to be done for somebody, the most urgent first."""

    CLOSED = 1
    NOT_ASKED = 2
    NOT_HELD = 3
    LATE = 4
    TO_TELL = 5
    OUTCOME = 6
    WAITING = 7
    TOLD = 8


@dataclass(frozen=True)
class Wishes:
    """What somebody needs of a place, and which half-days do not suit them (as `half_day` names them)."""

    due_on: date
    step_free: bool = False
    home_site_id: uuid.UUID | None = None
    unsuitable: frozenset[str] = frozenset()


class Offered(Protocol):
    """A clinic with a place that is free."""

    @property
    def day(self) -> date: ...
    @property
    def starts(self) -> time: ...
    @property
    def is_in_time(self) -> bool: ...
    @property
    def is_near_enough(self) -> bool: ...
    @property
    def is_accessible(self) -> bool: ...


OfferedT = TypeVar("OfferedT", bound=Offered)


def part_of_day(at: time) -> PartOfDay:
    """Return the part of the day in which something begins."""
    if at < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if at < EVENING else PartOfDay.EVENING


def half_day(weekday: int, is_morning: bool) -> str:
    """Name a half-day of the week, such as Monday morning."""
    part = PartOfDay.MORNING if is_morning else PartOfDay.AFTERNOON
    return f"{WEEKDAYS[weekday]} {part.label}"


HALF_DAYS = tuple(
    half_day(weekday, is_morning) for weekday in range(len(WEEKDAYS)) for is_morning in (True, False)
)

# No clinic is held on a Sunday.
OFFERED_HALF_DAYS = HALF_DAYS[:-2]


def half_day_of(day: date, at: time) -> str:
    """Name the half-day of the week in which something is; an evening counts with the afternoon."""
    return half_day(day.weekday(), at < NOON)


def in_order(slots: Sequence[OfferedT], unsuitable: Collection[str]) -> list[tuple[OfferedT, list[str]]]:
    """Put what is offered in the order that suits the person, and say what speaks against each.

    What is soonest and nearest is the rota's to know: among equals its order stays.
    """
    spoken = [(slot, against(slot, unsuitable)) for slot in slots]
    return sorted(spoken, key=lambda each: len(each[1]))


def against(slot: Offered, unsuitable: Collection[str]) -> list[str]:
    """Say what speaks against a place for this person."""
    found = {
        "not step-free": not slot.is_accessible,
        "far from home": not slot.is_near_enough,
        "does not suit them": half_day_of(slot.day, slot.starts) in unsuitable,
        "later than was agreed": not slot.is_in_time,
    }
    return [said for said, holds in found.items() if holds]


def against_plan(plan: Plan, due_on: date, unsuitable: Collection[str]) -> list[str]:
    """Say what speaks for this person against the place they were given."""
    found = {
        "does not suit them": half_day_of(plan.day, plan.starts) in unsuitable,
        "later than was agreed": plan.day > due_on,
    }
    return [said for said, holds in found.items() if holds]


def falls_away(state: BookingState, day: date | None, died_on: date | None) -> bool:
    """Say whether a place is needed no more by somebody who died: before, they may have come to it."""
    return died_on is not None and not (state is B.PLANNED and day is not None and day <= died_on)


def turn_of(
    state: BookingState,
    day: date | None,
    due_on: date,
    is_told: bool,
    today: date,
    *,
    is_offered: bool = True,
) -> Turn:
    """Say what has to be done for somebody whose place is under way; `is_offered` where such clinics are."""
    if state is B.CLOSED:
        return Turn.CLOSED
    if state is B.NOT_ASKED:
        return Turn.NOT_ASKED
    if state is B.ASKED and not is_offered:
        return Turn.NOT_HELD
    if state is B.ASKED:
        return Turn.LATE if due_on < today else Turn.WAITING
    if day is not None and day < today:
        return Turn.OUTCOME
    return Turn.TOLD if is_told else Turn.TO_TELL


def wrong_with_due(due_on: date, today: date) -> str:
    """Say what is wrong with the day by which somebody is to be seen, or nothing."""
    if due_on <= today:
        return "Choose a day after today by which they are to be seen."
    if due_on > today + LONGEST:
        return "Choose a day within a year by which they are to be seen."
    return ""


def wrong_with_unsuitable(unsuitable: Iterable[str]) -> str:
    """Say what is wrong with the half-days that do not suit somebody, or nothing."""
    chosen = set(unsuitable)
    if not chosen <= set(OFFERED_HALF_DAYS):
        return "Choose the half-days from the list."
    if chosen == set(OFFERED_HALF_DAYS):
        return "Leave at least one half-day that suits them."
    return ""


def wrong_with_outcome(state: BookingState, day: date | None, today: date) -> str:
    """Say why it cannot be noted yet who came, or nothing."""
    if state is not B.PLANNED or day is None:
        return f"“{state.label}” is where this stands: only who had a place can have come."
    if day > today:
        return f"The clinic is on {day.day} {day:%B}: note who came on that day or after."
    return ""


def tell_by(usual: date, day: date, today: date) -> date:
    """Return by when somebody is told of their place: the day before it at the latest, if that is to come."""
    return max(today, min(usual, day - timedelta(days=1)))

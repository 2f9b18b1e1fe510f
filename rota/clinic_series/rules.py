"""When a series of clinics takes place, and how a dated one stands: what its people and the day come to."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from network.organisations.rules import WEEKDAYS, WeeklySession, kinds_on
from network.vocabulary import SessionKind, Word
from rota.solver.staff_rota.clinics import ClinicKind

MOST_WEEKS_BETWEEN = 13
LONGEST_SERIES = timedelta(days=366)
USUAL_SERIES = timedelta(weeks=26)
LONGEST_REASON = 200
LONGEST_SAID = 200


class ClinicState(Word):
    """How a dated clinic stands."""

    PROPOSED = "proposed", "Proposed"
    STAFFED = "staffed", "Staffed"
    PUBLISHED = "published", "Published"
    AT_RISK = "at_risk", "At risk"
    RUNNING = "running", "Today"
    HELD = "held", "Held"
    CLOSED = "closed", "Closed"


class Staffing(Word):
    """How far the people of a clinic have come: nobody knows yet, a draft has them, or they were told."""

    OPEN = "open", "No rota yet"
    DRAFTED = "drafted", "In a draft"
    TOLD = "told", "Published"


def state_of(
    is_closed: bool, staffing: Staffing, has_all: bool, is_safe: bool, day: date, today: date
) -> ClinicState:
    """Name the state of a clinic: whether its seats are filled and told of, and whether it is safe."""
    if is_closed:
        return ClinicState.CLOSED
    if staffing is Staffing.TOLD:
        if day < today:
            return ClinicState.HELD
        if not is_safe:
            return ClinicState.AT_RISK
        return ClinicState.RUNNING if day == today else ClinicState.PUBLISHED
    return ClinicState.STAFFED if staffing is Staffing.DRAFTED and has_all else ClinicState.PROPOSED


@dataclass(frozen=True)
class Pattern:
    """When a series takes place: a session of the week, every so many weeks, between two days."""

    weekday: int
    kind: SessionKind
    every_weeks: int
    starts_on: date
    ends_on: date

    @property
    def said(self) -> str:
        """Say it: 'Tuesday AM, every 4 weeks'."""
        return f"{WeeklySession(self.weekday, self.kind).said}, {often_said(self.every_weeks)}"

    @property
    def days(self) -> tuple[date, ...]:
        """List the days, the first on or after the start."""
        first = self.starts_on + timedelta((self.weekday - self.starts_on.weekday()) % 7)
        step = timedelta(weeks=self.every_weeks)
        count = max((self.ends_on - first) // step + 1, 0)
        return tuple(first + number * step for number in range(count))


def often_said(weeks: int) -> str:
    """Say how often something takes place: 'every week', 'every 4 weeks'."""
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def wrong_with_pattern(pattern: Pattern) -> str:
    """Say what is wrong with when a series is to take place, or nothing."""
    if not 1 <= pattern.every_weeks <= MOST_WEEKS_BETWEEN:
        return f"Choose every 1 to {MOST_WEEKS_BETWEEN} weeks."
    if pattern.ends_on < pattern.starts_on:
        return "The last day must be on or after the first day."
    if pattern.ends_on - pattern.starts_on > LONGEST_SERIES:
        return "Plan a series for at most a year: it can go on from there."
    return wrong_with_session(pattern.weekday, pattern.kind)


def wrong_with_session(weekday: int, kind: SessionKind) -> str:
    """Say what is wrong with a session of the week for a clinic, or nothing."""
    if kind not in kinds_on(weekday):
        return f"There is no {kind.label} session on {WEEKDAYS[weekday]}."
    return ""


def wrong_with_reason(reason: str) -> str:
    """Say what is wrong with why a clinic is closed or moved, or nothing."""
    if not reason.strip():
        return "Say why, so that whoever asks can be told."
    return (
        f"Shorten the reason to {LONGEST_REASON} characters." if len(reason.strip()) > LONGEST_REASON else ""
    )


@dataclass(frozen=True)
class Place:
    """Where and when a clinic is held."""

    site_id: uuid.UUID
    day: date
    kind: SessionKind


@dataclass(frozen=True)
class Wanted:
    """A clinic to be held: what kind, whose people it is for, where and when."""

    clinic_type_id: uuid.UUID
    neighbourhood_id: uuid.UUID
    place: Place


def capacity_of(kind: ClinicKind) -> int:
    """Say how many people a clinic of a kind can see, each by all its core disciplines."""
    return min(
        (
            sum(seat.needed * seat.throughput for seat in kind.seats if seat.discipline == discipline)
            for discipline in kind.core
        ),
        default=0,
    )


def place_said(place: Place, site: str) -> str:
    """Say where and when a clinic is held: 'Tuesday 4 August 2026 AM, Elm Surgery'."""
    kind = place.kind.label.removeprefix("Saturday ")
    return f"{place.day:%A} {place.day.day} {place.day:%B %Y} {kind}, {site}"

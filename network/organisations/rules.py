"""What holds of organisations, sites and their hours without looking anything up."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import NamedTuple, Protocol

from network.vocabulary import OrganisationKind, SessionKind, Word

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SATURDAY = 5

KINDS_ON_WORKDAYS = (SessionKind.EARLY, SessionKind.MORNING, SessionKind.AFTERNOON, SessionKind.EVENING)
KINDS_ON_SATURDAY = (SessionKind.SATURDAY_MORNING, SessionKind.SATURDAY_AFTERNOON)

EARTH_KM = 6371.0
DETOUR = 1.3
KM_PER_HOUR = 30
PARKING_MINUTES = 5
# A site without coordinates is neither next door nor out of reach.
UNKNOWN_TRAVEL = 30


class RoomAttribute(Word):
    """What a room offers beyond its kind."""

    COUCH = "couch", "Examination couch"
    STEP_FREE = "step_free", "Step-free access"
    HOIST = "hoist", "Hoist"
    HEARING_LOOP = "hearing_loop", "Hearing loop"
    VIDEO = "video", "Video calls"
    MINOR_SURGERY = "minor_surgery", "Minor surgery"


@dataclass(frozen=True)
class CodeFormat:
    """How the ODS codes of one kind of organisation look."""

    pattern: re.Pattern[str]
    said: str


def _format(pattern: str, said: str) -> CodeFormat:
    return CodeFormat(re.compile(pattern), said)


TRUST = _format(r"[RT][A-Z0-9]{2}", "R or T and 2 letters or digits, such as RX9")

# Source: Organisation Data Service, coding frames by kind of organisation.
CODE_FORMATS: dict[OrganisationKind, CodeFormat] = {
    OrganisationKind.NETWORK: _format(r"U\d{5}", "U and 5 digits, such as U99901"),
    OrganisationKind.GP_PRACTICE: _format(r"[A-Z]\d{5}", "a letter and 5 digits, such as Y99001"),
    OrganisationKind.PHARMACY: _format(r"F[A-Z0-9]{4}", "F and 4 letters or digits, such as FZZ01"),
    OrganisationKind.OPTICIAN: _format(r"T[A-Z0-9]{2,4}", "T and 2 to 4 letters or digits, such as TZZ01"),
    OrganisationKind.DENTAL_PRACTICE: _format(r"V\d{5}", "V and 5 digits, such as V99001"),
    OrganisationKind.SOCIAL_CARE: _format(r"[0-9A-Z]{3}", "3 letters or digits, such as 999"),
    OrganisationKind.COMMUNITY_TRUST: TRUST,
    OrganisationKind.HOSPITAL_TRUST: TRUST,
    OrganisationKind.MENTAL_HEALTH_TRUST: TRUST,
    OrganisationKind.CARE_HOME: _format(r"V[A-Z][A-Z0-9]{3}", "V, a letter and 3 more, such as VZZ01"),
}

# Only these keep a list of registered patients.
KEEPS_A_LIST = frozenset({OrganisationKind.GP_PRACTICE})


def tidy_code(code: str) -> str:
    """Write a code as registers do: capitals, no spaces."""
    return "".join(code.split()).upper()


def wrong_with_ods_code(kind: OrganisationKind, code: str) -> str:
    """Say what is wrong with a tidy ODS code, or nothing."""
    form = CODE_FORMATS.get(kind)
    if form is None:
        return f"Leave the ODS code empty: a {kind.label.lower()} has none."
    return "" if form.pattern.fullmatch(code) else f"Enter an ODS code with {form.said}."


def wrong_with_site_code(code: str) -> str:
    """Say what is wrong with a site's short code, or nothing."""
    return "" if re.fullmatch(r"[A-Z]{2,4}", code) else "Enter a site code of 2 to 4 letters, such as ELM."


def wrong_with_place(latitude: float | None, longitude: float | None) -> str:
    """Say what is wrong with a pair of coordinates, or nothing."""
    if (latitude is None) != (longitude is None):
        return "Enter both latitude and longitude, or neither."
    if latitude is not None and longitude is not None and not (49 <= latitude <= 61 and -9 <= longitude <= 3):
        return "Enter a latitude from 49 to 61 and a longitude from -9 to 3."
    return ""


class WeeklySession(NamedTuple):
    """A session of the week; weekday 0 is Monday."""

    weekday: int
    kind: SessionKind

    @property
    def said(self) -> str:
        kind = self.kind.label.removeprefix("Saturday ")
        return f"{WEEKDAYS[self.weekday]} {kind if kind.isupper() else kind.lower()}"


Hours = Mapping[WeeklySession, tuple[time, time]]


def kinds_on(weekday: int) -> tuple[SessionKind, ...]:
    """Return the sessions that a weekday has, in order of time; nobody plans Sundays."""
    if weekday < SATURDAY:
        return KINDS_ON_WORKDAYS
    return KINDS_ON_SATURDAY if weekday == SATURDAY else ()


# A week as people draw it: a row for each day, a column for each part of the day.
WEEK_COLUMNS = ("Early", "AM", "PM", "Evening")
WEEK_ROWS: tuple[tuple[int, tuple[SessionKind | None, ...]], ...] = (
    *((weekday, KINDS_ON_WORKDAYS) for weekday in range(SATURDAY)),
    (SATURDAY, (None, *KINDS_ON_SATURDAY, None)),
)


def sessions_of_the_week() -> tuple[WeeklySession, ...]:
    """Return every session of a week, in order of time."""
    return tuple(WeeklySession(weekday, kind) for weekday in range(7) for kind in kinds_on(weekday))


def wrong_with_hours(hours: Hours) -> dict[WeeklySession, str]:
    """Say what is wrong with opening hours, session by session."""
    wrong = {}
    for session, (starts, ends) in hours.items():
        if session.kind not in kinds_on(session.weekday):
            wrong[session] = f"There is no {session.kind.label} session on a {WEEKDAYS[session.weekday]}."
        elif starts >= ends:
            wrong[session] = f"{session.said} must end after it starts."
    return wrong or _overlaps(hours)


def _overlaps(hours: Hours) -> dict[WeeklySession, str]:
    wrong = {}
    before: WeeklySession | None = None
    for session in (session for session in sessions_of_the_week() if session in hours):
        same_day = before is not None and before.weekday == session.weekday
        if before and same_day and hours[before][1] > hours[session][0]:
            wrong[session] = f"{session.said} must start after {before.said} ends."
        before = session
    return wrong


class Located(Protocol):
    """Something with a place on the map, such as a site."""

    @property
    def latitude(self) -> float | None: ...

    @property
    def longitude(self) -> float | None: ...


def travel_minutes(here: Located, there: Located) -> int:
    """Return the minutes from door to door: the straight line made longer, at town speed, plus parking."""
    if here is there:
        return 0
    if here.latitude is None or here.longitude is None or there.latitude is None or there.longitude is None:
        return UNKNOWN_TRAVEL
    if (here.latitude, here.longitude) == (there.latitude, there.longitude):
        return 0
    kilometres = _straight_line(here.latitude, here.longitude, there.latitude, there.longitude) * DETOUR
    return math.ceil(kilometres / KM_PER_HOUR * 60) + PARKING_MINUTES


def _straight_line(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    north, east = math.radians(to_latitude - latitude), math.radians(to_longitude - longitude)
    level = math.cos(math.radians(latitude)) * math.cos(math.radians(to_latitude))
    half_chord = math.sin(north / 2) ** 2 + level * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half_chord))

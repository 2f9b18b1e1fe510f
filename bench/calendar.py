"""The sessions of a bench instance: weeks (four, unless asked otherwise) of half-days, weekday evenings and
Saturdays.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from rota.solver.staff_rota import Session

FIRST_DAY = date(2027, 1, 11)
WEEKS = 4
HALVES = ("AM", "PM")

HOURS: dict[str, tuple[time, time]] = {
    "AM": (time(8, 30), time(12, 40)),
    "PM": (time(14, 0), time(18, 10)),
    "EVE": (time(18, 30), time(20, 0)),
    "SAT-AM": (time(9, 0), time(13, 0)),
    "SAT-PM": (time(13, 0), time(17, 0)),
}


def sessions(weeks: int = WEEKS) -> tuple[Session, ...]:
    """Give the sessions of some weeks in order of time."""
    return tuple(Session(number, day, kind) for number, (day, kind) in enumerate(half_days(weeks)))


def half_days(weeks: int) -> Iterator[tuple[date, str]]:
    """Give each day with the kinds of session it has; Sundays have none."""
    for offset in range(7 * weeks):
        day = FIRST_DAY + timedelta(offset)
        for kind in ("AM", "PM", "EVE") if day.weekday() < 5 else ("SAT-AM", "SAT-PM"):
            if day.weekday() < 6:
                yield day, kind


def span(session: Session) -> tuple[datetime, datetime]:
    """Give the start and the end of a session."""
    starts, ends = HOURS[session.kind]
    return datetime.combine(session.day, starts), datetime.combine(session.day, ends)

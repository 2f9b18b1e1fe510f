"""The sheet of working patterns: one week of somebody's pattern on each row."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from network.organisations.rules import WeeklySession, sessions_of_the_week
from network.vocabulary import Activity
from rota.staff.rules import LONGEST_CYCLE, Availability, Choices, PatternChoice, PatternSlot
from rota.tables.rules import Cells, Place, Who


@dataclass(frozen=True)
class PatternLine:
    """One week of a working pattern."""

    place: Place
    who: Who
    starts_on: date
    week: int
    choices: Choices


def read_pattern(cells: Cells) -> PatternLine | None:
    """Read a row of the sheet of patterns."""
    who, starts_on = cells.who(), cells.day("starts_on")
    week = cells.whole("week", 1, LONGEST_CYCLE) or 1
    choices = {}
    for session in sessions_of_the_week():
        choice = _read_choice(cells, session)
        if choice is not None:
            choices[PatternSlot(week, session.weekday, session.kind)] = choice
    good = cells.is_good and starts_on is not None
    return PatternLine(cells.place, who, starts_on, week, choices) if good else None  # type: ignore[arg-type]


def _read_choice(cells: Cells, session: WeeklySession) -> PatternChoice | None:
    def read(value: Any) -> PatternChoice:
        try:
            return PatternChoice(cells.meant(value, Availability, "availabilities"))
        except KeyError:
            return PatternChoice(Availability.FIXED, cells.meant(value, Activity, "activities"))

    said = (
        "Enter x for available, 'likes' for likes to work, an activity such as Teaching, or leave it empty."
    )
    choice = cells.read(session.said, read, said)
    # A session that a pattern does not name is not worked.
    return None if choice is None or choice.availability is Availability.NEVER else choice

"""What can be said of one case on a list: its minutes, who presents it, whom it needs. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from mdt.lists.rules import STEP

LONGEST_MINUTES = 60.0
# Source: Looe Health Centre's community meetings, whose list closes two working days before.
DAYS_TO_READ = 2
SATURDAY = 5


def publish_by(meeting_on: date, holidays: Collection[date]) -> date:
    """Return the last day that leaves those who come two working days to read a list."""
    day, left = meeting_on, DAYS_TO_READ
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in holidays
    return day


@dataclass(frozen=True)
class Arranged:
    """How a case is to be discussed; without minutes of its own it shares those of the others."""

    minutes: float | None = None
    presenter: str = ""
    invited: frozenset[str] = frozenset()


def wrong_with(arranged: Arranged, told: Collection[str] | None = None) -> str:
    """Say what is wrong with how a case is to be discussed, or nothing; `told` are those who know already."""
    minutes = arranged.minutes
    if minutes is not None and not STEP <= minutes <= LONGEST_MINUTES:
        return f"Enter between half a minute and {LONGEST_MINUTES:.0f} minutes."
    if minutes is not None and minutes % STEP:
        return "Enter whole or half minutes, such as 4.5."
    if told is not None and arranged.invited and not (told and arranged.invited >= set(told)):
        return "Keep the disciplines that were told already: the list is published."
    return ""

"""Allowances of leave: the leave year, what a post is entitled to, and what of it an absence costs.

All is reckoned in minutes and told in sessions: a session is not one length for everybody.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import ContractType, SessionKind, Word
from rota.leave.rules import AbsenceKind, Away, Working, sessions_taken
from rota.roster.rules import USUAL_HOURS, monday_of

# 5.6 weeks a year, bank holidays among them, pro rata for part-time: Working Time Regulations 1998,
# regulations 13 and 13A (https://www.legislation.gov.uk/uksi/1998/1833), read in November 2026.
STATUTORY_TENTHS = 56
MOST_TENTHS = 150
SOURCE = "Working Time Regulations 1998, regulations 13 and 13A: 5.6 weeks, bank holidays among them"
# The law gives leave to workers: who works for themselves or for nothing has what was agreed.
WITHOUT_STATUTORY = frozenset({ContractType.PARTNER, ContractType.LOCUM, ContractType.VOLUNTEER})
MOST_SESSIONS = 400


class LineKind(Word):
    CARRIED = "carried", "Carried over"
    ADJUSTED = "adjusted", "Adjustment"


@dataclass(frozen=True)
class Terms:
    """On what terms an employer gives leave."""

    notice_days: int
    notice_times: int
    automatic: frozenset[AbsenceKind]
    year_month: int
    year_day: int
    tenths_of_weeks: int

    @property
    def year_start_said(self) -> str:
        day = _start(2024, self.year_month, self.year_day)
        return f"{day.day} {day:%B}"

    @property
    def automatic_said(self) -> str:
        return ", ".join(kind.label for kind in AbsenceKind if kind in self.automatic) or "Nothing"

    def notice_for(self, days: int) -> int:
        """Return how many days ahead so many days of leave are asked for."""
        return max(self.notice_days, self.notice_times * days)


@dataclass(frozen=True)
class Year:
    """A leave year, both days included."""

    first: date
    last: date

    @property
    def said(self) -> str:
        return f"{_said(self.first)} to {_said(self.last)}"


@dataclass(frozen=True)
class Balance:
    """A leave year of one post, in minutes."""

    year: Year
    session_minutes: int
    entitled: int
    carried: int = 0
    adjusted: int = 0
    holidays: int = 0
    taken: int = 0
    booked: int = 0
    asked: int = 0

    @property
    def whole(self) -> int:
        return self.entitled + self.carried + self.adjusted

    @property
    def left(self) -> int:
        """What is left when all that is asked for is granted."""
        return self.whole - self.holidays - self.taken - self.booked - self.asked

    def sessions(self, minutes: int) -> str:
        """Say minutes in this person's sessions, to the tenth: '12', '3.5'."""
        return f"{round(10 * minutes / self.session_minutes) / 10:g}"


def year_of(day: date, month: int, first_day: int) -> Year:
    """Return the leave year in which a day lies."""
    start = _start(day.year, month, first_day)
    if day < start:
        start = _start(day.year - 1, month, first_day)
    return Year(start, _start(start.year + 1, month, first_day) - timedelta(1))


def entitled(
    year: Year, weekly_minutes: int, tenths_of_weeks: int, contract: ContractType, first: date, last: date
) -> int:
    """Return the minutes of leave that a post gives in a year, or in the part of it in post."""
    if contract in WITHOUT_STATUTORY:
        return 0
    days = (min(year.last, last) - max(year.first, first)).days + 1
    whole = (year.last - year.first).days + 1
    return round(weekly_minutes * tenths_of_weeks / 10 * max(0, days) / whole)


def cost(
    aways: Iterable[Away],
    working: Working,
    weekly_minutes: int,
    session_minutes: int,
    first: date,
    last: date,
) -> int:
    """Return the minutes that absences take from an allowance within some days.

    Patterns offer more sessions than a contract has: a whole week away costs no more than the contract.
    """
    taken = {each for away in aways for each in sessions_taken(away, working, first, last)}
    return _in_weeks(taken, weekly_minutes, session_minutes)


def holidays_cost(
    holidays: Iterable[date], working: Working, weekly_minutes: int, session_minutes: int
) -> int:
    """Return the minutes of bank holidays on which somebody would work, were their place not shut."""
    taken = {
        (day, kind)
        for day in holidays
        for kind in USUAL_HOURS
        if working.offers(day, kind) and working.is_shut(day, kind)
    }
    return _in_weeks(taken, weekly_minutes, session_minutes)


def wrong_with_terms(month: int | None, day: int | None, tenths: int | None, notice: int | None) -> str:
    """Say what is wrong with the terms of an employer, or nothing."""
    if (month is None) != (day is None):
        return "Enter both the day and the month on which the leave year starts, or neither."
    if month is not None and day is not None and not _is_day(month, day):
        return "Enter a day of the year on which the leave year starts, such as 1 4 for 1 April."
    if tenths is not None and not STATUTORY_TENTHS <= tenths <= MOST_TENTHS:
        least, most = STATUTORY_TENTHS / 10, MOST_TENTHS // 10
        return f"Enter from {least} weeks of leave, which the law gives, to {most}."
    return "Enter a notice of 0 to 365 days." if notice is not None and not 0 <= notice <= 365 else ""


def _in_weeks(taken: set[tuple[date, SessionKind]], weekly_minutes: int, session_minutes: int) -> int:
    weeks: Counter[date] = Counter()
    for day, kind in taken:
        weeks[monday_of(day)] += min(session_minutes, _length(kind))
    return sum(min(minutes, weekly_minutes) for minutes in weeks.values())


def _length(kind: SessionKind) -> int:
    starts, ends = USUAL_HOURS[kind]
    return 60 * (ends.hour - starts.hour) + ends.minute - starts.minute


def _start(year: int, month: int, day: int) -> date:
    # A leave year that starts on 29 February starts on the day before where there is none.
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _is_day(month: int, day: int) -> bool:
    try:
        date(2024, month, day)
    except ValueError:
        return False
    return True


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"

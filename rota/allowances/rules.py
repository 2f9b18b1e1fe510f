"""Allowances of leave: the leave year, what a post is entitled to, and what of it an absence costs.

All is reckoned in minutes and told in sessions: a session is not one length for everybody.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import ContractType, SessionKind, Word
from rota.leave.rules import Away, Working, sessions_taken
from rota.roster.rules import USUAL_HOURS, monday_of
from rota.terms.rules import start_of

# The law gives leave to workers: who works for themselves or for nothing has what was agreed, and an agency
# gives its workers theirs.
WITHOUT_STATUTORY = frozenset(
    {ContractType.PARTNER, ContractType.LOCUM, ContractType.AGENCY, ContractType.VOLUNTEER}
)
MOST_SESSIONS = 400


class LineKind(Word):
    CARRIED = "carried", "Carried over"
    ADJUSTED = "adjusted", "Adjustment"


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
    def is_kept(self) -> bool:
        """Say whether leave is held against an allowance: not where neither law nor agreement gives one."""
        return bool(self.entitled or self.carried or self.adjusted)

    @property
    def left(self) -> int:
        """What is left when all that is asked for is granted."""
        return self.whole - self.holidays - self.taken - self.booked - self.asked

    def sessions(self, minutes: int) -> str:
        """Say minutes in this person's sessions, to the tenth: '12', '3.5'."""
        return f"{round(10 * minutes / self.session_minutes) / 10:g}"


def year_of(day: date, month: int, first_day: int) -> Year:
    """Return the leave year in which a day lies."""
    start = start_of(day.year, month, first_day)
    if day < start:
        start = start_of(day.year - 1, month, first_day)
    return Year(start, start_of(start.year + 1, month, first_day) - timedelta(1))


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
    ill: Iterable[Away] = (),
) -> int:
    """Return the minutes that absences take from an allowance within some days.

    Patterns offer more sessions than a contract has: a whole week away costs no more than the contract.
    Who falls ill on leave may take the sessions of their illness, `ill`, another time.
    """
    taken = {each for away in aways for each in sessions_taken(away, working, first, last)}
    given_back = {each for away in ill for each in sessions_taken(away, working, first, last)}
    return _in_weeks(taken - given_back, weekly_minutes, session_minutes)


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


def _in_weeks(taken: set[tuple[date, SessionKind]], weekly_minutes: int, session_minutes: int) -> int:
    weeks: Counter[date] = Counter()
    for day, kind in taken:
        weeks[monday_of(day)] += min(session_minutes, _length(kind))
    return sum(min(minutes, weekly_minutes) for minutes in weeks.values())


def _length(kind: SessionKind) -> int:
    starts, ends = USUAL_HOURS[kind]
    return 60 * (ends.hour - starts.hour) + ends.minute - starts.minute


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"

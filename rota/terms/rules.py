"""On what terms leave is given: how much, from which day on, how long ahead, and what needs nobody."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from rota.leave.rules import AbsenceKind

# 5.6 weeks a year, bank holidays among them, pro rata for part-time: Working Time Regulations 1998,
# regulations 13 and 13A (https://www.legislation.gov.uk/uksi/1998/1833), read in November 2026.
STATUTORY_TENTHS = 56
MOST_TENTHS = 150
SOURCE = "Working Time Regulations 1998, regulations 13 and 13A: 5.6 weeks, bank holidays among them"


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
        day = start_of(2024, self.year_month, self.year_day)
        return f"{day.day} {day:%B}"

    @property
    def automatic_said(self) -> str:
        return ", ".join(kind.label for kind in AbsenceKind if kind in self.automatic) or "Nothing"

    def notice_for(self, days: int) -> int:
        """Return how many days ahead so many days of leave are asked for."""
        return max(self.notice_days, self.notice_times * days)


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


def start_of(year: int, month: int, day: int) -> date:
    """Return the first day of the leave year that starts in a year."""
    # A leave year that starts on 29 February starts on the day before where there is none.
    return date(year, month, min(day, monthrange(year, month)[1]))


def _is_day(month: int, day: int) -> bool:
    try:
        date(2024, month, day)
    except ValueError:
        return False
    return True

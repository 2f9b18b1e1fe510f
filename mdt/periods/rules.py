"""Quarters and years of the financial year, by which evidence is counted. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

APRIL = 4
QUARTERS = (1, 2, 3, 4)
WHOLE_YEAR = 0
YEARS_BACK = 2


@dataclass(frozen=True, order=True)
class Period:
    """A quarter of a financial year, or all of it: no two quarters overlap."""

    year: int
    quarter: int = WHOLE_YEAR

    @property
    def starts_on(self) -> date:
        months = APRIL - 1 + 3 * (max(self.quarter, 1) - 1)
        return date(self.year + months // 12, months % 12 + 1, 1)

    @property
    def ends_on(self) -> date:
        is_last = self.quarter in (WHOLE_YEAR, QUARTERS[-1])
        after = Period(self.year + 1) if is_last else Period(self.year, self.quarter + 1)
        return after.starts_on - timedelta(days=1)

    @property
    def whole(self) -> "Period":
        return Period(self.year)

    @property
    def value(self) -> str:
        return f"{self.year}-{self.quarter}" if self.quarter else str(self.year)

    @property
    def name(self) -> str:
        if not self.quarter:
            return f"Year {self.year}/{(self.year + 1) % 100:02}"
        return f"{self.starts_on:%B} to {self.ends_on:%B %Y}"

    def said(self, today: date) -> str:
        """Name it, and say whether it is over: 'October to December 2026, so far'."""
        return f"{self.name}, so far" if today <= self.ends_on else self.name

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def quarter_of(day: date) -> Period:
    """Return the quarter of the financial year a day lies in."""
    year = day.year if day.month >= APRIL else day.year - 1
    return Period(year, (day.month - APRIL) % 12 // 3 + 1)


def periods_until(today: date) -> list[Period]:
    """Return the quarters and years that can be chosen, the latest first."""
    current = quarter_of(today)
    found = []
    for year in range(current.year, current.year - YEARS_BACK - 1, -1):
        quarters = [Period(year, number) for number in QUARTERS]
        found += [each for each in reversed(quarters) if each <= current]
        found.append(Period(year))
    return found

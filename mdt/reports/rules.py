"""What is counted over a quarter or a year, by what people are like, and which numbers are shown. Pure."""

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mdt.periods.rules import QUARTERS, WHOLE_YEAR, Period, quarter_of
from mdt.small_numbers.rules import LEAST, Cell, Sum, hidden_cells

Line = tuple[str, str, str, int]
EVERYBODY = ""
# Stands for the denominator among the parts.
OF = "\0of"


@dataclass(frozen=True)
class Unit:
    """One thing counted: on which day, what became of it, and to which group of each split it belongs."""

    on: date
    part: str
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Split:
    """A way to part what is counted. Where a part is named, only that part is split, such as by reason."""

    key: str
    title: str
    rows: tuple[str, ...]
    part: str = ""
    # How many belong to each row at large, where that is known: such as the people on a practice's list.
    sizes: Mapping[str, int] = field(default_factory=dict)
    # Of a long list only the rows in which there is anything this year.
    leaves_out_empty: bool = False


@dataclass(frozen=True)
class Tally:
    """A question answered by counting. The share is the first part, of those parts that count."""

    key: str
    title: str
    definition: str
    parts: tuple[str, ...]
    units: Sequence[Unit]
    splits: tuple[Split, ...] = ()
    # How many of the parts, from the first, make up the denominator.
    counted: int = 2
    # What the share is held against, and where that is from.
    reference: str = ""
    nothing: str = "Nothing of this happened in this time."
    # Where no person's care is counted, such as meetings held, no number is small.
    is_about_people: bool = True
    # As things stand today, whatever period is looked at.
    is_standing: bool = False


@dataclass(frozen=True)
class Row:
    """One line as it is shown: None stands for a number that is not."""

    label: str
    numbers: tuple[int | None, ...]
    of: int | None
    share: float | None = None
    per_thousand: float | None = None


@dataclass(frozen=True)
class Table:
    """A split as it is shown."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    # Whether there is a denominator beside the parts, and a rate for each thousand at large.
    has_share: bool = True
    has_rate: bool = False


@dataclass(frozen=True)
class Shown:
    """A tally as it is shown for one period."""

    tally: Tally
    headline: Row
    tables: tuple[Table, ...]

    @property
    def is_empty(self) -> bool:
        return self.headline.of == 0 and not any(self.headline.numbers)

    @property
    def hides(self) -> bool:
        rows = (self.headline, *(row for table in self.tables for row in table.rows))
        return any(None in (*row.numbers, row.of) for row in rows)


@dataclass(frozen=True)
class Spread:
    """How numbers lie: the one in the middle, and between which two the middle half of them lies."""

    key: str
    title: str
    definition: str
    unit: str
    values: tuple[float, ...]

    @property
    def number(self) -> int:
        return len(self.values)

    @property
    def is_shown(self) -> bool:
        return self.number >= LEAST

    @property
    def top(self) -> float:
        """Where a drawing from nought ends: not the largest, which is one person's."""
        return math.ceil(2 * self.middle_half[1])

    @property
    def mean(self) -> float:
        return statistics.fmean(self.values)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def middle_half(self) -> tuple[float, float]:
        low, _, high = statistics.quantiles(self.values, n=4, method="inclusive")
        return low, high


@dataclass(frozen=True)
class Report:
    """The answers to one question of the index."""

    tallies: tuple[Tally, ...] = ()
    spreads: tuple[Spread, ...] = ()


def shown(tally: Tally, period: Period) -> Shown:
    """Show a tally for a period, with no number from which a small one could be worked out."""
    if tally.is_standing and tally.units:
        period = quarter_of(tally.units[0].on)
    page = _Page(tally, period.year)
    tables = [page.table(split, period.quarter) for split in tally.splits]
    trend = page.by_quarter()
    has_trend = len(trend.rows) > 1 and not tally.is_standing
    headline = page.row(EVERYBODY, EVERYBODY, "All", period.quarter)
    return Shown(tally, headline, (*tables, trend) if has_trend else tuple(tables))


class _Page:
    """All numbers of a tally in a year. Its quarters are hidden together: the year is their sum."""

    def __init__(self, tally: Tally, year: int) -> None:
        self.tally, self.year = tally, year
        self.has_share = tally.counted > 1
        self.counts = self._counted()
        self.values: dict[Cell, int] = {}
        self.sums: list[Sum] = []
        self._lay_out(EVERYBODY, EVERYBODY, tally.parts)
        for split in tally.splits:
            for label in split.rows:
                self._lay_out(split.key, label, self._parts_of(split))
            self._add_up(split)
        self.hidden = hidden_cells(self.values, self.sums) if tally.is_about_people else frozenset()

    def row(self, key: str, label: str, name: str, time: int, split: Split | None = None) -> Row:
        """Show one line of a table."""
        parts = self._parts_of(split) if split else self.tally.parts
        numbers = tuple(self._read((key, label, part, time)) for part in parts)
        has_share = self.has_share and len(parts) > 1
        of = self._read((key, label, OF, time)) if has_share else numbers[0]
        size = split.sizes.get(label, 0) if split else 0
        return Row(
            name,
            numbers,
            of,
            share=numbers[0] / of if has_share and numbers[0] is not None and of else None,
            per_thousand=round(1000 * of / size, 1) if size and of is not None else None,
        )

    def table(self, split: Split, time: int) -> Table:
        """Show a split."""
        parts = self._parts_of(split)
        rows = [
            self.row(split.key, each, each, time, split)
            for each in split.rows
            if not split.leaves_out_empty
            or any(self.counts[split.key, each, part, WHOLE_YEAR] for part in parts)
        ]
        return Table(split.title, parts, tuple(rows), self.has_share and len(parts) > 1, bool(split.sizes))

    def by_quarter(self) -> Table:
        """Show how it went over the year."""
        began = [each for each in QUARTERS if any(self.counts[key] for key in self.counts if key[3] == each)]
        rows = [self.row(EVERYBODY, EVERYBODY, Period(self.year, each).name, each) for each in began]
        return Table("By quarter", self.tally.parts, tuple(rows), self.has_share)

    def _parts_of(self, split: Split) -> tuple[str, ...]:
        return (split.part,) if split.part else self.tally.parts

    def _counted(self) -> Counter[Line]:
        counts: Counter[Line] = Counter()
        for unit in self.tally.units:
            if not Period(self.year).covers(unit.on):
                continue
            for time in (quarter_of(unit.on).quarter, WHOLE_YEAR):
                counts[EVERYBODY, EVERYBODY, unit.part, time] += 1
                for split in self.tally.splits:
                    if unit.part in self._parts_of(split):
                        counts[split.key, unit.groups[split.key], unit.part, time] += 1
        return counts

    def _lay_out(self, key: str, label: str, parts: tuple[str, ...]) -> None:
        """Put down the numbers of one line at each time, their denominator, and the year as a sum."""
        has_share = self.has_share and len(parts) > 1
        for time in (*QUARTERS, WHOLE_YEAR):
            self.values |= {(key, label, part, time): self.counts[key, label, part, time] for part in parts}
            if has_share:
                counted = tuple((key, label, part, time) for part in parts[: self.tally.counted])
                self.values[key, label, OF, time] = sum(self.counts[each] for each in counted)
                self.sums.append(Sum((key, label, OF, time), counted))
        for part in (*parts, OF) if has_share else parts:
            quarters = tuple((key, label, part, each) for each in QUARTERS)
            self.sums.append(Sum((key, label, part, WHOLE_YEAR), quarters))

    def _add_up(self, split: Split) -> None:
        """Say that the rows of a split add up to everybody."""
        parts = self._parts_of(split)
        for part in (*parts, OF) if self.has_share and len(parts) > 1 else parts:
            for time in (*QUARTERS, WHOLE_YEAR):
                rows = tuple((split.key, each, part, time) for each in split.rows)
                self.sums.append(Sum((EVERYBODY, EVERYBODY, part, time), rows))

    def _read(self, cell: Cell) -> int | None:
        return None if cell in self.hidden else self.values[cell]

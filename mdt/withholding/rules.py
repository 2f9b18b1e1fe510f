"""Which numbers of a report are shown for a quarter or a year: none that gives a small one away. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import replace

from mdt.periods.rules import QUARTERS, WHOLE_YEAR, Period, quarter_of
from mdt.reports.rules import Report, Row, Shown, Split, Spread, Table, Tally, Unit
from mdt.small_numbers.rules import LEAST, Cell, Sum, hidden_cells

Line = tuple[str, str, str, int]
EVERYBODY = ""
# Stands for the denominator among the parts.
OF = "\0of"


def shown(tally: Tally, period: Period) -> Shown:
    """Show a tally for a period, with no number from which a small one could be worked out."""
    return report_shown(Report((tally,)), period)[0][0]


def report_shown(report: Report, period: Period) -> tuple[tuple[Shown, ...], tuple[Spread, ...]]:
    """Show a report for a period: small numbers are hidden in all at once that are parts of each other."""
    counts = [_count_of(spread) for spread in report.spreads if spread.days]
    pages = {each.key: _Page(each, period) for each in (*report.tallies, *counts)}
    for page in pages.values():
        if page.tally.is_about_people and page.tally.part_of is None:
            _hide([page, *(each for each in pages.values() if each.is_part_of(page))])
    spreads = [
        replace(each, is_withheld=each.key in pages and pages[each.key].shown().headline.of is None)
        for each in report.spreads
    ]
    return tuple(pages[each.key].shown() for each in report.tallies), tuple(spreads)


def _count_of(spread: Spread) -> Tally:
    """Count the numbers of a spread: how many there are is a number like any other."""
    units = [Unit(day, spread.unit) for day in spread.days]
    return Tally(spread.key, spread.title, "", (spread.unit,), units, counted=1, part_of=spread.part_of)


def _hide(pages: Sequence["_Page"]) -> None:
    """Hide what is small in the pages of one family, and what would give it away."""
    values: dict[Cell, int] = {}
    for page in pages:
        values |= {(page.tally.key, cell): number for cell, number in page.values.items()}
    few = {(page.tally.key, cell) for page in pages for cell in page.of_few_people()}
    hidden = hidden_cells(values, [each for page in pages for each in page.named_sums()], few=few)
    for page in pages:
        page.hidden = {cell for cell in page.values if (page.tally.key, cell) in hidden}


class _Page:
    """All numbers of a tally in a year. Its quarters are hidden together: the year is their sum."""

    def __init__(self, tally: Tally, period: Period) -> None:
        is_of_today = tally.is_standing and tally.units
        self.tally, self.period = tally, quarter_of(tally.units[0].on) if is_of_today else period
        self.year = self.period.year
        self.has_share = tally.counted > 1
        self.people: defaultdict[Cell, set[Hashable]] = defaultdict(set)
        self.counts = self._counted()
        self.values: dict[Cell, int] = {}
        self.sums: list[Sum] = []
        self.hidden: Collection[Cell] = ()
        self._lay_out(EVERYBODY, EVERYBODY, tally.parts)
        for split in tally.splits:
            for label in split.rows:
                self._lay_out(split.key, label, self._parts_of(split))
            self._add_up(split)

    def is_part_of(self, other: "_Page") -> bool:
        return self.tally.part_of is not None and self.tally.part_of[0] == other.tally.key

    def of_few_people(self) -> list[Cell]:
        """Return the numbers behind which there are few people, however much of theirs is counted."""
        return [cell for cell, number in self.values.items() if number and len(self.people[cell]) < LEAST]

    def named_sums(self) -> list[Sum]:
        """Return what adds up to what, also in the tally that this one is a part of."""
        key = self.tally.key
        sums = [Sum((key, one.total), tuple((key, part) for part in one.parts)) for one in self.sums]
        if self.tally.part_of is not None:
            other, whole = self.tally.part_of
            for time in (*QUARTERS, WHOLE_YEAR):
                counted = self.tally.parts[: self.tally.counted]
                parts = tuple((key, (EVERYBODY, EVERYBODY, part, time)) for part in counted)
                sums.append(Sum((other, (EVERYBODY, EVERYBODY, whole, time)), parts))
        return sums

    def shown(self) -> Shown:
        """Show the tally for its period."""
        tables = [self.table(split, self.period.quarter) for split in self.tally.splits]
        trend = self.by_quarter()
        has_trend = len(trend.rows) > 1 and not self.tally.is_standing
        headline = self.row(EVERYBODY, EVERYBODY, "All", self.period.quarter)
        return Shown(self.tally, headline, (*tables, trend) if has_trend else tuple(tables))

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
        for place, unit in enumerate(self.tally.units):
            if not Period(self.year).covers(unit.on):
                continue
            for time in (quarter_of(unit.on).quarter, WHOLE_YEAR):
                lines = [(EVERYBODY, EVERYBODY)]
                for split in self.tally.splits:
                    if unit.part in self._parts_of(split):
                        lines.append((split.key, unit.groups[split.key]))
                for line in lines:
                    counts[*line, unit.part, time] += 1
                    self.people[*line, unit.part, time].add(unit.person or place)
        return counts

    def _lay_out(self, key: str, label: str, parts: tuple[str, ...]) -> None:
        """Put down the numbers of one line at each time, their denominator, and the year as a sum."""
        has_share = self.has_share and len(parts) > 1
        for time in (*QUARTERS, WHOLE_YEAR):
            self.values |= {(key, label, part, time): self.counts[key, label, part, time] for part in parts}
            if has_share:
                counted = tuple((key, label, part, time) for part in parts[: self.tally.counted])
                self.values[key, label, OF, time] = sum(self.counts[each] for each in counted)
                self.people[key, label, OF, time] = set().union(*(self.people[each] for each in counted))
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

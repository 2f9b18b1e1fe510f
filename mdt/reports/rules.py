"""What is counted over a quarter or a year, by what people are like, and how it is shown. Pure."""

import math
import statistics
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mdt.small_numbers.rules import LEAST


@dataclass(frozen=True)
class Unit:
    """One thing counted: on which day, what became of it, and to which group of each split it belongs."""

    on: date
    part: str
    groups: Mapping[str, str] = field(default_factory=dict)
    # Whose it is: many things of few people are as few as they are. None: nobody else's.
    person: uuid.UUID | None = None


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
    # Where all that is counted is one part of another tally of the page: the key of that one, and the part.
    part_of: tuple[str, str] | None = None


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
    # The day of each number of the whole year: from the year and three quarters follows the fourth.
    days: tuple[date, ...] = ()
    part_of: tuple[str, str] | None = None
    is_withheld: bool = False

    @property
    def number(self) -> int:
        return len(self.values)

    @property
    def is_shown(self) -> bool:
        return self.number >= LEAST and not self.is_withheld

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

    def __post_init__(self) -> None:
        keys = {each.key for each in self.tallies}
        named = (*(each.part_of for each in self.tallies), *(each.part_of for each in self.spreads))
        if any(each is not None and each[0] not in keys for each in named):
            raise ValueError("What is part of another tally is hidden with it: name one of this report.")

"""Weeks that employers lend each other: of one's own learners with others, and of others' with oneself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

FULL_TIME = 100


@dataclass(frozen=True)
class Exchanged:
    """A placement between employers: the learner's and the host's, its weeks and the share of full time."""

    lender: str
    borrower: str
    weeks: int
    percent: int = FULL_TIME

    @property
    def whole_weeks(self) -> Fraction:
        """Give the weeks as of somebody who trains full time."""
        return Fraction(self.weeks * self.percent, FULL_TIME)


@dataclass(frozen=True)
class Balance:
    """What one employer lends and borrows, in weeks and in weeks of full time."""

    employer: str
    lent: int
    borrowed: int
    lent_whole: float
    borrowed_whole: float

    @property
    def left(self) -> float:
        """Give what others owe, in weeks of full time; below 0 is owed to them."""
        return self.lent_whole - self.borrowed_whole


def balances_of(placements: Iterable[Exchanged], employers: Iterable[str] = ()) -> list[Balance]:
    """Give each employer's balance, by name; who stays at home lends nothing."""
    lent: Counter[str] = Counter()
    borrowed: Counter[str] = Counter()
    whole: dict[tuple[str, bool], Fraction] = {}
    for each in placements:
        if each.lender == each.borrower:
            continue
        lent[each.lender] += each.weeks
        borrowed[each.borrower] += each.weeks
        for key in ((each.lender, True), (each.borrower, False)):
            whole[key] = whole.get(key, Fraction()) + each.whole_weeks
    names = sorted({*employers, *lent, *borrowed})
    return [
        Balance(
            name,
            lent[name],
            borrowed[name],
            round(float(whole.get((name, True), 0)), 1),
            round(float(whole.get((name, False), 0)), 1),
        )
        for name in names
    ]


def pairs_of(placements: Iterable[Exchanged]) -> list[tuple[str, str, int]]:
    """Give the weeks that each employer lends each other one, the most first."""
    weeks: Counter[tuple[str, str]] = Counter()
    for each in placements:
        if each.lender != each.borrower:
            weeks[each.lender, each.borrower] += each.weeks
    return sorted(((*pair, number) for pair, number in weeks.items()), key=lambda row: (-row[2], row[:2]))

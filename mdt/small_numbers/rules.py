"""Small numbers are not shown, nor what would let somebody work them out by adding and subtracting. Pure.

Where every hidden number can be one more or one less without any number that is shown changing, nobody can
tell which it is. Such a swap is looked for from each hidden number; where there is none, one more is hidden.
Noughts are shown, so whoever reads knows that what is hidden is at least one: a swap keeps to that.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

# Source: NHS England's and the Office for National Statistics' practice for tables about few people.
LEAST = 5
# Beyond this a swap counts as not found, and more is hidden: slower would not be more secret.
STEPS = 100
# How many more numbers may be hidden for a swap: none if it can be done, then few, then what it takes.
MORE = (0, 2, 4, 7, 15, 40)

Cell = Hashable


@dataclass(frozen=True)
class Sum:
    """A number that is shown as the total of others."""

    total: Cell
    parts: tuple[Cell, ...]


def hidden_cells(
    values: Mapping[Cell, int], sums: Sequence[Sum], least: int = LEAST, few: Collection[Cell] = ()
) -> frozenset[Cell]:
    """Return which numbers are not shown: those under the least, and those that would give them away.

    `few` are larger ones that must not be shown either, since few people are behind them; none is nought.
    """
    tables = _Tables(values, sums)
    tables.hidden = {cell for cell, value in values.items() if 0 < value < least} | set(few)
    while exposed := sorted(tables.hidden - tables.safe, key=tables.rank):
        tables.protect(exposed[0])
    return frozenset(tables.hidden)


@dataclass
class _Tables:
    values: Mapping[Cell, int]
    sums: Sequence[Sum]
    hidden: set[Cell] = field(default_factory=set)
    # Those of which a swap is known: it stays one when more is hidden.
    safe: set[Cell] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.members = [[(one.total, -1), *((part, 1) for part in one.parts)] for one in self.sums]
        self.sums_of: dict[Cell, list[tuple[int, int]]] = {cell: [] for cell in self.values}
        for number, members in enumerate(self.members):
            for cell, side in members:
                self.sums_of[cell].append((number, side))

    def protect(self, cell: Cell) -> None:
        """Find a swap for a hidden number, hiding as few more as it takes."""
        for most in MORE:
            for change in (1, -1):
                search = _Search(self, most)
                if search.change(cell, change) and search.balance():
                    self.hidden |= search.changes.keys()
                    self.safe |= search.changes.keys()
                    return
        # With every number hidden that is not nought, nothing is left to subtract from.
        self.hidden = {each for each, value in self.values.items() if value}
        self.safe = set(self.hidden)

    def rank(self, cell: Cell) -> tuple[int, str]:
        """Put the smallest first."""
        return self.values[cell], str(cell)


@dataclass
class _Search:
    """One way after the other of putting sums right again, until all are."""

    tables: _Tables
    # How many numbers that are shown may be hidden for it.
    most: int
    steps: int = STEPS
    changes: dict[Cell, int] = field(default_factory=dict)
    amiss: dict[int, int] = field(default_factory=dict)

    def change(self, cell: Cell, change: int) -> bool:
        """Change a number by one; refuse what would make it nought, which would be shown."""
        cost = cell not in self.tables.hidden
        if self.tables.values[cell] + min(change, 0) < 1 or cost > self.most:
            return False
        self.most -= cost
        self.changes[cell] = change
        self._add(cell, change)
        return True

    def balance(self) -> bool:
        """Put right whatever is amiss; say whether that could be done."""
        if not self.amiss:
            return True
        self.steps -= 1
        if self.steps < 0:
            return False
        for cell, change in self._ways():
            if self.change(cell, change):
                if self.balance():
                    return True
                self._take_back(cell)
        return False

    def _take_back(self, cell: Cell) -> None:
        self._add(cell, -self.changes.pop(cell))
        self.most += cell not in self.tables.hidden

    def _ways(self) -> list[tuple[Cell, int]]:
        """Return the changes that put one sum right, of the sum that leaves least choice."""
        best: list[tuple[Cell, int]] | None = None
        for number, wrong in self.amiss.items():
            way = -1 if wrong > 0 else 1
            found = [
                (cell, way * side)
                for cell, side in self.tables.members[number]
                if cell not in self.changes
                and self.tables.values[cell]
                and (self.most or cell in self.tables.hidden)
            ]
            if best is None or len(found) < len(best):
                best = found
        return sorted(best or (), key=lambda each: self._cost(*each))

    def _cost(self, cell: Cell, change: int) -> tuple[int, bool, int, int]:
        """Say how much more is amiss after a change; of equals the hidden first, grand totals last."""
        more = sum(
            abs(self.amiss.get(number, 0) + side * change) - abs(self.amiss.get(number, 0))
            for number, side in self.tables.sums_of[cell]
        )
        sums = len(self.tables.sums_of[cell])
        return more, cell not in self.tables.hidden, sums, self.tables.values[cell]

    def _add(self, cell: Cell, change: int) -> None:
        for number, side in self.tables.sums_of[cell]:
            wrong = self.amiss.pop(number, 0) + side * change
            if wrong:
                self.amiss[number] = wrong

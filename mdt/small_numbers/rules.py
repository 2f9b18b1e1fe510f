"""Small numbers are not shown, nor what would let somebody work them out by adding and subtracting. Pure.

Where every hidden number can be one more or one less without any number that is shown changing, nobody can
tell which it is. Such a swap is looked for from each hidden number; where there is none, one more is hidden.
Noughts are shown, so whoever reads knows that what is hidden is at least one: a swap keeps to that.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

# Source: NHS England's and the Office for National Statistics' practice for tables about few people.
LEAST = 5
# Beyond this a swap counts as not found, and more is hidden: slower would not be more secret.
STEPS = 4000

Cell = Hashable


@dataclass(frozen=True)
class Sum:
    """A number that is shown as the total of others."""

    total: Cell
    parts: tuple[Cell, ...]


def hidden_cells(values: Mapping[Cell, int], sums: Sequence[Sum], least: int = LEAST) -> frozenset[Cell]:
    """Return which numbers are not shown: those under the least, and those that would give them away."""
    tables = _Tables(values, sums)
    tables.hidden = {cell for cell, value in values.items() if 0 < value < least}
    while (exposed := next(tables.exposed(), None)) is not None:
        more = tables.next_to(exposed)
        if more is None:
            # All that is connected to it is hidden, so nothing is left to subtract from.
            tables.safe.add(exposed)
        else:
            tables.hidden.add(more)
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

    def exposed(self) -> Iterator[Cell]:
        """Yield the hidden numbers that somebody could work out, the smallest first."""
        for cell in sorted(self.hidden - self.safe, key=self._rank):
            if cell in self.safe:
                continue
            swap = self._swap(cell)
            if swap:
                self.safe |= swap.keys()
            else:
                yield cell

    def next_to(self, cell: Cell) -> Cell | None:
        """Return what to hide so that a number cannot be worked out: of its own sums, then further on."""
        alone = [number for number, _ in self.sums_of[cell] if self._is_alone(number)]
        near = alone or [number for number, _ in self.sums_of[cell]]
        return self._least_shown(near) or self._least_shown(self._connected(cell))

    def _is_alone(self, number: int) -> bool:
        return sum(cell in self.hidden for cell, _ in self.members[number]) == 1

    def _least_shown(self, numbers: Sequence[int]) -> Cell | None:
        """Return the smallest number that is shown and not nought; a total only if nothing else is left."""
        shown = [
            (side < 0, self._rank(cell), cell)
            for number in numbers
            for cell, side in self.members[number]
            if cell not in self.hidden and self.values[cell] > 0
        ]
        return min(shown, key=lambda each: each[:2])[2] if shown else None

    def _connected(self, cell: Cell) -> list[int]:
        """Return all sums that hang together with a number by what is hidden."""
        found: set[int] = set()
        waiting, seen = [cell], {cell}
        while waiting:
            for number, _ in self.sums_of[waiting.pop()]:
                if number not in found:
                    found.add(number)
                    more = {each for each, _ in self.members[number] if each in self.hidden} - seen
                    seen |= more
                    waiting += more
        return sorted(found)

    def _rank(self, cell: Cell) -> tuple[int, str]:
        return self.values[cell], str(cell)

    def _swap(self, cell: Cell) -> dict[Cell, int]:
        """Return changes by one of hidden numbers, this one among them, that change nothing that is shown."""
        for change in (1, -1):
            search = _Search(self, STEPS)
            if search.change(cell, change) and search.balanced():
                return search.changes
        return {}


@dataclass
class _Search:
    """One way after the other of putting sums right again, until all are."""

    tables: _Tables
    steps: int
    changes: dict[Cell, int] = field(default_factory=dict)
    amiss: dict[int, int] = field(default_factory=dict)

    def change(self, cell: Cell, change: int) -> bool:
        """Change a number by one; refuse what would make it nought, which would be shown."""
        if self.tables.values[cell] + change < 1:
            return False
        self.changes[cell] = change
        self._add(cell, change)
        return True

    def balanced(self) -> bool:
        """Put right whatever is amiss; say whether that could be done."""
        if not self.amiss:
            return True
        self.steps -= 1
        if self.steps < 0:
            return False
        for cell, change in self._ways():
            if self.change(cell, change):
                if self.balanced():
                    return True
                self._add(cell, -change)
                del self.changes[cell]
        return False

    def _ways(self) -> list[tuple[Cell, int]]:
        """Return the changes that put one sum right, of the sum that leaves least choice."""
        best: list[tuple[Cell, int]] | None = None
        for number, wrong in self.amiss.items():
            way = -1 if wrong > 0 else 1
            found = [
                (cell, way * side)
                for cell, side in self.tables.members[number]
                if cell in self.tables.hidden and cell not in self.changes
            ]
            if best is None or len(found) < len(best):
                best = found
        return sorted(best or (), key=lambda each: self._cost(*each))

    def _cost(self, cell: Cell, change: int) -> int:
        """Say how much more is amiss after a change."""
        return sum(
            abs(self.amiss.get(number, 0) + side * change) - abs(self.amiss.get(number, 0))
            for number, side in self.tables.sums_of[cell]
        )

    def _add(self, cell: Cell, change: int) -> None:
        for number, side in self.tables.sums_of[cell]:
            wrong = self.amiss.pop(number, 0) + side * change
            if wrong:
                self.amiss[number] = wrong

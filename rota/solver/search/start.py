"""A first choice of cells within a moment, by hand: needs with the fewest takers first, cheapest taker each
time.
"""

from collections.abc import Collection, Iterable, Sequence

from rota.solver.row import Atom, Row, begun
from rota.solver.rule import HARD_TIER

Change = tuple[int, ...]


class Filling:
    """A choice of cells that grows, with every row's sum kept up to date."""

    def __init__(
        self, cells: int, rows: Sequence[Row], baseline: Collection[int], tiers: Sequence[str]
    ) -> None:
        self.chosen: set[int] = set()
        self.tiers = tiers
        self._rows = rows
        self._tier = {tier: place for place, tier in enumerate(tiers)}
        self._sums = [row.sum.constant for row in rows]
        self._allowed = [row.excess(baseline) for row in rows]
        self._direct: list[list[tuple[int, int]]] = [[] for _ in range(cells)]
        self._through: list[list[Atom]] = [[] for _ in range(cells)]
        self._rows_of: dict[Atom, list[tuple[int, int]]] = {}
        self._count: dict[Atom, int] = {}
        for number, row in enumerate(rows):
            for atom, weight in row.sum.terms.items():
                self._note(number, atom, weight)
        for cell in baseline:
            self.add(cell)

    def change(self, cell: int) -> Change | None:
        """Say what adding a cell would change in each tier; None when a hard row forbids it."""
        return self._change(cell, is_forced=False)

    def force(self, cell: int) -> Change:
        """Choose a cell whatever forbids it, and say what that changes in each tier."""
        change = self._change(cell, is_forced=True) or ()
        self.add(cell)
        return change

    def _change(self, cell: int, is_forced: bool) -> Change | None:
        change = [0] * len(self._tier)
        for number, weight in self._touched(cell):
            row, now = self._rows[number], self._sums[number]
            before = begun(now - row.most, row.unit)
            after = begun(now + weight - row.most, row.unit)
            if not is_forced and row.tier is None and after > max(before, self._allowed[number]):
                return None
            change[self._tier[row.tier or HARD_TIER]] += (after - before) * row.weight
        return tuple(change)

    def add(self, cell: int) -> None:
        """Choose a cell."""
        for number, weight in self._touched(cell):
            self._sums[number] += weight
        for atom in self._through[cell]:
            self._count[atom] += 1
        self.chosen.add(cell)

    def remove(self, cell: int) -> None:
        """Choose a cell no more."""
        for atom in self._through[cell]:
            self._count[atom] -= 1
        for number, weight in self._touched(cell):
            self._sums[number] -= weight
        self.chosen.remove(cell)

    def _note(self, number: int, atom: Atom, weight: int) -> None:
        if isinstance(atom, int):
            self._direct[atom].append((number, weight))
            return
        if atom not in self._rows_of:
            self._rows_of[atom] = []
            self._count[atom] = 0
            for cell in atom.cells:
                self._through[cell].append(atom)
        self._rows_of[atom].append((number, weight))

    def _touched(self, cell: int) -> Iterable[tuple[int, int]]:
        yield from self._direct[cell]
        for atom in self._through[cell]:
            if not self._count[atom]:
                yield from self._rows_of[atom]


def admits(rows: Iterable[Row], baseline: Collection[int], chosen: Collection[int]) -> bool:
    """Say whether a choice breaks hard rows no further than the baseline does."""
    return all(row.tier is not None or row.excess(chosen) <= row.excess(baseline) for row in rows)


def first_choice(
    cells: int,
    rows: Sequence[Row],
    baseline: Collection[int],
    needs: Sequence[Sequence[int]],
    tiers: Sequence[str],
) -> frozenset[int]:
    """Fill needs (each a list of cells) from the baseline on."""
    return filled(Filling(cells, rows, baseline, tiers), needs, tiers)


def filled(filling: Filling, needs: Sequence[Sequence[int]], tiers: Sequence[str]) -> frozenset[int]:
    """Go on filling needs: first what the first tiers ask, then all that helps."""
    fill_urgent(filling, needs, tiers)
    for need in sorted(needs, key=len):
        fill_need(filling, need, len(tiers))
    return frozenset(filling.chosen)


def fill_urgent(filling: Filling, needs: Sequence[Sequence[int]], tiers: Sequence[str]) -> None:
    """Fill needs as far as the first tiers ask."""
    for need in sorted(needs, key=len):
        fill_need(filling, need, tiers.index("T1") + 1)


def fill_need(filling: Filling, need: Sequence[int], looked_at: int) -> None:
    """Add the best cell of a need again and again while the tiers looked at gain."""
    nothing = (0,) * looked_at
    while True:
        offers = [
            (change, cell)
            for cell in need
            if cell not in filling.chosen
            and (change := filling.change(cell))
            and change[:looked_at] < nothing
        ]
        if not offers:
            return
        filling.add(min(offers)[1])

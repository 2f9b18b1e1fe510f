"""What ties learners together, as arrays over stays: limits on sums of stays, some of them at a price."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rota.solver.rotation_plan.years.errands import Prices
from rota.solver.row import Row
from rota.solver.search.compiling import Indivisible


class Ties:
    """Linking rows over so many cells. A price of 0 makes a row hard; what a year costs is in one tier."""

    def __init__(self, rows: Iterable[Row], cells: int, tier: str) -> None:
        self.rows = [row for row in rows if row.sum.greatest > row.most and row.weight]
        if any(row.slack or row.unit > 1 or row.tier not in (None, tier) for row in self.rows):
            raise Indivisible
        terms = [
            (cell, number, weight)
            for number, row in enumerate(self.rows)
            for cell, weight in plain_terms(row)
        ]
        terms.sort()
        self._cells = np.array([cell for cell, _, _ in terms], np.int64)
        self._rows = np.array([number for _, number, _ in terms], np.int64)
        self._weights = np.array([weight for _, _, weight in terms], float)
        self._begins = np.searchsorted(self._cells, np.arange(cells + 1))
        self.most = np.array([row.most - row.sum.constant for row in self.rows], float)
        self.prices = np.array([row.weight if row.tier else 0 for row in self.rows], float)
        self.cells = cells
        self._largest = np.zeros(len(self.rows))
        np.maximum.at(self._largest, self._rows, self._weights)

    def of(self, year: Collection[int]) -> dict[int, float]:
        """Give what a year adds to each row that it touches."""
        found: dict[int, float] = {}
        for cell in year:
            part = slice(self._begins[cell], self._begins[cell + 1])
            for row, weight in zip(self._rows[part].tolist(), self._weights[part].tolist(), strict=True):
                found[row] = found.get(row, 0.0) + weight
        return found

    def terms_of(self, cells: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
        """Give the cells, with their weights, of each row that some cells touch."""
        found: dict[int, list[tuple[int, int]]] = {}
        for cell in cells:
            part = slice(self._begins[cell], self._begins[cell + 1])
            for row, weight in zip(self._rows[part].tolist(), self._weights[part].tolist(), strict=True):
                found.setdefault(row, []).append((cell, int(weight)))
        return found

    def sums(self, years: Iterable[tuple[float, Collection[int]]]) -> Prices:
        """Give what weighted years sum up to in each row."""
        weight_of = np.zeros(self.cells)
        for weight, year in years:
            for cell in year:
                weight_of[cell] += weight
        return np.asarray(
            np.bincount(self._rows, weights=self._weights * weight_of[self._cells], minlength=len(self.rows)),
            float,
        )

    def fitting(self, years: Iterable[Collection[int]]) -> list[Collection[int]]:
        """Give those years, taken one after the other, that break no hard row beside those before them."""
        sums, kept = np.zeros(len(self.rows)), list[Collection[int]]()
        for year in years:
            more = self.sums([(1.0, year)])
            if ((more <= 0) | (self.prices > 0) | (sums + more <= self.most)).all():
                sums += more
                kept.append(year)
        return kept

    def mending(self, sums: Prices) -> NDArray[np.bool_]:
        """Say of each stay whether it mends a row that sums up to too much."""
        mends = (self._weights < 0) & (sums > self.most)[self._rows]
        return np.bincount(self._cells, weights=mends, minlength=self.cells) > 0

    def marginal(self, sums: Prices, dear: Prices) -> Prices:
        """Give duals of rows that sum up to so much: the price of each that one more stay breaks or mends."""
        is_tight = sums + self._largest > self.most
        return np.where(is_tight, -np.where(self.prices > 0, self.prices, dear), 0.0)

    def per_cell(self, duals: Prices) -> Prices:
        """Give what each stay costs under duals, none above nought; the last is no stay, and has none."""
        weights = -duals[self._rows] * self._weights
        # Without ties numpy counts in whole numbers.
        found: Prices = np.bincount(self._cells, weights=weights, minlength=self.cells + 1).astype(float)
        found[-1] = np.inf
        return found


def plain_terms(row: Row) -> Sequence[tuple[int, int]]:
    """Give the cells of a row and their weights."""
    found = []
    for atom, weight in row.sum.terms.items():
        if not isinstance(atom, int):
            raise Indivisible
        found.append((atom, weight))
    return found

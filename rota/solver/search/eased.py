"""Walks through an automaton that does not know some limits on counts: they would multiply its states.

Going beyond a limit is priced instead, as dearly as it takes (Lagrange): what is found keeps the limits, and
the bound holds for all walks that do.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from rota.solver.row import Row
from rota.solver.search.automaton import Automaton
from rota.solver.search.compiling import Indivisible
from rota.solver.search.stages import Stage
from rota.solver.search.walks import Prices, Walks

TRIES, DOUBLINGS = 10, 30
NEAR = 1e-6
# Where nothing has kept the limits yet, a fine that would change this part of the cost is tried.
GUESS = 0.05


class EasedWalks:
    """Walks whose cells keep some limits besides; raises Indivisible where none seems to."""

    is_exact = False

    def __init__(self, automaton: Automaton, cells: int, limits: Sequence[Row]) -> None:
        self._walks = Walks(automaton, cells)
        self.is_large = self._walks.is_large
        self._counts = np.zeros((len(limits), cells + 1))
        for number, row in enumerate(limits):
            self._counts[number, list(row.sum.cells)] = 1.0
        self._most = np.array([float(row.most - row.sum.constant) for row in limits])
        self._fines = np.zeros(len(limits))
        if (known := self._kept(np.zeros(cells + 1), {}, self._fines + 1.0)) is None:
            raise Indivisible
        self._known = known

    def cheapest(self, prices: Prices, times: Mapping[Stage, float]) -> tuple[float, tuple[int, ...]]:
        """Give a bound on the least cost of a pattern, and the cells of the cheapest that was found."""
        best, fines, best_fines = -float("inf"), self._fines, self._fines
        found: tuple[float, tuple[int, ...]] | None = None
        for _ in range(TRIES):
            least, column = self._fined(prices, times, fines)
            bound, over = least - float(fines @ self._most), self._over(column)
            if bound > best:
                best, best_fines = bound, fines
            cost = bound - float(fines @ over)
            if (over <= 0).all() and (found is None or cost < found[0]):
                found = cost, column
            if found and found[0] - best <= NEAR:
                break
            pull = np.where((over > 0) | (fines > 0), over, 0.0)
            if not pull.any():
                break
            goal = found[0] if found else bound + max(1.0, GUESS * abs(bound))
            fines = np.maximum(0.0, fines + (goal - bound) / float(pull @ pull) * pull)
        self._fines = best_fines
        column = found[1] if found else self._kept(prices, times, best_fines + 1.0) or self._known
        return best, column

    def through(self, prices: Prices, times: Mapping[Stage, float]) -> Prices:
        """Give at most what a pattern with each cell costs above the bound; infinite for cells of others."""
        bound, _ = self.cheapest(prices, times)
        above = self._walks.through(prices + self._fines @ self._counts, times)
        least, _ = self._fined(prices, times, self._fines)
        return above + (least - float(self._fines @ self._most) - bound)

    def _fined(
        self, prices: Prices, times: Mapping[Stage, float], fines: Prices
    ) -> tuple[float, tuple[int, ...]]:
        return self._walks.cheapest(prices + fines @ self._counts, times)

    def _over(self, column: Sequence[int]) -> Prices:
        over: Prices = self._counts[:, list(column)].sum(axis=1) - self._most
        return over

    def _kept(self, prices: Prices, times: Mapping[Stage, float], fines: Prices) -> tuple[int, ...] | None:
        """Find a pattern that keeps the limits, however dear."""
        for _ in range(DOUBLINGS):
            _, column = self._fined(prices, times, fines)
            if ((over := self._over(column)) <= 0).all():
                return column
            fines = np.where(over > 0, 2 * fines, fines)
        return None

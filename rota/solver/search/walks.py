"""Walks through an automaton: the cheapest pattern for given prices, and what each cell costs at least."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rota.solver.search.automaton import Automaton, Numbers
from rota.solver.search.stages import Stage

Prices = NDArray[np.float64]

# Walks through more arcs than this are worth a thread.
LARGE = 200_000


@dataclass(frozen=True)
class Crossing:
    """The arcs of one step, sorted by target: where they come from, which of the step's cells they choose
    (the first stands for none), where each target's arcs begin.
    """

    source: NDArray[np.int32]
    option: NDArray[np.uint16]
    cells: NDArray[np.int32]
    starts: Numbers
    costs: Mapping[Stage, NDArray[np.int32]]


class Walks:
    """An automaton laid out for many searches. Prices are by cell, with a nought at the end for no cell."""

    # What is called cheapest is so.
    is_exact = True

    def __init__(self, automaton: Automaton, cells: int) -> None:
        self.nothing = cells
        self.is_large = automaton.arcs > LARGE
        self.crossings: list[Crossing] = []
        for step, layer in zip(automaton.steps, automaton.layers, strict=True):
            order = np.argsort(layer.target, kind="stable")
            cell_of = np.array([cells, *step], np.int32)
            costs = {stage: amounts[order].astype(np.int32) for stage, amounts in layer.costs.items()}
            starts = np.flatnonzero(np.diff(layer.target[order], prepend=-1))
            self.crossings.append(
                Crossing(
                    layer.source[order].astype(np.int32),
                    layer.option[order].astype(np.uint16),
                    cell_of,
                    starts,
                    costs,
                )
            )

    def cheapest(self, prices: Prices, times: Mapping[Stage, float]) -> tuple[float, tuple[int, ...]]:
        """Give the least cost of a pattern and its cells; the costs of each stage count so many times."""
        least, costs = self._forward(prices, times)
        state, cells = 0, []
        for crossing, cost in zip(reversed(self.crossings), reversed(costs), strict=True):
            begin = crossing.starts[state]
            end = crossing.starts[state + 1] if state + 1 < len(crossing.starts) else len(cost)
            arc = begin + int(cost[begin:end].argmin())
            if (cell := int(crossing.cells[crossing.option[arc]])) != self.nothing:
                cells.append(cell)
            state = int(crossing.source[arc])
        cells.reverse()
        return least, tuple(cells)

    def through(self, prices: Prices, times: Mapping[Stage, float]) -> Prices:
        """Give the least cost of a pattern with each cell above that of the cheapest; infinite for cells of
        others.
        """
        least, costs = self._forward(prices, times)
        found = np.full(self.nothing + 1, np.inf)
        to_end = np.zeros(1)
        for place in range(len(self.crossings) - 1, -1, -1):
            crossing, cost = self.crossings[place], costs[place]
            arcs = np.diff(crossing.starts, append=len(cost))
            rest = np.repeat(to_end, arcs)
            np.minimum.at(found, crossing.cells[crossing.option], cost + rest)
            before = self._least_before(place, costs)
            to_end = np.full(len(before), np.inf)
            np.minimum.at(to_end, crossing.source, cost - before[crossing.source] + rest)
        found[self.nothing] = np.inf
        return found - least

    def _least_before(self, place: int, costs: list[Prices]) -> Prices:
        """Give the least cost of reaching each state before a step."""
        if not place:
            return np.zeros(1)
        reached: Prices = np.minimum.reduceat(costs[place - 1], self.crossings[place - 1].starts)
        return reached

    def _forward(self, prices: Prices, times: Mapping[Stage, float]) -> tuple[float, list[Prices]]:
        """Give the least cost of all, and for each arc of each step the least cost of getting there by it."""
        least, costs = np.zeros(1), []
        for crossing in self.crossings:
            cost = least[crossing.source]
            cost += prices[crossing.cells][crossing.option]
            for priced, amounts in crossing.costs.items():
                if share := times.get(priced):
                    cost += share * amounts
            least = np.minimum.reduceat(cost, crossing.starts)
            costs.append(cost)
        return float(least[0]), costs

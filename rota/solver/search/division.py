"""A problem's rows divided: those of one person each, as automata, and those that tie people together."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event

import numpy as np

from rota.solver.row import Row
from rota.solver.search.automaton import Automaton
from rota.solver.search.compiling import EASED_ARCS, Indivisible, compiled_and_eased
from rota.solver.search.eased import EasedWalks
from rota.solver.search.laid_rows import is_linear
from rota.solver.search.run import TICK
from rota.solver.search.shared import SharedRows, is_plain, plain_terms
from rota.solver.search.stages import Stage, costs_by_stage
from rota.solver.search.walks import Prices, Walks

# Arcs of all automata together: with six bytes each this is half a gigabyte.
MOST_ARCS = 120_000_000
# numpy lets others run while it works on large arrays.
THREADS = 2

Column = tuple[int, ...]


@dataclass(frozen=True)
class Lane:
    """One person's part: their cells, the walks that are their patterns, the rows that price a pattern."""

    cells: frozenset[int]
    walks: Walks | EasedWalks
    priced: tuple[Row, ...]


class Division:
    """A problem seen person by person; raises Indivisible where its rows do not divide so.

    `people` are the cells of each person in order of time. Strict, nobody breaks a rule of their own, not
    even one that the baseline breaks. Told to stop, it gives up as well.
    """

    def __init__(
        self,
        people: Sequence[Sequence[int]],
        rows: Iterable[Row],
        baseline: Collection[int],
        strict: bool,
        should_stop: Callable[[], bool],
    ) -> None:
        self.is_strict = strict
        self._should_stop = should_stop
        self.size = sum(len(cells) for cells in people)
        self.baseline = frozenset(baseline)
        self.linear: dict[Stage, Prices] = {}
        self.constants: dict[Stage, int] = defaultdict(int)
        own, linking = self._divided(people, rows)
        if not all(is_plain(row) for row in linking):
            raise Indivisible
        self.shared = SharedRows(linking, self.size, baseline)
        self._arcs = 0
        self._threads = ThreadPoolExecutor(THREADS)
        prepared = [self._without_linear(rows) for rows in own]
        self._is_over = Event()
        automata = [
            self._threads.submit(
                compiled_and_eased, cells, rows, self.baseline, strict, EASED_ARCS, self._is_over.is_set
            )
            for cells, rows in zip(people, prepared, strict=True)
        ]
        try:
            self.lanes = [
                self._lane(cells, rows, *self._awaited(automaton))
                for cells, rows, automaton in zip(people, prepared, automata, strict=True)
            ]
        except Indivisible:
            # Nobody waits for the others any more.
            self._is_over.set()
            self._threads.shutdown(wait=False, cancel_futures=True)
            raise

    def cost_of(self, person: int, column: Column) -> dict[Stage, float]:
        """Give what a pattern costs by itself, by stage."""
        chosen = list(column)
        costs = {stage: float(prices[chosen].sum()) for stage, prices in self.linear.items()}
        for stage, amount in self.own_costs(person, column).items():
            costs[stage] = costs.get(stage, 0.0) + amount
        return costs

    def own_costs(self, person: int, column: Column) -> dict[Stage, int]:
        """Give that part of it which hangs on more than single cells."""
        priced = self.lanes[person].priced
        return costs_by_stage(priced, frozenset(column)) if priced else {}

    def price_of(self, person: int, column: Column, prices: Prices, times: Mapping[Stage, float]) -> float:
        """Give a pattern's price: its cells' prices and what else it costs, each stage so many times."""
        own = self.own_costs(person, column)
        return float(prices[list(column)].sum()) + sum(
            times.get(stage, 0.0) * amount for stage, amount in own.items()
        )

    def prices(self, times: Mapping[Stage, float]) -> Prices:
        """Give what each cell costs by itself, each stage counted so many times."""
        prices = np.zeros(self.size + 1)
        for stage, amounts in self.linear.items():
            prices += times.get(stage, 0.0) * amounts
        return prices

    def cheapest(
        self, people: Sequence[int], prices: Prices, times: Mapping[Stage, float]
    ) -> list[tuple[float, Column]]:
        """Bound what a pattern costs for each of some people, and find the cheapest; two at a time where they
        are large.
        """
        slow = [person for person in people if self.lanes[person].walks.is_large]
        walked = self._threads.map(lambda person: self.lanes[person].walks.cheapest(prices, times), slow)
        quick = {
            person: self.lanes[person].walks.cheapest(prices, times)
            for person in people
            if not self.lanes[person].walks.is_large
        }
        found = quick | dict(zip(slow, walked, strict=True))
        return [found[person] for person in people]

    def columns_of(self, chosen: Collection[int]) -> list[Column]:
        """Divide a choice of cells into each person's pattern."""
        return [tuple(sorted(lane.cells.intersection(chosen))) for lane in self.lanes]

    def _divided(
        self, people: Sequence[Sequence[int]], rows: Iterable[Row]
    ) -> tuple[list[list[Row]], list[Row]]:
        person_of = {cell: number for number, cells in enumerate(people) for cell in cells}
        by_slack: dict[str, list[Row]] = defaultdict(list)
        for number, row in enumerate(rows):
            by_slack[row.slack or f"#{number}"].append(row)
        own: list[list[Row]] = [[] for _ in people]
        linking: list[Row] = []
        for together in by_slack.values():
            whose = {person_of[cell] for row in together for cell in row.sum.cells}
            if not whose:
                for stage, amount in costs_by_stage(together, ()).items():
                    self.constants[stage] += amount
            elif len(whose) == 1:
                own[whose.pop()] += together
            else:
                linking += together
        return own, linking

    def _without_linear(self, rows: Sequence[Row]) -> list[Row]:
        """Put rows that price each cell by itself into the linear prices; give the others."""
        laid = []
        for row in rows:
            if not is_linear(row):
                laid.append(row)
                continue
            prices = self.linear.setdefault(Stage.of(row), np.zeros(self.size + 1))
            self.constants[Stage.of(row)] += row.weight * (row.sum.constant - row.most)
            for cell, weight in plain_terms(row):
                prices[cell] += weight * row.weight
        return laid

    def _awaited(self, automaton: Future[tuple[Automaton, list[Row]]]) -> tuple[Automaton, list[Row]]:
        """Wait for an automaton until told to stop."""
        while not wait([automaton], timeout=TICK).done:
            if self._should_stop():
                raise Indivisible
        return automaton.result()

    def _lane(
        self, cells: Sequence[int], rows: Sequence[Row], automaton: Automaton, eased: Sequence[Row]
    ) -> Lane:
        self._arcs += automaton.arcs
        if automaton.is_empty or self._arcs > MOST_ARCS or self._should_stop():
            raise Indivisible
        priced = tuple(row for row in rows if row.tier or row.excess(self.baseline))
        walks = EasedWalks(automaton, self.size, eased) if eased else Walks(automaton, self.size)
        return Lane(frozenset(cells), walks, priced)

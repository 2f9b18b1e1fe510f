"""Rows that tie people together, as arrays: what a choice of cells sums up to in each of them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rota.solver.row import AnyOf, Atom, Row, begun
from rota.solver.search.stages import Stage
from rota.solver.search.walks import Prices

# What a hard row costs that a choice on the way still breaks; no plan that is handed out does.
DEAR = 20_000.0


@dataclass(frozen=True)
class Slack:
    """What several rows may exceed together: its price in a stage, and at most so many units."""

    stage: Stage | None
    weight: int
    most: float
    is_hard: bool


class SharedRows:
    """The linking rows of a problem over its cells; `baseline` breaks some hard ones already."""

    def __init__(self, rows: Sequence[Row], cells: int, baseline: Collection[int]) -> None:
        self.rows = rows
        self.cells = cells
        terms = [
            (number, cell, weight) for number, row in enumerate(rows) for cell, weight in plain_terms(row)
        ]
        self.row_of = np.array([number for number, _, _ in terms], np.int64)
        self.cell_of = np.array([cell for _, cell, _ in terms], np.int64)
        self.weights = np.array([weight for _, _, weight in terms], float)
        self.most = np.array([row.most - row.sum.constant for row in rows], float)
        self.units = np.array([row.unit for row in rows], float)
        self.slacks: list[Slack] = []
        self.slack_of = np.array(list(self._slacks_of(baseline)), np.int64)

    @cached_property
    def terms_of(self) -> list[list[tuple[int, float]]]:
        """The rows of each cell, with its weight there."""
        found: list[list[tuple[int, float]]] = [[] for _ in range(self.cells)]
        triples = zip(self.row_of.tolist(), self.cell_of.tolist(), self.weights.tolist(), strict=True)
        for row, cell, weight in triples:
            found[cell].append((row, weight))
        return found

    @cached_property
    def opposites(self) -> dict[int, int]:
        """Pairs of soft rows that bound one sum from above and from below, each with a slack of its own."""
        owners = Counter(self.slack_of.tolist())
        known: dict[frozenset[tuple[Atom, int]], int] = {}
        pairs: dict[int, int] = {}
        for number, row in enumerate(self.rows):
            if row.tier is None or owners[int(self.slack_of[number])] > 1:
                continue
            other = known.pop(frozenset((atom, -weight) for atom, weight in row.sum.terms.items()), None)
            if other is None:
                known[frozenset(row.sum.terms.items())] = number
            elif -self.most[number] <= self.most[other]:
                pairs[other] = number
        return pairs

    def sums(self, chosen: Sequence[int]) -> Prices:
        """Give what each row sums up to."""
        taken = np.zeros(self.cells)
        taken[list(chosen)] = 1
        weights = self.weights * taken[self.cell_of]
        return np.asarray(np.bincount(self.row_of, weights=weights, minlength=len(self.rows)), float)

    def is_broken_by(self, chosen: Collection[int]) -> bool:
        """Say whether a choice breaks a hard row further than the baseline does."""
        over = np.ceil((self.sums(tuple(chosen)) - self.most) / self.units)
        return any(
            over[number] > (slack.most if slack.stage else 0)
            for number, slack in enumerate(self.slacks[each] for each in self.slack_of)
            if slack.is_hard
        )

    def per_cell(self, by_term: Prices) -> Prices:
        """Add up by cell what stands at each of a row's terms; a nought stands at the end, for no cell."""
        return np.asarray(np.bincount(self.cell_of, weights=by_term, minlength=self.cells + 1), float)

    def marginal(self, sums: Prices, times: Mapping[Stage, float]) -> Prices:
        """Give by cell what choosing it would add to the costs of rows that sum up to so much."""
        price = self.prices(times)[self.slack_of]
        before = np.ceil(np.maximum(0, sums - self.most) / self.units)[self.row_of]
        with_it = sums[self.row_of] + self.weights - self.most[self.row_of]
        after = np.ceil(np.maximum(0, with_it) / self.units[self.row_of])
        return self.per_cell(price[self.row_of] * (after - before))

    def prices(self, times: Mapping[Stage, float]) -> Prices:
        """Give what a unit of each slack costs."""
        return np.array([self._price(slack, times) for slack in self.slacks], float)

    def gained(self, duals: Prices, times: Mapping[Stage, float]) -> float:
        """Give what slacks are worth under some duals beyond their price: nought or below."""
        worth = np.bincount(self.slack_of, weights=duals * self.units, minlength=len(self.slacks))
        most = np.array([slack.most for slack in self.slacks], float)
        return float((most * np.minimum(0, self.prices(times) + worth)).sum())

    def _price(self, slack: Slack, times: Mapping[Stage, float]) -> float:
        return DEAR if slack.stage is None else slack.weight * times.get(slack.stage, 0.0)

    def _slacks_of(self, baseline: Collection[int]) -> Iterator[int]:
        known: dict[str, int] = {}
        for row in self.rows:
            broken = row.excess(baseline) if row.tier is None else 0
            stage = Stage.of(row) if row.tier or broken else None
            most = broken or begun(row.sum.greatest - row.most, row.unit)
            slack = Slack(stage, row.weight, float(most), row.tier is None)
            if row.slack in known:
                place = known[row.slack]
                self.slacks[place] = replace(slack, most=max(slack.most, self.slacks[place].most))
            else:
                place = len(self.slacks)
                self.slacks.append(slack)
                known |= {row.slack: place} if row.slack else {}
            yield place


def plain_terms(row: Row) -> Iterator[tuple[int, int]]:
    """Give the cells of a row and their weights; an "any of" counts as the sum of its cells."""
    for atom, weight in row.sum.terms.items():
        for cell in (atom,) if isinstance(atom, int) else atom.cells:
            yield cell, weight


def is_plain(row: Row) -> bool:
    """Say whether no "any of" of a row has cells that may be chosen together."""
    return not any(isinstance(atom, AnyOf) and len(atom.groups) > 1 for atom in row.sum.terms)

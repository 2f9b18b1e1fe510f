"""Rows laid along the steps of one person: what each option of a step adds to a row's sum."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rota.solver.row import AnyOf, Row
from rota.solver.search.automaton import Numbers
from rota.solver.search.stages import Stage


@dataclass(frozen=True)
class LaidRow:
    """A row along the steps: its sum is at most `most`; `stage` None is hard, else what is above costs.

    `adds` says by step what each option adds; `across` are the weights of those "any of" that lie across
    several steps; `ends` says where each of them ends.
    """

    row: Row
    most: int
    stage: Stage | None
    adds: dict[int, Numbers]
    across: dict[AnyOf, int]
    ends: dict[AnyOf, int]
    first: int
    last: int


class Lane:
    """The steps of one person: cells in order of time, grouped where at most one of them can be chosen."""

    def __init__(self, cells: Sequence[int], rows: Sequence[Row], baseline: Collection[int]) -> None:
        self.steps = steps_of(cells, rows, baseline)
        self.baseline = baseline
        self._place = {
            cell: (step, option)
            for step, group in enumerate(self.steps)
            for option, cell in enumerate(group, 1)
        }

    def options(self, any_of: AnyOf) -> dict[int, list[int]]:
        """Give the options of an "any of" by step."""
        found: dict[int, list[int]] = defaultdict(list)
        for cell in any_of.cells:
            step, option = self._place[cell]
            found[step].append(option)
        return found

    def lay(self, row: Row, strict: bool) -> list[LaidRow]:
        """Lay a row that hangs on at least one cell.

        A hard row that the baseline breaks may be broken as far, for a cost, unless all is strict: it is laid
        twice, once for the limit and once for the cost.
        """
        adds, across = self._along(row)
        ends = {any_of: max(self.options(any_of)) for any_of in across}
        places = [*adds, *ends.values(), *(min(self.options(any_of)) for any_of in across)]
        broken = 0 if strict or row.tier else row.excess(self.baseline)
        laid = LaidRow(row, row.most, Stage.of(row), adds, across, ends, min(places), max(places))
        if row.tier:
            return [laid]
        limit = replace(laid, most=row.most + broken * row.unit, stage=None)
        return [limit, laid] if broken else [limit]

    def _along(self, row: Row) -> tuple[dict[int, Numbers], dict[AnyOf, int]]:
        adds: dict[int, Numbers] = {}
        across: dict[AnyOf, int] = {}
        for atom, weight in row.sum.terms.items():
            if not isinstance(atom, int) and len(self.options(atom)) > 1:
                across[atom] = weight
                continue
            for cell in (atom,) if isinstance(atom, int) else atom.cells:
                step, option = self._place[cell]
                if step not in adds:
                    adds[step] = np.zeros(len(self.steps[step]) + 1, np.int64)
                adds[step][option] += weight
        return adds, across


def steps_of(
    cells: Sequence[int], rows: Sequence[Row], baseline: Collection[int]
) -> tuple[tuple[int, ...], ...]:
    """Group cells that follow each other while one row says that at most one of them can be chosen."""
    alone: dict[int, set[int]] = {cell: set() for cell in cells}
    for number, row in enumerate(rows):
        if is_at_most_one(row) and not row.excess(baseline):
            for cell in row.sum.cells:
                alone[cell].add(number)
    steps: list[list[int]] = []
    common: set[int] = set()
    for cell in cells:
        if steps and common & alone[cell]:
            common &= alone[cell]
            steps[-1].append(cell)
        else:
            common = set(alone[cell])
            steps.append([cell])
    return tuple(tuple(step) for step in steps)


def is_at_most_one(row: Row) -> bool:
    """Say whether a row says "at most one of these cells"."""
    return (
        row.tier is None
        and row.most - row.sum.constant == 1
        and all(isinstance(atom, int) and weight == 1 for atom, weight in row.sum.terms.items())
    )


def is_linear(row: Row) -> bool:
    """Say whether a soft row costs so much for each of its cells, whatever else is chosen."""
    plain = all(isinstance(atom, int) for atom in row.sum.terms)
    return bool(row.tier) and plain and row.unit == 1 and not row.slack and row.sum.least >= row.most


def batches_of(rows: Sequence[LaidRow], short: int) -> Iterator[list[LaidRow]]:
    """Give the rows in the order of laying: short ones at once, then long ones.

    One slack stays together, and so do rows that sum up the same cells: they know them from one count.
    """
    together: dict[object, list[LaidRow]] = defaultdict(list)
    for laid in rows:
        together[laid.row.slack or frozenset(laid.row.sum.terms)].append(laid)
    groups = sorted(together.values(), key=span_of)
    if first := [laid for group in groups if span_of(group) <= short for laid in group]:
        yield first
    yield from (group for group in groups if span_of(group) > short)


def is_count(batch: Sequence[LaidRow]) -> bool:
    """Say whether rows limit how many of some cells are chosen, and nothing else."""
    return all(
        laid.stage is None
        and laid.most == laid.row.most
        and not laid.across
        and set(laid.row.sum.terms.values()) == {1}
        for laid in batch
    )


def span_of(rows: Sequence[LaidRow]) -> int:
    """Count the steps from the first to the last of some rows."""
    return max(row.last for row in rows) - min(row.first for row in rows) + 1

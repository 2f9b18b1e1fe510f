"""Improving a choice of cells by groups of lanes: those that meet are freed, all others held."""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from ortools.sat.python import cp_model

from rota.solver.row import Row
from rota.solver.search.clock import Clock
from rota.solver.search.pieces import Piece, Pieces
from rota.solver.search.run import run
from rota.solver.search.stages import Stage, is_better

FEWEST, GROWTH = 3.0, 1.1
# Seconds for one group; what is not proved by then was too large.
SECONDS = 3.0
# The part of a group that meets a lane at a cost; the rest are from anywhere near.
NEAREST = 0.5
# The most that a unit of a stage may count: beyond, numbers are too large for a solver.
MOST = 10**9


class LaneGroups:
    """Improves all stages at once, the first first; groups grow while nothing better is in them.

    `on_better` is told of every better choice.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        lanes: Sequence[Collection[int]],
        cells: int,
        clock: Clock,
        on_better: Callable[[frozenset[int]], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self.rows, self.lanes, self.clock = rows, lanes, clock
        self.on_better, self.should_stop = on_better, should_stop
        self._pieces = Pieces(rows, cells)
        self._chance = np.random.default_rng(clock.limits.seed)
        lane_of = {cell: number for number, lane in enumerate(lanes) for cell in lane}
        self._costly = [
            (row, sorted({lane_of[cell] for cell in row.sum.cells if cell in lane_of}))
            for row in rows
            if row.tier
        ]
        self._near = self._neighbours(lane_of)

    def improve(self, chosen: frozenset[int], end: float) -> frozenset[int]:
        """Look at groups until so much time is left, or everybody was free at once, with proof."""
        size = FEWEST
        while self.clock.left > end and not self.should_stop():
            group = self._pick(round(size), chosen)
            if not group:
                break
            found, is_proved = self._look(group, chosen)
            if found != chosen:
                chosen = found
                self.on_better(chosen)
            elif is_proved and len(group) == len(self.lanes):
                break
            elif is_proved:
                size = min(len(self.lanes), size * GROWTH)
            if not is_proved:
                size = max(2.0, size / GROWTH)
        return chosen

    def _neighbours(self, lane_of: dict[int, int]) -> list[list[int]]:
        """Give the lanes that each lane meets in some row."""
        found: list[set[int]] = [set() for _ in self.lanes]
        known = set[frozenset[int]]()
        for row in self.rows:
            # What shares a slack meets everybody's, and says nothing of who is near.
            together = frozenset(lane_of[cell] for cell in row.sum.cells if cell in lane_of)
            if len(together) > 1 and together not in known:
                known.add(together)
                for lane in together:
                    found[lane] |= together
        return [sorted(near - {lane}) for lane, near in enumerate(found)]

    def _pick(self, number: int, chosen: frozenset[int]) -> list[int]:
        """Pick lanes around a cost; none when nothing costs anything."""
        costly = self._costs(chosen)
        if not costly:
            return []
        stage = costly[int(self._chance.integers(len(costly)))]
        lanes = self._mixed(stage[int(self._chance.integers(len(stage)))])
        group = lanes[: max(1, round(NEAREST * number))]
        near = self._mixed(sorted({each for lane in group for each in self._near[lane]} - {*group}))
        group += near[: number - len(group)]
        if len(group) < number:
            group += self._mixed(sorted({*range(len(self.lanes))} - {*group}))[: number - len(group)]
        return sorted(group)

    def _costs(self, chosen: frozenset[int]) -> list[list[list[int]]]:
        """Give the lanes of each row that costs something, stage by stage; of rows that share a slack, those
        of the worst.
        """
        worst: dict[str, int] = {}
        found: dict[Stage, list[tuple[Row, int, list[int]]]] = {}
        for row, lanes in self._costly:
            if lanes and (excess := row.excess(chosen)):
                found.setdefault(Stage.of(row), []).append((row, excess * row.weight, lanes))
                worst[row.slack] = max(worst.get(row.slack, 0), excess * row.weight)
        return [
            [lanes for row, amount, lanes in each if not row.slack or amount == worst[row.slack]]
            for each in found.values()
        ]

    def _mixed(self, numbers: Sequence[int]) -> list[int]:
        return [int(each) for each in self._chance.permutation(numbers)]

    def _look(self, group: Sequence[int], chosen: frozenset[int]) -> tuple[frozenset[int], bool]:
        """Free some lanes; give what is chosen then, and whether no better is proved."""
        piece = self._pieces.cut({cell for lane in group for cell in self.lanes[lane]}, chosen)
        before = piece.model.costs(piece.start)
        outcome = run(
            weighed(piece),
            self.clock.limits,
            min(SECONDS, self.clock.left),
            0.0,
            lambda values, bound: None,
            self.should_stop,
            small=True,
        )
        self.clock.spend(outcome.deterministic)
        if outcome.values is not None:
            after = piece.model.costs(piece.model.chosen_in(outcome.values))
            if is_better(after, than=before):
                chosen = piece.whole(outcome.values)
        return chosen, outcome.is_proved


def weighed(piece: Piece) -> cp_model.CpModel:
    """Ask for the least cost, where a unit of a stage counts more than all that the later ones cost now."""
    model, costs = piece.model, piece.model.costs(piece.start)
    weight, amount = 1, cp_model.LinearExpr.sum([])
    for stage in reversed(model.stages):
        amount = amount + weight * model.price(stage)
        weight = min(MOST, weight * (1 + costs[stage]))
    model.cp.minimize(amount)
    model.hint(piece.start)
    return model.cp

"""Improving one stage by neighbourhoods: a few people are freed, all others held, CP-SAT finds the best."""

from collections.abc import Callable, Sequence

import numpy as np

from rota.solver.row import Row
from rota.solver.search.clock import Clock
from rota.solver.search.pieces import Pieces
from rota.solver.search.run import run
from rota.solver.search.stages import Stage

FEWEST_PEOPLE = 4
# Seconds for one neighbourhood; what is not proved by then was too large.
SECONDS = 3.0
GROWTH = 1.25

Offer = Callable[[frozenset[int]], bool]


class NeighbourhoodSearch:
    """Improves one stage while those before it are held; neighbourhoods grow while nothing better is in them.

    `offer` is told of every plan and says whether it was better; `chosen` gives the best so far.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        people: Sequence[Sequence[int]],
        stage: Stage,
        held: Sequence[Stage],
        offer: Offer,
        chosen: Callable[[], frozenset[int]],
        clock: Clock,
        should_stop: Callable[[], bool],
    ) -> None:
        self.people, self.stage, self.held = people, stage, held
        self.offer, self.chosen, self.clock, self.should_stop = offer, chosen, clock, should_stop
        self.chance = np.random.default_rng(clock.limits.seed)
        self._pieces = Pieces(rows, sum(len(cells) for cells in people))
        self._costly = [row for row in rows if row.tier and Stage.of(row) == stage]
        self._person_of = {cell: person for person, cells in enumerate(people) for cell in cells}

    def improve(self) -> bool:
        """Look at neighbourhoods until everybody was free at once, with proof, or time is over; say which."""
        size = float(FEWEST_PEOPLE)
        while not self.should_stop():
            people = self._pick(round(size))
            better, proved = self._look(people)
            if proved and len(people) == len(self.people):
                return True
            if proved and not better:
                size = min(len(self.people), size * GROWTH)
            elif not proved:
                size = max(2.0, size / GROWTH)
        return False

    def _pick(self, number: int) -> list[int]:
        """Pick people around a cost, and others by chance."""
        order: list[int] = self.chance.permutation(len(self.people)).tolist()
        chosen = self.chosen()
        costly = [row for row in self._costly if row.excess(chosen)]
        if costly:
            row = costly[int(self.chance.integers(len(costly)))]
            near = {self._person_of[cell] for cell in row.sum.cells}
            order.sort(key=lambda person: person not in near)
            # Half of them are from elsewhere: they may give what the others lack.
            order = order[: number // 2] + self.chance.permutation(order[number // 2 :]).tolist()
        return order[:number]

    def _look(self, people: Sequence[int]) -> tuple[bool, bool]:
        """Free some people; say whether that made it better, and whether the best is proved."""
        chosen = self.chosen()
        piece = self._pieces.cut({cell for person in people for cell in self.people[person]}, chosen)
        if not piece.is_priced(self.stage):
            return False, True
        piece.minimise(self.stage, self.held)
        outcome = run(
            piece.model.cp,
            self.clock.limits,
            min(SECONDS, self.clock.left),
            0.0,
            lambda values, bound: None,
            self.should_stop,
            small=True,
        )
        self.clock.spend(outcome.deterministic)
        better = outcome.values is not None and self.offer(piece.whole(outcome.values))
        return better, outcome.is_proved

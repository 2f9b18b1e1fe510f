"""A learner's cheapest year where there are too many sets of kinds for all of them: the most promising are
kept, by a bound on what is ahead of each (beam search).
"""

from typing import NamedTuple

import numpy as np

from rota.solver.rotation_plan.years.eased import EasedYears
from rota.solver.rotation_plan.years.errands import Errands, Numbers, Prices
from rota.solver.rotation_plan.years.lattice import ExactYears
from rota.solver.search.compiling import Indivisible

# So many sets are kept at each period, and so many more where none of them led to a year.
WIDTH, GROWTH, WIDEST = 64, 4, 4096
SPARE = 4
# Fines are moved once in so many prices: prices change little from one to the next.
MOVE_EVERY = 3
# So many years are given at once.
KEPT = 2


# What a whole year costs, and where its last stay begins, and comes from.
Whole = tuple[float, int, int, int, int]


class Front(NamedTuple):
    """Partial years that end at one period, as columns: what is done (as bits, and numbered by counts), the
    last host, stays by host, the cost, the fines ahead, and where each comes from.
    """

    done: Numbers
    counted: Numbers
    host: Numbers
    stays: Numbers
    cost: Prices
    fines: Prices
    origin: Numbers
    before: Numbers
    kind: Numbers

    def at(self, places: Numbers) -> "Front":
        """Keep those at some places."""
        return Front._make(column[places] for column in self)


class BeamYears:
    """Finds a cheap year of one learner, and bounds the cheapest."""

    is_exact = False

    def __init__(self, errands: Errands) -> None:
        self.errands = errands
        self.eased = EasedYears(errands)
        self._bit = np.array([1 << kind for kind in range(errands.kinds)], np.int64)
        self._earlier = np.array(errands.before, np.int64)
        self._group = np.zeros(errands.kinds, np.int64)
        for number, group in enumerate(errands.groups):
            self._group[list(group)] = number
        shape = self.eased.shape
        self._stride = np.array([int(np.prod(shape[place + 1 :])) for place in range(len(shape))], np.int64)
        self._counts = np.array(errands.counts, np.int64)
        self._full = int(np.prod(shape)) - 1
        self._width, self._prices = WIDTH, 0

    def widen(self) -> None:
        """Look at more, from now on."""
        self._width = min(WIDEST, 2 * self._width)

    def cheapest(self, prices: Prices, times: float) -> tuple[float, list[tuple[int, ...]]]:
        """Give a bound on what a year costs, and the stays of some cheap ones, the cheapest first."""
        costs = self.errands.costs(prices, times)
        bound, ahead = self.eased.settle(costs, times, None)
        if not np.isfinite(bound):
            return bound, []
        found = self._search(costs, ahead, times, self._width)
        while not found and self._width < WIDEST:
            self._width *= GROWTH
            found = self._search(costs, ahead, times, self._width)
        self._prices += 1
        if found and found[0][0] > bound + 1.0 and self._prices % MOVE_EVERY == 1:
            # Now that a goal is known the fines can be moved well, for the next time.
            bound = max(bound, self.eased.settle(costs, times, found[0][0])[0])
        return bound, [stays for _, stays in found]

    def _search(
        self, costs: Prices, ahead: Prices, times: float, width: int
    ) -> list[tuple[float, tuple[int, ...]]]:
        """Give some of the cheapest years that are found, the cheapest first, with their costs."""
        errands, wishes = self.errands, self.errands.learner.wishes
        flat = ahead.reshape(errands.periods + 1, -1, errands.hosts)
        is_open = [bool(np.isfinite(each).any()) for each in costs]
        waiting: list[list[Front]] = [[] for _ in range(errands.periods + 1)]
        fronts: dict[int, Front] = {}
        waiting[errands.learner.first] = [self._start()]
        best: list[Whole] = []
        for first in range(errands.learner.first, errands.periods):
            front = self._best_of(waiting[first], flat[first], width, worst_of(best))
            waiting[first] = []
            if front is None:
                continue
            fronts[first] = front
            here = np.arange(len(front.done))
            nobody = np.full(len(here), -1)
            waiting[first + 1].append(front._replace(origin=nobody * 0 + first, before=here, kind=nobody))
            end = first + errands.length
            if end > errands.periods or not is_open[first]:
                continue
            cost = self._after(front, costs[first], times * wishes.moving)
            place, kind, host = np.nonzero(np.isfinite(cost))
            spent = cost[place, kind, host]
            count = front.counted[place] + self._stride[self._group[kind]]
            full = np.flatnonzero(count == self._full)
            late = times * wishes.waiting * errands.waited(end)
            for last in full[np.argsort(spent[full], kind="stable")[:KEPT]].tolist():
                best.append(
                    (float(spent[last]) + late, first, int(place[last]), int(kind[last]), int(host[last]))
                )
            best = sorted(best)[:KEPT]
            fines = front.fines[place] + self.eased.fines[kind]
            hope = spent + flat[end][count, host] + fines
            kept = np.flatnonzero((hope < worst_of(best)) & (count != self._full))
            if len(kept) > SPARE * width:
                kept = kept[np.argpartition(hope[kept], SPARE * width)[: SPARE * width]]
            place, kind, host = place[kept], kind[kept], host[kept]
            stays = front.stays[place]
            stays[np.arange(len(kept)), host] += 1
            waiting[end].append(
                Front(
                    front.done[place] | self._bit[kind],
                    count[kept],
                    host,
                    stays,
                    spent[kept],
                    fines[kept],
                    np.full(len(kept), first),
                    place,
                    kind,
                )
            )
        return [(cost, self._stays(fronts, *end)) for cost, *end in best]

    def _start(self) -> Front:
        hosts = np.arange(self.errands.hosts)
        nothing = np.zeros_like(hosts)
        stays = np.zeros((len(hosts), len(hosts)), np.int64)
        fines: Prices = np.zeros(len(hosts)) - float(self.eased.fines.sum())
        none = np.full(len(hosts), -1)
        return Front(nothing, nothing, hosts, stays, np.zeros(len(hosts)), fines, none, none, none)

    def _best_of(self, fronts: list[Front], ahead: Prices, width: int, best: float) -> Front | None:
        """Keep the most promising of what has come together; of equals the cheapest."""
        if not fronts:
            return None
        front = Front._make(np.concatenate(columns) for columns in zip(*fronts, strict=True))
        hope = front.cost + ahead[front.counted, front.host] + front.fines
        kept = np.flatnonzero(hope < best)
        if len(kept) > SPARE * width:
            kept = kept[np.argpartition(hope[kept], SPARE * width)[: SPARE * width]]
        kept = kept[np.argsort(hope[kept], kind="stable")]
        _, once = np.unique(front.done[kept] * self.errands.hosts + front.host[kept], return_index=True)
        kept = kept[np.sort(once)[:width]]
        return front.at(kept) if len(kept) else None

    def _after(self, front: Front, costs: Prices, moving: float) -> Prices:
        """Give what each partial year costs with one more stay, by kind and host; infinite is forbidden."""
        done = front.done[:, None]
        may = ((done & self._bit) == 0) & ((done & self._earlier) == self._earlier)
        counted = front.counted[:, None] // self._stride % (self._counts + 1)
        may &= (counted < self._counts)[:, self._group]
        moved = np.where(np.arange(self.errands.hosts) == front.host[:, None], 0.0, moving)
        cost = (front.cost[:, None] + moved)[:, None, :] + costs
        cost[~may] = np.inf
        if self.errands.most_per_host < self.errands.done:
            cost += np.where(front.stays < self.errands.most_per_host, 0.0, np.inf)[:, None, :]
        return cost

    def _stays(
        self, fronts: dict[int, Front], first: int, place: int, kind: int, host: int
    ) -> tuple[int, ...]:
        """Go back to the beginning of the year."""
        stays = [int(self.errands.cells[first, kind, host])]
        while first >= 0:
            front = fronts[first]
            origin, before, kind = (int(column[place]) for column in (front.origin, front.before, front.kind))
            if kind >= 0:
                stays.append(int(self.errands.cells[origin, kind, int(front.host[place])]))
            first, place = origin, before
        return tuple(reversed(stays))


def worst_of(best: list[Whole]) -> float:
    """Give the cost at which a year would be none of the best."""
    return best[-1][0] if len(best) == KEPT else float("inf")


def pricer_of(errands: Errands) -> ExactYears | BeamYears:
    """Give what finds a learner's cheapest year: exactly where that is quick enough."""
    try:
        return ExactYears(errands)
    except Indivisible:
        return BeamYears(errands)

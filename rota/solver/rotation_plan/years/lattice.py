"""A learner's cheapest year, exactly: a walk through all sets of kinds that can be done, period by period."""

from functools import lru_cache
from itertools import combinations, product

import numpy as np

from rota.solver.rotation_plan.years.errands import Errands, Prices, bits
from rota.solver.search.compiling import Indivisible

# Steps from one set of kinds to the next; with more of them walks take too long.
MOST_STEPS = 60_000
# Prices are sums of some dozens of numbers.
NEAR = 1e-7


class Lattice:
    """The sets of kinds that can be done, as bits, and the steps that add one kind to a set."""

    def __init__(
        self, groups: tuple[tuple[int, ...], ...], counts: tuple[int, ...], before: tuple[int, ...]
    ) -> None:
        sets = [
            bits(kind for part in parts for kind in part)
            for parts in product(*(_parts(group, count) for group, count in zip(groups, counts, strict=True)))
        ]
        sets = [
            each for each in sets if all(_is_done(each, kind, earlier) for kind, earlier in enumerate(before))
        ]
        sets.sort(key=lambda each: (each.bit_count(), each))
        place = {each: number for number, each in enumerate(sets)}
        steps = sorted(
            (place[each], place[each & ~(1 << kind)], kind)
            for each in sets
            for kind in range(len(before))
            if each >> kind & 1 and each & ~(1 << kind) in place
        )
        self.size = len(sets)
        self.targets, self.sources, self.kinds = (
            np.array([step[part] for step in steps], np.int64) for part in range(3)
        )
        self.starts = np.flatnonzero(np.diff(self.targets, prepend=-1))
        self.reached = self.targets[self.starts]
        self.full = np.array([place[each] for each in sets if each.bit_count() == sum(counts)], np.int64)


def _parts(group: tuple[int, ...], count: int) -> list[tuple[int, ...]]:
    return [part for number in range(count + 1) for part in combinations(group, number)]


def _is_done(done: int, kind: int, earlier: int) -> bool:
    return not done >> kind & 1 or not earlier & ~done


@lru_cache(maxsize=4096)
def lattice_of(
    groups: tuple[tuple[int, ...], ...], counts: tuple[int, ...], before: tuple[int, ...]
) -> Lattice:
    """Give the lattice of errands; many learners share one. Raise Indivisible where it is too large."""
    size = 1
    for group, count in zip(groups, counts, strict=True):
        size *= len(_parts(group, count)) if len(group) <= 12 else MOST_STEPS
    if size * max(1, len(before)) > 2 * MOST_STEPS:
        raise Indivisible
    return Lattice(groups, counts, before)


class ExactYears:
    """Finds the cheapest year of one learner, except that stays in one host are not counted."""

    is_exact = True

    def __init__(self, errands: Errands) -> None:
        self.errands = errands
        self.lattice = lattice_of(errands.groups, errands.counts, errands.before)

    def cheapest(self, prices: Prices, times: float) -> tuple[float, list[tuple[int, ...]]]:
        """Give what a year costs at least, and the stays of the cheapest, if there is one."""
        errands, wishes = self.errands, self.errands.learner.wishes
        costs = errands.costs(prices, times)
        least = np.full((errands.periods + 1, self.lattice.size, errands.hosts), np.inf)
        least[errands.learner.first, 0] = 0.0
        best, best_end = np.inf, -1
        for first in range(errands.learner.first, errands.periods):
            np.minimum(least[first + 1], least[first], out=least[first + 1])
            if not np.isfinite(costs[first]).any():
                continue
            end = first + errands.length
            came = _arriving(least[first], times * wishes.moving)
            steps = came[self.lattice.sources] + costs[first][self.lattice.kinds]
            found = np.minimum.reduceat(steps, self.lattice.starts)
            least[end, self.lattice.reached] = np.minimum(least[end, self.lattice.reached], found)
            cost = float(least[end, self.lattice.full].min()) + times * wishes.waiting * errands.waited(end)
            if cost < best - NEAR:
                best, best_end = cost, end
        return best, [self._stays(least, costs, best_end, times)] if best_end >= 0 else []

    def _stays(self, least: Prices, costs: Prices, end: int, times: float) -> tuple[int, ...]:
        """Walk back from the end of the cheapest year."""
        errands, lattice = self.errands, self.lattice
        moving = times * errands.learner.wishes.moving
        full = least[end, lattice.full].min(axis=1)
        done = int(lattice.full[int(full.argmin())])
        host, stays = int(least[end, done].argmin()), list[int]()
        while done:
            cost = least[end, done, host]
            if stays and least[end - 1, done, host] <= cost:
                end -= 1
                continue
            first = end - errands.length
            steps = slice(*np.searchsorted(lattice.targets, [done, done + 1]))
            came = _arriving(least[first, lattice.sources[steps]], moving)[:, host]
            step = int((came + costs[first, lattice.kinds[steps], host]).argmin())
            stays.append(int(errands.cells[first, lattice.kinds[steps][step], host]))
            done, end = int(lattice.sources[steps][step]), first
            before = least[first, done]
            host = host if before[host] <= before.min() + moving else int(before.argmin())
        return tuple(reversed(stays))


def _arriving(least: Prices, moving: float) -> Prices:
    """Give what it costs to be with each host next: to have stayed, or to move there from the cheapest."""
    found: Prices = np.minimum(least, least.min(axis=1, keepdims=True) + moving)
    return found

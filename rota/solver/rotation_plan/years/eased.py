"""A bound on what a learner's rest of the year costs: kinds may be done twice, for a fine (Lagrange)."""

import numpy as np

from rota.solver.rotation_plan.years.errands import Errands, Prices

# Fines are moved so often at first; later they are near to where they should be.
FIRST_TRIES, TRIES = 8, 1
NEAR = 1e-6
# The part of a cost by which the fines try to raise a bound that nothing is known above.
GUESS = 0.02


class EasedYears:
    """Counts how many kinds of each group are done, not which. `fines` are kept from price to price."""

    def __init__(self, errands: Errands) -> None:
        self.errands = errands
        self.fines = np.zeros(errands.kinds)
        self._tries = FIRST_TRIES
        self.shape = tuple(count + 1 for count in errands.counts)
        self._members = [np.array(group, np.int64) for group in errands.groups]
        self._full = tuple(errands.counts)
        self._begin = tuple(0 for _ in errands.counts)

    def settle(self, costs: Prices, times: float, goal: float | None) -> tuple[float, Prices]:
        """Move the fines towards the best bound; give it, and what is ahead of each count under them."""
        best: tuple[float, Prices, Prices] | None = None
        # Moving them takes two looks at least: how far, and where to.
        tries = self._tries if goal is None else max(2, self._tries)
        fines, self._tries = self.fines, TRIES
        for number in range(1, tries + 1):
            ahead = self._ahead(costs, fines, times)
            bound = float(ahead[self.errands.learner.first][self._begin].min()) - float(fines.sum())
            if best is None or bound > best[0]:
                best = bound, fines, ahead
            if number == tries:
                break
            pull = self._counted(costs, fines, ahead, times) - 1.0
            pull[(pull < 0) & (fines <= 0)] = 0.0
            if not np.isfinite(bound) or not pull.any():
                break
            aim = goal if goal is not None and goal > bound else bound + max(1.0, GUESS * abs(bound))
            fines = np.maximum(0.0, fines + (aim - bound) / float(pull @ pull) * pull)
        assert best
        self.fines = best[1]
        return best[0], best[2]

    def _ahead(self, costs: Prices, fines: Prices, times: float) -> Prices:
        """Give by period, counts done and host the least that the rest of the year costs."""
        errands, wishes = self.errands, self.errands.learner.wishes
        fined = costs + fines[:, None]
        cheapest = [fined[:, members].min(axis=1) for members in self._members]
        is_open = [bool(np.isfinite(each).any()) for each in costs]
        least = np.full((errands.periods + 1, *self.shape, errands.hosts), np.inf)
        for ends in least:
            ends[self._full] = 0.0
        for first in range(errands.periods - 1, errands.learner.first - 1, -1):
            now = least[first]
            np.minimum(now, least[first + 1], out=now)
            if not is_open[first]:
                continue
            end = first + errands.length
            then = least[end].copy()
            then[self._full] += times * wishes.waiting * errands.waited(end)
            for group in range(len(self._members)):
                before: tuple[slice, ...] = (slice(None),) * group
                stay = then[(*before, slice(1, None))] + cheapest[group][first]
                moved = stay.min(axis=-1, keepdims=True) + times * wishes.moving
                part = now[(*before, slice(0, -1))]
                np.minimum(part, np.minimum(stay, moved), out=part)
        return least

    def _counted(self, costs: Prices, fines: Prices, ahead: Prices, times: float) -> Prices:
        """Count how often the cheapest eased year does each kind."""
        errands, wishes = self.errands, self.errands.learner.wishes
        counted = np.zeros(errands.kinds)
        period, done = errands.learner.first, self._begin
        host = int(ahead[period][done].argmin())
        while done != self._full and np.isfinite(ahead[period][done][host]):
            if ahead[period + 1][done][host] <= ahead[period][done][host] + NEAR:
                period += 1
                continue
            end = period + errands.length
            offers = []
            for group, members in enumerate(self._members):
                if done[group] == self._full[group]:
                    continue
                then = (*done[:group], done[group] + 1, *done[group + 1 :])
                late = times * wishes.waiting * errands.waited(end) if then == self._full else 0.0
                fined = costs[period][members] + fines[members, None]
                stay = fined.min(axis=0) + ahead[end][then] + late + times * wishes.moving
                stay[host] -= times * wishes.moving
                to = int(stay.argmin())
                offers.append((float(stay[to]), to, int(members[int(fined[:, to].argmin())]), then))
            _, host, kind, done = min(offers)
            counted[kind] += 1
            period = end
        return counted

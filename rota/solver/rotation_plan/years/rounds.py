"""Round after round some learners' years are laid anew by CP-SAT, or everybody's in some periods."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rota.solver.limits import Limits
from rota.solver.rotation_plan.years.errands import Errands, Prices
from rota.solver.rotation_plan.years.mix import Year
from rota.solver.rotation_plan.years.ties import Ties
from rota.solver.rotation_plan.years.visiting import Anew, visitor_of
from rota.solver.search.run import TICK, Outcome, Search
from rota.solver.search.visits import Costs, Limit, VisitModel, Visitor

# Seconds for one round, rounds at a time, and how fast what is laid anew grows and shrinks.
SECONDS, VOICES = 3.0, 2
GROWTH, SHRINK = 1.2, 0.85
# What a round counts at least where the search's own time is measured.
LEAST = 0.02
# Of stays that mend nothing so many are open in each period, drawn by their worth and this much chance.
OTHERS, NOISE = 3, 0.3
# So many learners at first, or so many periods' worth of everybody.
LEARNERS, PERIODS = 4.0, 3.0


class Round(NamedTuple):
    """What is being laid anew, and the search that does it."""

    kind: str
    anew: Sequence[Anew]
    model: VisitModel
    search: Search


class Rounds:
    """Improves years until nothing better can be, or it is over.

    `weights` are what each missing point costs, and once more that of who misses most; `dear` is what a
    broken hard tie costs. `offer` is told of every better plan.
    """

    def __init__(
        self,
        errands: Sequence[Errands],
        ties: Ties,
        weights: tuple[float, float],
        ahead: Sequence[float],
        dear: float,
        missing: Callable[[int, Year], int],
        offer: Callable[[frozenset[int]], bool],
    ) -> None:
        self.errands, self.ties, self.ahead = errands, ties, [int(each) for each in ahead]
        self.each, self.worst, self.dear = int(weights[0]), int(weights[1]), round(dear)
        self.missing, self.offer = missing, offer
        self.sizes = {"learners": LEARNERS, "periods": PERIODS}
        self.is_proved = False

    def improve(
        self,
        years: Sequence[Year],
        limits: Limits,
        is_over: Callable[[], bool],
        left: Callable[[], float],
        spend: Callable[[float], None],
    ) -> None:
        """Go on from some years."""
        self.years = [*years]
        self.cost = self._cost_of(self.years)
        self._chance = np.random.default_rng(limits.seed)
        alone = replace(limits, workers=1)
        running: list[Round] = []
        while not is_over() and not self.is_proved and left() > 0:
            while len(running) < (1 if limits.is_alone else VOICES):
                running.append(self._begin(alone, min(SECONDS, left())))
            running[0].search.wait(TICK / 5)
            for each in [each for each in running if each.search.wait(0)]:
                running.remove(each)
                spend(self._end(each))
        for each in running:
            self._end(each)

    def _begin(self, limits: Limits, seconds: float) -> Round:
        kind = "learners" if self._chance.random() < 0.5 else "periods"
        size = self.sizes[kind]
        anew = self._some_learners(size) if kind == "learners" else self._some_periods(size)
        model = self._model(anew)
        return Round(kind, anew, model, Search(model.cp, limits, seconds, is_linear=True))

    def _some_learners(self, size: float) -> list[Anew]:
        number = min(len(self.errands), round(size))
        drawn = self._chance.choice(len(self.errands), number, replace=False)
        return [Anew(learner, self.years[learner]) for learner in sorted(drawn.tolist())]

    def _some_periods(self, size: float) -> list[Anew]:
        periods = max(each.periods for each in self.errands)
        number = min(periods, round(size * max(each.length for each in self.errands)))
        begin = int(self._chance.integers(0, periods - number + 1))
        span = range(begin, begin + number)
        return [Anew(learner, self.years[learner], span) for learner in range(len(self.errands))]

    def _model(self, anew: Sequence[Anew]) -> VisitModel:
        freed = {each.learner for each in anew}
        visitors = self._visitors(anew)
        held = (
            self.missing(learner, year) + self.ahead[learner]
            for learner, year in enumerate(self.years)
            if learner not in freed
        )
        costs = Costs(self.each, self.worst, max(held, default=0))
        cells = sorted(visit.cell for visitor in visitors for visit in visitor.visits)
        now = frozenset(cell for each in anew for cell in each.year)
        return VisitModel(visitors, self._limits(cells, now), costs, now)

    def _visitors(self, anew: Sequence[Anew]) -> list[Visitor]:
        """Tell of learners with the stays that are wanted most: those that mend ties, and some others."""
        now = [cell for each in anew for cell in each.year]
        sums = self.ties.sums((1.0, year) for year in self.years) - self.ties.sums([(1.0, now)])
        mends = self.ties.mending(sums)
        visitors = []
        for each in anew:
            errands, everything = self.errands[each.learner], is_everybody(anew, self.errands)
            worth = self._worth(errands, mends, everything)
            others = worth.size if everything else OTHERS
            visitors.append(visitor_of(errands, each, self.ahead[each.learner], worth, others))
        return visitors

    def _worth(self, errands: Errands, mends: NDArray[np.bool_], everything: bool) -> Prices:
        """Say by first period, kind and host what a stay is worth, with some chance."""
        noise = NOISE * (1 + float(errands.points.max(initial=0.0)))
        worth: Prices = errands.points + self._chance.uniform(0, noise, errands.cells.shape)
        if errands.length > 1 and not everything:
            # Stays overlap: where they last for some periods, others are open in one of as many.
            worth[self._chance.random(errands.periods) * errands.length > 1] = -np.inf
        worth[(errands.cells >= 0) & mends[errands.cells]] = np.inf
        return worth

    def _limits(self, cells: Sequence[int], now: frozenset[int]) -> list[Limit]:
        """Give what is left of the ties for some cells."""
        sums = self.ties.sums((1.0, year) for year in self.years)
        own = self.ties.sums([(1.0, tuple(now))])
        found = []
        for row, terms in self.ties.terms_of(cells).items():
            most = int(self.ties.most[row] - sums[row] + own[row])
            if sum(max(0, weight) for _, weight in terms) <= most:
                continue
            is_broken = sums[row] > self.ties.most[row]
            price = int(self.ties.prices[row]) or (self.dear if is_broken else 0)
            found.append(Limit(terms, most, price))
        return found

    def _end(self, ended: Round) -> float:
        """Take what a round has found, where others have not taken the place; tell how long it took."""
        outcome = ended.search.end()
        better = outcome.values is not None and self._take(ended, outcome.values)
        self._learn(ended, outcome, better)
        return max(LEAST, outcome.deterministic)

    def _take(self, ended: Round, values: Sequence[int]) -> bool:
        years = list(self.years)
        for each, year in zip(ended.anew, ended.model.chosen(values), strict=True):
            if self.years[each.learner] != each.year and year != each.year:
                return False
            if year != each.year:
                years[each.learner] = year
        cost = self._cost_of(years)
        if cost > self.cost:
            return False
        is_better = cost < self.cost
        self.years, self.cost = years, cost
        if is_better:
            self.offer(frozenset(cell for year in years for cell in year))
        return is_better

    def _learn(self, ended: Round, outcome: Outcome, better: bool) -> None:
        size = self.sizes[ended.kind]
        # Another voice may have kept this one's years out: only the bound proves what there is.
        if is_everybody(ended.anew, self.errands) and outcome.bound >= self.cost:
            self.is_proved = True
        if not better:
            self.sizes[ended.kind] = max(1.0, size * (GROWTH if outcome.is_proved else SHRINK))

    def _cost_of(self, years: Sequence[Year]) -> float:
        missing = [self.missing(learner, year) for learner, year in enumerate(years)]
        worst = max((each + more for each, more in zip(missing, self.ahead, strict=True)), default=0)
        above = np.maximum(0.0, self.ties.sums((1.0, year) for year in years) - self.ties.most)
        prices = np.where(self.ties.prices > 0, self.ties.prices, self.dear)
        return float(above @ prices) + self.each * sum(missing) + self.worst * worst


def is_everybody(anew: Sequence[Anew], errands: Sequence[Errands]) -> bool:
    """Say whether everything is laid anew."""
    return len(anew) == len(errands) and all(each.span is None for each in anew)

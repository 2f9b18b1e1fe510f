"""Improving one stage by whole patterns: column generation for a bound and a mix, dives and neighbourhoods of
people for plans, and CP-SAT beside them on what is left to decide.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from rota.solver.search.answering import answered
from rota.solver.search.dive import dive
from rota.solver.search.division import Column, Division
from rota.solver.search.generation import converge
from rota.solver.search.master import Master
from rota.solver.search.stages import Stage

# How often anybody is priced after each fixing of a dive: less leaves worse plans, more takes longer.
MOST_EFFORT, LEAST_EFFORT = 600.0, 60.0
# The parts of the time left that a first dive may take, and a later one.
FIRST_PART, LATER_PART = 0.7, 0.15
NOISE = 0.3
FEWEST_PEOPLE = 6
# How much dearer an earlier stage is where somebody answers alone, and a later one cheaper.
STEP = 1000.0
# So many tries without a better plan, and others may try.
PATIENCE = 12

Offer = Callable[[frozenset[int]], bool]


class PatternSearch:
    """Improves one stage while the costs of those before it are held.

    `offer` is told of every plan and says whether it was better; `cost` gives the best so far; `times` says
    how much each stage counts where somebody answers alone.
    """

    def __init__(
        self,
        division: Division,
        stage: Stage,
        held: Mapping[Stage, int],
        later: Sequence[Stage],
        offer: Offer,
        cost: Callable[[], int],
        should_stop: Callable[[], bool],
        left: Callable[[], float],
        chance: np.random.Generator,
    ) -> None:
        self.division, self.stage, self.held = division, stage, held
        self.offer, self.cost, self.should_stop = offer, cost, should_stop
        self.left, self.chance = left, chance
        self.people = range(len(division.lanes))
        self.times = {each: STEP ** min(3, place) for place, each in enumerate([stage, *reversed([*held])])}
        self.times |= {each: STEP**-place for place, each in enumerate(later[:2], 1)}
        self.bound = -float("inf")
        self.size, self.noise = FEWEST_PEOPLE, 0.0
        self.failures = 0
        # Whoever searches beside may have news at any time.
        self.listen: Callable[[], None] = lambda: None

    @property
    def is_done(self) -> bool:
        """Say whether nothing better can be found, or nobody waits for it."""
        self.listen()
        return self.bound > self._goal or self.should_stop()

    @property
    def is_tired(self) -> bool:
        """Say whether trying on has become hopeless."""
        return self.failures >= PATIENCE

    def begin(self, chosen: Collection[int]) -> None:
        """Start from what is chosen, or from nothing where that is better, and prove a bound."""
        self.columns = self.division.columns_of(chosen)
        self._take(answered(self.division, self.columns, self.people, self.times, self.should_stop))
        self._take(
            answered(self.division, self.columns, self.people, self.times, self.should_stop, anew=True)
        )
        self.master = self._master(self.people)
        before = self.left()
        self.bound = max(self.bound, converge(self.master, self.should_stop))
        self.seconds = (before - self.left()) / self.master.solved / len(self.people)

    def try_on(self) -> None:
        """Try once for a better plan: dive as a whole first, then again and among a few people in turn."""
        if self.noise == 0.0:
            better = self._dive(self.master, 0.0, FIRST_PART)
            self.noise = NOISE
        elif self.failures % 6 == 5:
            better = self._dive(self.master, NOISE, LATER_PART)
        else:
            better = self._look_round()
        self.failures = 0 if better else self.failures + 1

    def learn(self, chosen: Collection[int]) -> None:
        """Go on from a better plan that somebody else has found."""
        self.columns = self.division.columns_of(chosen)
        for person, column in enumerate(self.columns):
            self.master.add(person, column)

    def open_cells(self) -> frozenset[int]:
        """Give the cells that a better plan can choose: those not too dear under the last duals."""
        self.master.solve()
        duals = self.master.duals
        prices, times = self.master.prices(duals), self.master.times(duals)
        walks = [lane.walks for lane in self.division.lanes]
        least = sum(each.cheapest(prices, times)[0] for each in walks)
        gap = self.cost() - self.master.bound(duals, least) + 1e-3
        open_ones = (each.through(prices, times) <= gap for each in walks)
        return frozenset(cell for each in open_ones for cell in each.nonzero()[0].tolist())

    def mixed_cells(self) -> frozenset[int]:
        """Give the cells of the patterns in the mix, and of the plan."""
        self.master.solve()
        mixed = {cell for _, _, column in self.master.mix() for cell in column}
        return frozenset(mixed.union(*self.columns))

    def _is_over(self) -> bool:
        return self.is_done

    @property
    def _goal(self) -> float:
        """The cost at which a plan would be no better."""
        return self.cost() - 1 + 1e-4

    def _look_round(self) -> bool:
        """Free some people and hold all others; more next time where nothing better can be there."""
        people = sorted(
            self.chance.choice(len(self.people), min(self.size, len(self.people)), replace=False).tolist()
        )
        master = self._master(people)
        if converge(master, self._is_over, cutoff=self._goal) > self._goal:
            self.size = min(len(self.people), self.size + 1)
            return False
        better = self._dive(master, 0.0, LATER_PART)
        self.size = max(FEWEST_PEOPLE, self.size - (not better))
        return better

    def _dive(self, master: Master, noise: float, part: float) -> bool:
        """Dive with as many rounds of pricing as a part of the time left allows."""
        once = self.seconds * len(master.active) + 1e-9
        effort = min(MOST_EFFORT, max(LEAST_EFFORT, part * self.left() / once))
        found = dive(master, self.chance, noise, effort, self._is_over)
        columns = [found.get(person, column) for person, column in enumerate(self.columns)]
        better = self._take(columns)
        return (
            self._take(answered(self.division, columns, master.active, self.times, self.should_stop))
            or better
        )

    def _take(self, columns: Sequence[Column]) -> bool:
        """Offer a plan; go on from it where it is better."""
        chosen = frozenset(cell for column in columns for cell in column)
        if self.division.shared.is_broken_by(chosen) or not self.offer(chosen):
            return False
        self.columns = list(columns)
        return True

    def _master(self, people: Sequence[int]) -> Master:
        return Master(self.division, self.stage, self.held, self.columns, people)

"""Improving a plan by learners' whole years: column generation for a bound and a mix, dives for plans."""

from collections.abc import Callable, Sequence

import numpy as np

from rota.solver.limits import Limits
from rota.solver.rotation_plan.years.beam import BeamYears, pricer_of
from rota.solver.rotation_plan.years.choice import Choice, Weights
from rota.solver.rotation_plan.years.errands import Errands, Prices
from rota.solver.rotation_plan.years.mix import Duals, Mix, Year
from rota.solver.rotation_plan.years.ties import Ties
from rota.solver.search.compiling import Indivisible

SMOOTHING = 0.5
TOLERANCE = 1e-6
# A mix is converged when its cost is this near to its bound.
NEAR = 1e-4
# Parts of the time: for the bound at first, and for a first dive; the rest is for looking round.
FIRST_PART, DIVE_PART, CHOICE_PART = 0.4, 0.4, 0.3
# CP-SAT chooses among so many of each learner's years, and again when each has so many new ones.
POOL, FRESH = 120, 15
# A year of such weight is taken with the surest; so many learners are fixed at once.
SURE, BATCH = 0.95, 0.1
# So many rounds of pricing follow each fixing.
ROUNDS = 4
# Everybody answers in turn in at most this part of the time, as if ties were so many times dearer.
ANSWER_PART, ANSWER_DEAR = 0.4, 4.0
# So many dives of all may fail.
PATIENCE = 12
# What a price counts where the search's own time is measured.
SECONDS = 0.005
FEWEST, GROWTH, NOISE = 5, 1.3, 0.3
# A broken hard tie costs so many times what a stay can be worth, and more where that does not mend it.
DEAR, DEARER, DEAREST = 1.0, 2.0, 6
# Plans keep ties even where that costs more than a mix would pay.
STRICT = 8.0
# So many of each learner's years, the newest, go into a smaller mix.
NEWEST = 60
# So often beams are widened.
WIDER = 2

Offer = Callable[[frozenset[int]], bool]


class YearSearch:
    """Improves a plan of learners who have errands; raises Indivisible where somebody has no whole year.

    `missing` says how many points a learner misses in a year, `offer` is told of every plan and says whether
    it was better, `cost` gives the best so far, `left` the seconds left; `spend` hears of the search's own
    time.
    """

    def __init__(
        self,
        errands: Sequence[Errands],
        ties: Ties,
        weights: tuple[float, float],
        ahead: Sequence[float],
        missing: Callable[[int, Year], int],
        offer: Offer,
        cost: Callable[[], float],
        should_stop: Callable[[], bool],
        left: Callable[[], float],
        spend: Callable[[float], None],
        limits: Limits,
    ) -> None:
        self.errands, self.missing, self.offer = errands, missing, offer
        self.cost, self.should_stop, self.left, self.limits = cost, should_stop, left, limits
        self.chance = np.random.default_rng(limits.seed)
        self.spend, self.ties, self.bound = spend, ties, -float("inf")
        self.pricers = [pricer_of(each) for each in errands]
        # The lattice does not count stays in one host: whoever has too many is priced with more care.
        self._careful: dict[int, BeamYears] = {}
        self.everybody = range(len(errands))
        worth = max((float(each.points.max(initial=0.0)) for each in errands), default=0.0)
        moves = max((each.learner.wishes.moving + each.learner.wishes.waiting for each in errands), default=0)
        self._mix_made = ahead, weights, DEAR * max(1.0, worth + moves)
        self.dear = STRICT * STRICT * self._mix_made[-1]
        self.mix = self._new_mix()
        self._known: list[dict[Year, int]] = [{} for _ in errands]
        self.years: list[Year] = []
        self.size = float(FEWEST)
        self._failures = self._widened = self._dearer = self._fresh = 0

    def improve(self) -> None:
        """Search until nothing better can be found; by beams too little can, for the time that mixes take."""
        self.years = [self._first_year(learner) for learner in self.everybody]
        self._answer(years := list(self.years))
        if self.cost() == float("inf"):
            self.offer(frozenset(cell for year in self.ties.fitting(years) for cell in year))
        if not all(each.is_exact for each in self.pricers):
            return
        whole = self.left()
        self.converge(lambda: self.left() < (1 - FIRST_PART) * whole)
        self.mix.make_dearer(STRICT)
        self._dive(self.mix, self.everybody, 0.0)
        self._choose()
        while not self.is_over() and self._failures < PATIENCE:
            self._look_round()
            if self._fresh >= FRESH * len(self.errands):
                self._choose()

    def _answer(self, years: list[Year]) -> None:
        """Let everybody take the year that is best beside all others', until nothing is broken or it is late.

        What stays broken gets dearer from turn to turn.
        """
        end = (1 - ANSWER_PART) * self.left()
        dear = np.full(len(self.ties.rows), ANSWER_DEAR * self.mix.dear)
        while self.left() > end:
            for learner in self.everybody:
                years[learner] = self._answer_of(learner, years, dear)
                if self.is_over():
                    return
            self._take(years)
            broken = self.ties.sums((1.0, year) for year in years) > self.ties.most + TOLERANCE
            if not broken[self.ties.prices == 0].any():
                return
            dear[broken] += self.mix.dear

    def _answer_of(self, learner: int, years: Sequence[Year], dear: Prices) -> Year:
        """Give a learner's best year beside all others'."""
        others = ((1.0, year) for each, year in enumerate(years) if each != learner)
        duals = self.ties.marginal(self.ties.sums(others), dear)
        _, found = self._cheapest(learner, self.ties.per_cell(duals), self.mix.each)
        for year in found:
            self._note(self.mix, learner, year, self.missing(learner, year))
        return (*found, years[learner])[0]

    def converge(self, is_late: Callable[[], bool]) -> None:
        """Add years until none helps, or it is late."""
        centre: Duals | None = None
        while True:
            cost = self.mix.solve()
            centre = centre or self.mix.duals
            added = 0
            for share in (SMOOTHING, 0.0) if centre is not self.mix.duals else (0.0,):
                duals = self.mix.duals.towards(centre, share) if share else self.mix.duals
                bound, added = self._price(self.mix, duals, self.everybody)
                if bound > self.bound:
                    self.bound, centre = bound, duals
                if added or self.should_stop():
                    break
            if self.is_over() or is_late():
                return
            if added and cost - self.bound > NEAR * abs(cost):
                continue
            if self.mix.broken > TOLERANCE and self._dearer < DEAREST:
                self._dearer += 1
                self.mix.make_dearer(DEARER)
            elif not self._widen():
                return

    def _widen(self) -> bool:
        """Look for years with more care; say whether that may help."""
        beams = [each for each in (*self.pricers, *self._careful.values()) if isinstance(each, BeamYears)]
        for beam in beams if self._widened < WIDER else ():
            beam.widen()
        self._widened += 1
        return bool(beams) and self._widened <= WIDER

    def _price(self, mix: Mix, duals: Duals, learners: Sequence[int]) -> tuple[float, int]:
        """Offer each learner's cheapest year under some duals to the mix, where it pays; give the bound."""
        prices, times = self.ties.per_cell(duals.ties), mix.times(duals)
        own = prices if duals is mix.duals else self.ties.per_cell(mix.duals.ties)
        least, added = [], 0
        for learner in learners:
            time = float(times[learner])
            bound, years = self._cheapest(learner, prices, time)
            least.append(bound + time * self.errands[learner].learner.wishes.most)
            for year in years:
                missing = self.missing(learner, year)
                cost = mix.price_of(learner, year, missing, own)
                if cost < mix.duals.learners[learner] - TOLERANCE:
                    added += self._note(mix, learner, year, missing)
            if self.should_stop():
                return -float("inf"), added
        return mix.bound(duals, least), added

    def _note(self, mix: Mix, learner: int, year: Year, missing: int) -> bool:
        """Offer a year to a mix, and keep it; say whether the mix did not have it."""
        if year not in self._known[learner]:
            self._known[learner][year] = missing
            self._fresh += 1
        return mix.add(learner, year, missing)

    def _cheapest(self, learner: int, prices: Prices, time: float) -> tuple[float, list[Year]]:
        """Bound a learner's cheapest year, and find cheap ones with no more stays in a host than may be."""
        self.spend(SECONDS)
        if not self.errands[learner].done:
            return 0.0, [()]
        bound, years = self.pricers[learner].cheapest(prices, time)
        if not any(self._is_crowded(learner, year) for year in years):
            return bound, years
        if learner not in self._careful:
            self._careful[learner] = BeamYears(self.errands[learner])
        bound_too, years = self._careful[learner].cheapest(prices, time)
        return max(bound, bound_too), years

    def _is_crowded(self, learner: int, year: Year) -> bool:
        """Say whether a year has more stays with one host than may be."""
        errands = self.errands[learner]
        if errands.most_per_host >= errands.done:
            return False
        hosts = np.array([errands.host_of[cell] for cell in year])
        return bool(len(hosts) and np.bincount(hosts).max() > errands.most_per_host)

    def _first_year(self, learner: int) -> Year:
        """Give a learner some year."""
        nothing = self.ties.per_cell(np.zeros(len(self.ties.rows)))
        _, years = self._cheapest(learner, nothing, 1.0)
        if not years:
            raise Indivisible
        self.mix.add(learner, years[0], self.missing(learner, years[0]))
        return years[0]

    def _dive(self, mix: Mix, learners: Sequence[int], noise: float) -> bool:
        """Give some learners one year each: fix the surest, price anew, and so on."""
        mix.solve()
        free, found = set(learners), dict(enumerate(self.years))
        end = self.left() * (1 - DIVE_PART)
        while free and not self.should_stop():
            taken = self._surest(mix, free, max(1, round(BATCH * len(free))), noise)
            mix.fix(taken)
            found |= taken
            free -= taken.keys()
            mix.solve()
            for _ in range(ROUNDS if free else 0):
                if self.left() <= end or not self._price(mix, mix.duals, sorted(free))[1]:
                    break
                mix.solve()
        mix.free([*mix.fixed])
        return self._take([found[learner] for learner in self.everybody])

    def _surest(self, mix: Mix, free: set[int], batch: int, noise: float) -> dict[int, Year]:
        """Give so many learners the heaviest year of the mix, the surest first, and all who are sure."""
        years = [each for each in mix.mix() if each[1] in free]
        years.sort(key=lambda each: (-each[0] - noise * self.chance.random(), *each[1:]))
        taken: dict[int, Year] = {}
        for weight, learner, year in years:
            if learner not in taken and (len(taken) < batch or weight >= SURE):
                taken[learner] = year
        return taken

    def _look_round(self) -> None:
        """Free some learners and hold all others; more next time where nothing better is there."""
        number = min(len(self.errands), round(self.size))
        freed = sorted(self.chance.choice(len(self.errands), number, replace=False).tolist())
        mix = self._mix_of(freed)
        cost = mix.solve()
        for _ in range(4 * ROUNDS):
            if not self._price(mix, mix.duals, freed)[1] or self.is_over():
                break
            cost = mix.solve()
        better = cost < self.cost() - TOLERANCE and self._dive(mix, freed, NOISE)
        is_all = number == len(self.errands)
        self._failures = 0 if better else self._failures + is_all
        self.size = max(FEWEST, self.size / GROWTH) if better else min(len(self.errands), self.size * GROWTH)

    def _new_mix(self) -> Mix:
        return Mix(self.ties, self._mix_made[0], *self._mix_made[1], self._mix_made[2])

    def _choose(self) -> None:
        """Let CP-SAT choose one of the newest years for each learner."""
        self._fresh = 0
        if self.is_over():
            return
        known = [
            dict([*years.items()][-POOL:]) | {mine: self.missing(learner, mine)}
            for learner, (years, mine) in enumerate(zip(self._known, self.years, strict=True))
        ]
        ahead, (each, worst), _ = self._mix_made
        weights = Weights(each, worst, ahead, self.dear)
        seconds = CHOICE_PART * self.left()
        if found := Choice(self.ties, known, weights).best(self.years, self.limits, seconds, self.is_over):
            self._take(found)
        self.spend(seconds if self.limits.deterministic else 0.0)

    def _mix_of(self, freed: Sequence[int]) -> Mix:
        """Make a smaller mix, in which all but some learners have the year they have."""
        mix = self._new_mix()
        mix.make_dearer(STRICT)
        for learner, year in enumerate(self.years):
            mix.add(learner, year, self.missing(learner, year))
        for learner in freed:
            for year, missing in [*self._known[learner].items()][-NEWEST:]:
                mix.add(learner, year, missing)
        return mix

    def _take(self, years: Sequence[Year]) -> bool:
        """Offer a plan; go on from it where it is better."""
        if not self.offer(frozenset(cell for year in years for cell in year)):
            return False
        self.years = list(years)
        return True

    def is_over(self) -> bool:
        """Say whether the best is proved, or the time is over."""
        return self.should_stop() or self.left() <= 0 or self.bound > self.cost() - 1 + NEAR

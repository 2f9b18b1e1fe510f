"""An open shop given to CP-SAT: as many jobs as can be, with the least waiting, then as early as can be."""

from collections.abc import Mapping
from itertools import pairwise

from ortools.sat.python import cp_model

from rota.solver.limits import Limits
from rota.solver.search.clock import Clock
from rota.solver.search.run import Outcome, run
from rota.solver.search.shop import Job, Shop, ShopCosts, Steps, Timetable, costs_of_steps
from rota.solver.search.shop_start import first_steps


def timetable(shop: Shop, limits: Limits) -> Timetable:
    """Do as many jobs as can be, then with the least waiting, then staying, then as early as can be."""
    return OpenShop(shop, limits).solve()


class JobVars:
    """The variables of one job; one that is not done stands at nought."""

    def __init__(self, cp: cp_model.CpModel, shop: Shop, job: Job, name: str) -> None:
        self.job = job
        self.is_done = cp.new_bool_var(f"{name} is done")
        self.starts = cp.new_int_var(0, shop.time, f"{name} starts")
        self.ends = cp.new_int_var(0, shop.time, f"{name} ends")
        places = range(len(job.steps))
        self.step_starts = [cp.new_int_var(0, shop.time, f"{name} starts step {place}") for place in places]
        self.step_ends = [cp.new_int_var(0, shop.time, f"{name} ends step {place}") for place in places]
        self.in_pool = [
            {pool: cp.new_bool_var(f"{name} has step {place} in pool {pool}") for pool in pools}
            for place, pools in enumerate(job.steps)
        ]
        self.last = [cp.new_bool_var(f"{name} has step {place} last") for place in places]
        self.follows = {
            (one, other): cp.new_bool_var(f"{name} has step {other} soon after {one}")
            for one in places
            for other in places
            if one != other
        }

    @property
    def work(self) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.sum(
            [
                chosen * self.job.steps[place][pool]
                for place, pools in enumerate(self.in_pool)
                for pool, chosen in pools.items()
            ]
        )

    @property
    def stay(self) -> cp_model.LinearExpr:
        return self.ends - self.starts

    def read(self, values: list[int]) -> Steps:
        """Read the pool and the start of each step from the values of all variables."""
        pools = (
            next(pool for pool, chosen in pools.items() if values[chosen.index]) for pools in self.in_pool
        )
        starts = (values[start.index] for start in self.step_starts)
        return tuple(zip(pools, starts, strict=True))

    def values_of(self, steps: Steps | None, most_wait: int) -> dict[cp_model.IntVar, int]:
        """Give the values that a timetable gives to the variables."""
        spans = self.job.spans(steps) if steps else [(0, 0)] * len(self.job.steps)
        ends = max(end for _, end in spans)
        values = {self.is_done: int(steps is not None), self.ends: ends}
        values[self.starts] = min(start for start, _ in spans)
        for place, (start, end) in enumerate(spans):
            values |= {self.step_starts[place]: start, self.step_ends[place]: end}
            chosen = steps[place][0] if steps else None
            values |= {var: int(pool == chosen) for pool, var in self.in_pool[place].items()}
            values[self.last[place]] = int(end == ends if steps else not place)
        for (one, other), var in self.follows.items():
            values[var] = int(0 <= spans[other][0] - spans[one][1] <= most_wait)
        return values


class OpenShop:
    """One shop as CP-SAT sees it."""

    def __init__(self, shop: Shop, limits: Limits) -> None:
        self.shop = shop
        self.clock = Clock(limits)
        self.cp = cp_model.CpModel()
        self._busy: list[list[cp_model.IntervalVar]] = [[] for _ in shop.pools]
        self.jobs = [JobVars(self.cp, shop, job, f"job {place}") for place, job in enumerate(shop.jobs)]
        for job in self.jobs:
            self._lay_steps(job)
            self._lay_waits(job)
        for size, busy in zip(shop.pools, self._busy, strict=True):
            self.cp.add_cumulative(busy, [1] * len(busy), size)
        self._order_twins()

    def solve(self) -> Timetable:
        """Settle how many jobs are done, then how long they wait and stay, then when."""
        best, is_best = first_steps(self.shop), True
        names = ShopCosts._fields
        for place, name in enumerate(names):
            price, cost = self._price(name), getattr(self._costs(best), name)
            if cost > self._least(name, best):
                found = self._improve(price, best, self.clock.left / (len(names) - place))
                if found.values is not None:
                    best = min(best, self._read(found.values), key=self._costs)
                # A plan may be the best one without being as early as can be.
                is_best = is_best and (found.is_proved or name == "leave")
            self.cp.add(price <= getattr(self._costs(best), name))
        return Timetable(best, is_best)

    def _costs(self, steps: Mapping[int, Steps]) -> ShopCosts:
        return costs_of_steps(self.shop, steps)

    def _price(self, name: str) -> cp_model.LinearExprT:
        """Give one of the costs as an expression."""
        if name == "left_out":
            return len(self.jobs) - cp_model.LinearExpr.sum([job.is_done for job in self.jobs])
        if name == "leave":
            return cp_model.LinearExpr.sum([job.ends for job in self.jobs])
        waits = name == "wait"
        return cp_model.LinearExpr.sum([job.stay - job.work if waits else job.stay for job in self.jobs])

    def _least(self, name: str, best: Mapping[int, Steps]) -> int:
        """Say what a cost cannot be less than, as far as that is plain without a search."""
        if name != "stay" or self._costs(best).left_out:
            return 0
        return sum(min(pools.values()) for job in self.shop.jobs for pools in job.steps)

    def _improve(self, price: cp_model.LinearExprT, best: Mapping[int, Steps], seconds: float) -> Outcome:
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for place, job in enumerate(self.jobs):
            for var, value in job.values_of(best.get(place), self.shop.most_wait).items():
                self.cp.add_hint(var, value)
        self.cp.minimize(price)
        outcome = run(self.cp, self.clock.limits, max(seconds, 0.01), 0.0, lambda *_: None, lambda: False)
        self.clock.spend(outcome.deterministic)
        return outcome

    def _lay_steps(self, job: JobVars) -> None:
        """Do each step of a job that is done in one pool, one step at a time."""
        own: list[cp_model.IntervalVar] = []
        for place, pools in enumerate(job.in_pool):
            starts, ends = job.step_starts[place], job.step_ends[place]
            self.cp.add(cp_model.LinearExpr.sum(list(pools.values())) == job.is_done)
            for pool, chosen in pools.items():
                time = job.job.steps[place][pool]
                busy = self.cp.new_optional_interval_var(starts, time, ends, chosen, f"{chosen.name}, busy")
                self._busy[pool].append(busy)
                own.append(busy)
            self.cp.add(job.starts <= starts)
            self.cp.add(ends <= job.ends)
        self.cp.add_no_overlap(own)
        for one, other in job.job.before:
            self.cp.add(job.step_ends[one] <= job.step_starts[other]).only_enforce_if(job.is_done)
        self.cp.add(job.stay <= self.shop.most_stay)
        self.cp.add(job.stay >= job.work)
        self.cp.add(job.ends == 0).only_enforce_if(~job.is_done)

    def _lay_waits(self, job: JobVars) -> None:
        """Let every step but one be followed soon: then the next one follows soon as well."""
        self.cp.add_exactly_one(job.last)
        for place, last in enumerate(job.last):
            self.cp.add_bool_or(
                [last, ~job.is_done, *(soon for (one, _), soon in job.follows.items() if one == place)]
            )
        for (one, other), soon in job.follows.items():
            wait = job.step_starts[other] - job.step_ends[one]
            self.cp.add(wait >= 0).only_enforce_if(soon)
            self.cp.add(wait <= self.shop.most_wait).only_enforce_if(soon)

    def _order_twins(self) -> None:
        """Let jobs that are alike come in order: swapping them changes nothing."""
        for places in self.shop.twins:
            for one, other in pairwise(self.jobs[place] for place in places):
                self.cp.add_implication(other.is_done, one.is_done)
                self.cp.add(one.starts <= other.starts).only_enforce_if(other.is_done)

    def _read(self, values: list[int]) -> dict[int, Steps]:
        done = {place: job for place, job in enumerate(self.jobs) if values[job.is_done.index]}
        return {place: job.read(values) for place, job in done.items()}

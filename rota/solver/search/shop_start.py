"""A first timetable by hand: job after job, each where it waits least, else as early as can be."""

from collections.abc import Iterator

from rota.solver.search.shop import Job, Shop, Steps


class Machines:
    """How busy each pool is, unit by unit."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._busy = [[0] * shop.time for _ in shop.pools]

    def is_free(self, pool: int, start: int, time: int) -> bool:
        """Say whether a pool has a machine to spare all that time."""
        most = self.shop.pools[pool]
        return start + time <= self.shop.time and all(
            busy < most for busy in self._busy[pool][start : start + time]
        )

    def take(self, job: Job, steps: Steps) -> None:
        """Keep the machines busy with a job."""
        for pools, (pool, start) in zip(job.steps, steps, strict=True):
            for unit in range(start, start + pools[pool]):
                self._busy[pool][unit] += 1


def first_steps(shop: Shop) -> dict[int, Steps]:
    """Give the steps of the jobs that find room; of jobs that are alike the first comes first."""
    machines, found = Machines(shop), dict[int, Steps]()
    for place, job in enumerate(shop.jobs):
        ways = list(_ways(shop, job, machines))
        if ways:
            found[place] = min(ways)[-1]
            machines.take(job, found[place])
    for places in shop.twins:
        done = sorted((found.pop(place) for place in places if place in found), key=_starts)
        found.update(zip(places, done, strict=False))
    return found


def _starts(steps: Steps) -> int:
    return min(start for _, start in steps)


def _ways(shop: Shop, job: Job, machines: Machines) -> Iterator[tuple[int, int, Steps]]:
    """Give ways to do a job, each with how long it waits and when it ends."""
    for start in range(shop.time):
        is_without_wait = False
        for steps, ends, waited in _orders(shop, job, machines, {}, start, 0):
            if ends - start <= shop.most_stay and _starts(steps) == start:
                is_without_wait = is_without_wait or not waited
                yield waited, ends, steps
        if is_without_wait:
            return


def _orders(
    shop: Shop, job: Job, machines: Machines, done: dict[int, tuple[int, int]], now: int, waited: int
) -> Iterator[tuple[Steps, int, int]]:
    """Go on with each step that may come next, as soon as a machine is free."""
    if len(done) == len(job.steps):
        yield tuple(done[step] for step in range(len(job.steps))), now, waited
        return
    most = shop.most_wait if done else 0
    for step, pools in enumerate(job.steps):
        if step in done or any(other == step and one not in done for one, other in job.before):
            continue
        for pool, time in pools.items():
            soon = range(now, now + most + 1)
            start = next((each for each in soon if machines.is_free(pool, each, time)), None)
            if start is not None:
                more = {**done, step: (pool, start)}
                yield from _orders(shop, job, machines, more, start + time, waited + start - now)

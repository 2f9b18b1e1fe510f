"""An open shop: jobs with steps in any order, one step of a job and one job of a machine at a time.

Times are whole units from nought. A job is done wholly, without long waits between its steps, or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

# The pool and the start of each step of a job.
Steps = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Job:
    """Steps, each with the pools that can do it and how long each takes; `before` are steps in order."""

    steps: tuple[Mapping[int, int], ...]
    before: tuple[tuple[int, int], ...] = ()

    def spans(self, steps: Steps) -> list[tuple[int, int]]:
        """Give the start and the end of each step."""
        return [(start, start + self.steps[place][pool]) for place, (pool, start) in enumerate(steps)]


@dataclass(frozen=True)
class Shop:
    """Jobs, how many machines each pool has, the time there is, and the most that a job waits and stays."""

    jobs: tuple[Job, ...]
    pools: tuple[int, ...]
    time: int
    most_wait: int
    most_stay: int

    @property
    def twins(self) -> list[list[int]]:
        """Give the places of jobs that are alike."""
        found: list[list[int]] = []
        for place, job in enumerate(self.jobs):
            known = next((each for each in found if self.jobs[each[0]] == job), None)
            if known is None:
                found.append([place])
            else:
                known.append(place)
        return found


@dataclass(frozen=True)
class Timetable:
    """The pool and the start of each step of each job that is done; `is_best` says that it is proved."""

    steps: Mapping[int, Steps]
    is_best: bool


class ShopCosts(NamedTuple):
    """What is to be small, the first first: jobs left out, waiting, staying, how late jobs end."""

    left_out: int
    wait: int
    stay: int
    leave: int


def costs_of_steps(shop: Shop, known: Mapping[int, Steps]) -> ShopCosts:
    """Work out what a timetable costs."""
    wait, stay, leave = 0, 0, 0
    for place, steps in known.items():
        spans = shop.jobs[place].spans(steps)
        starts, ends = min(start for start, _ in spans), max(end for _, end in spans)
        wait += ends - starts - sum(end - start for start, end in spans)
        stay += ends - starts
        leave += ends
    return ShopCosts(len(shop.jobs) - len(known), wait, stay, leave)

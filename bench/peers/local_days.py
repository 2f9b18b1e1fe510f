"""An instance in the words of Timefold: its facts, and the days of each employee, given a shift or none."""

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import HardSoftScore

from bench.shifts import Instance
from bench.shifts_check import SATURDAY, WEEK


@dataclass(eq=False)
class Kind:
    """A shift, and the shifts that may not follow it, each between bars."""

    name: str
    minutes: int
    barred: str


@dataclass(eq=False)
class Worker:
    name: str
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_break: int
    most_weekends: int
    last_day: int


@dataclass(eq=False)
class Cap:
    worker: str
    shift: str
    most: int


@dataclass(eq=False)
class Wanted:
    """A line of cover."""

    day: int
    shift: str
    wanted: int
    under: int
    over: int


@dataclass(eq=False)
class Asked:
    """A request on or off."""

    worker: str
    day: int
    shift: str
    weight: int
    is_on: bool


@planning_entity
@dataclass(eq=False)
class Day:
    """A day of one employee; `weekend` is the number of its weekend, or nought."""

    id: Annotated[int, PlanningId]
    worker: Worker
    day: int
    weekend: int
    kind: Annotated[Kind | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass(eq=False)
class Rota:
    kinds: Annotated[list[Kind], ProblemFactCollectionProperty, ValueRangeProvider]
    workers: Annotated[list[Worker], ProblemFactCollectionProperty]
    caps: Annotated[list[Cap], ProblemFactCollectionProperty]
    cover: Annotated[list[Wanted], ProblemFactCollectionProperty]
    asked: Annotated[list[Asked], ProblemFactCollectionProperty]
    days: Annotated[list[Day], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def rota_of(instance: Instance) -> Rota:
    """Put an instance in the words of Timefold."""
    workers = {
        each.name: Worker(
            each.name,
            each.most_minutes,
            each.least_minutes,
            each.longest_run,
            each.shortest_run,
            each.shortest_break,
            each.most_weekends,
            instance.days - 1,
        )
        for each in instance.employees.values()
    }
    cells = [
        (worker, day)
        for worker in workers.values()
        for day in range(instance.days)
        if day not in instance.employees[worker.name].days_off
    ]
    return Rota(
        kinds=[
            Kind(each.name, each.minutes, "|" + "|".join(sorted(each.not_next)) + "|")
            for each in instance.shifts.values()
        ],
        workers=list(workers.values()),
        caps=[
            Cap(each.name, shift, most)
            for each in instance.employees.values()
            for shift, most in each.most_of.items()
            if most < instance.days
        ],
        cover=[
            Wanted(line.day, line.shift, line.wanted, line.weight_under, line.weight_over)
            for line in instance.cover
        ],
        asked=[Asked(each.employee, each.day, each.shift, each.weight, True) for each in instance.on_requests]
        + [Asked(each.employee, each.day, each.shift, each.weight, False) for each in instance.off_requests],
        days=[
            Day(number, worker, day, day // WEEK + 1 if day % WEEK >= SATURDAY else 0)
            for number, (worker, day) in enumerate(cells)
        ],
    )

"""Timefold, a local search: each employee's day is given a shift or none; rules are constraint streams."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
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
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

from bench.peers.solving import run
from bench.shifts import Instance, Row
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


@constraint_provider  # type: ignore[untyped-decorator]
def rules(factory: ConstraintFactory) -> list[Constraint]:
    return [
        succession(factory),
        cap_by_shift(factory),
        most_minutes(factory),
        least_minutes(factory),
        some_minutes(factory),
        runs(factory),
        breaks(factory),
        weekends(factory),
        request_on(factory),
        request_off(factory),
        uncovered(factory),
        covered(factory),
    ]


def succession(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Day)
        .join(
            Day,
            Joiners.equal(lambda day: day.worker.name),
            Joiners.equal(lambda day: day.day + 1, lambda day: day.day),
        )
        .filter(lambda one, other: "|" + other.kind.name + "|" in one.kind.barred)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("succession")
    )


def cap_by_shift(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Cap)
        .join(
            Day,
            Joiners.equal(lambda cap: cap.worker, lambda day: day.worker.name),
            Joiners.equal(lambda cap: cap.shift, lambda day: day.kind.name),
        )
        .group_by(lambda cap, day: cap, ConstraintCollectors.count_bi())
        .filter(lambda cap, number: number > cap.most)
        .penalize(HardSoftScore.ONE_HARD, lambda cap, number: number - cap.most)
        .as_constraint("most of a shift")
    )


def most_minutes(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Day)
        .group_by(lambda day: day.worker, ConstraintCollectors.sum(lambda day: day.kind.minutes))
        .filter(lambda worker, minutes: minutes > worker.most_minutes)
        .penalize(HardSoftScore.ONE_HARD, lambda worker, minutes: (minutes - worker.most_minutes) // 60 + 1)
        .as_constraint("most minutes")
    )


def least_minutes(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Day)
        .group_by(lambda day: day.worker, ConstraintCollectors.sum(lambda day: day.kind.minutes))
        .filter(lambda worker, minutes: minutes < worker.least_minutes)
        .penalize(HardSoftScore.ONE_HARD, lambda worker, minutes: (worker.least_minutes - minutes) // 60 + 1)
        .as_constraint("least minutes")
    )


def some_minutes(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Worker)
        .filter(lambda worker: worker.least_minutes > 0)
        .if_not_exists(Day, Joiners.equal(lambda worker: worker.name, lambda day: day.worker.name))
        .penalize(HardSoftScore.ONE_HARD, lambda worker: worker.least_minutes // 60 + 1)
        .as_constraint("some minutes")
    )


def days_short(worker: Worker, first: int, last: int) -> int:
    """Count the days by which a run is too long, or too short where it touches no edge."""
    length = last - first + 1
    if length > worker.longest_run:
        return length - worker.longest_run
    if length < worker.shortest_run and first > 0 and last < worker.last_day:
        return worker.shortest_run - length
    return 0


def runs(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Day)
        .group_by(lambda day: day.worker, ConstraintCollectors.to_consecutive_sequences(lambda day: day.day))
        .flatten_last(lambda chain: chain.getConsecutiveSequences())
        .map(lambda worker, run: days_short(worker, run.getFirstItem().day, run.getLastItem().day))
        .penalize(HardSoftScore.ONE_HARD, lambda short: short)
        .as_constraint("runs of work")
    )


def breaks(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Day)
        .group_by(lambda day: day.worker, ConstraintCollectors.to_consecutive_sequences(lambda day: day.day))
        .flatten_last(lambda chain: chain.getBreaks())
        .map(
            lambda worker, gap: max(
                0,
                worker.shortest_break
                - (gap.getNextSequenceStart().day - gap.getPreviousSequenceEnd().day - 1),
            )
        )
        .penalize(HardSoftScore.ONE_HARD, lambda short: short)
        .as_constraint("runs of days off")
    )


def weekends(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Day)
        .filter(lambda day: day.weekend > 0)
        .group_by(lambda day: day.worker, ConstraintCollectors.count_distinct(lambda day: day.weekend))
        .filter(lambda worker, number: number > worker.most_weekends)
        .penalize(HardSoftScore.ONE_HARD, lambda worker, number: number - worker.most_weekends)
        .as_constraint("weekends")
    )


def request_on(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Asked)
        .filter(lambda asked: asked.is_on)
        .if_not_exists(
            Day,
            Joiners.equal(lambda asked: asked.worker, lambda day: day.worker.name),
            Joiners.equal(lambda asked: asked.day, lambda day: day.day),
            Joiners.equal(lambda asked: asked.shift, lambda day: day.kind.name),
        )
        .penalize(HardSoftScore.ONE_SOFT, lambda asked: asked.weight)
        .as_constraint("request on")
    )


def request_off(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Asked)
        .filter(lambda asked: not asked.is_on)
        .if_exists(
            Day,
            Joiners.equal(lambda asked: asked.worker, lambda day: day.worker.name),
            Joiners.equal(lambda asked: asked.day, lambda day: day.day),
            Joiners.equal(lambda asked: asked.shift, lambda day: day.kind.name),
        )
        .penalize(HardSoftScore.ONE_SOFT, lambda asked: asked.weight)
        .as_constraint("request off")
    )


def uncovered(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Wanted)
        .if_not_exists(
            Day,
            Joiners.equal(lambda line: line.day, lambda day: day.day),
            Joiners.equal(lambda line: line.shift, lambda day: day.kind.name),
        )
        .penalize(HardSoftScore.ONE_SOFT, lambda line: line.wanted * line.under)
        .as_constraint("nobody there")
    )


def off_cover(line: Wanted, number: int) -> int:
    """Price the difference to what is wanted."""
    if number < line.wanted:
        return (line.wanted - number) * line.under
    return (number - line.wanted) * line.over


def covered(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Wanted)
        .join(
            Day,
            Joiners.equal(lambda line: line.day, lambda day: day.day),
            Joiners.equal(lambda line: line.shift, lambda day: day.kind.name),
        )
        .group_by(lambda line, day: line, ConstraintCollectors.count_bi())
        .penalize(HardSoftScore.ONE_SOFT, lambda line, number: off_cover(line, number))
        .as_constraint("cover")
    )


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


def solve(instance: Instance, options: Namespace) -> Iterator[Row]:
    """Let Timefold search with its own settings for all of the time."""
    config = SolverConfig(
        solution_class=Rota,
        entity_class_list=[Day],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=rules),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=int(1000 * options.seconds))),
        random_seed=options.seed,
    )
    best = SolverFactory.create(config).build_solver().solve(rota_of(instance))
    for day in best.days:
        if day.kind is not None:
            yield day.worker.name, day.day, day.kind.name


if __name__ == "__main__":
    run("local_search", solve)

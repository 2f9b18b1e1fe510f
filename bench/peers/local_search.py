"""Timefold, a local search with its own settings; the rules of an instance are constraint streams."""

from argparse import Namespace
from collections.abc import Iterator

from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

from bench.peers.local_days import Asked, Cap, Day, Rota, Wanted, Worker, rota_of
from bench.peers.solving import run
from bench.shifts import Instance, Row


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

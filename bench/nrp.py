"""The shift scheduling bench: fill one public instance with the product's own rules, check what came of it by
itself, and print one JSON line.
"""

import csv
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

from bench.asked import new_file, some_seconds, some_workers
from bench.memory import Peak
from bench.shifts import BadInstance, Instance, Row, read
from bench.shifts_check import assess
from bench.shifts_problem import COST_TIER, problem_of, solution_rows
from rota.solver.limits import Limits
from rota.solver.result import Result
from rota.solver.staff_rota import Plan, Problem, breaches, fill

__all__ = ["BadInstance", "Instance", "Row", "assess", "main", "problem_of", "read", "solution_rows"]


def main(arguments: list[str]) -> None:
    """Fill the instance that the arguments name."""
    options = options_in(arguments)
    try:
        instance = read(options.file)
        problem = problem_of(instance)
    # What the file asks may be readable and still be nonsense to the problem's own classes.
    except (BadInstance, ValueError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
    with Peak() as peak:
        result = fill(problem, Limits(options.seconds, options.workers, options.seed))
    rows = solution_rows(instance, result.plan)
    if options.out:
        write(options.out, rows)
    sys.stdout.write(json.dumps(line(instance, problem, result, rows) | {"peak_mib": peak.mib}) + "\n")


def options_in(arguments: list[str]) -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="bench nrp", description=__doc__)
    parser.add_argument("file", type=Path, help="a shift scheduling instance")
    parser.add_argument("--seconds", type=some_seconds, default=60)
    parser.add_argument("--workers", type=some_workers, default=Limits.workers)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=new_file, help="file for the solution: employee,day,shift")
    return parser.parse_args(arguments)


def line(
    instance: Instance, problem: Problem, result: Result[Plan], rows: Iterable[Row]
) -> dict[str, object]:
    """Put the outcome in words for a machine; nothing is printed that the checker has not looked at."""
    objective, broken = assess(instance, rows)
    told = result.cost_by_tier.get(COST_TIER, 0)
    if told != objective:
        raise AssertionError(f"The rules tell a cost of {told}, the checker one of {objective}.")
    seen = breaches(problem, result.plan)
    for sentence in (*broken, *(breach.said for breach in seen)):
        sys.stderr.write(f"{sentence}\n")
    return {
        "instance": instance.name,
        "objective": objective,
        "bound": result.bound_by_tier.get(COST_TIER, 0),
        "seconds": round(result.seconds, 2),
        "status": result.status.value,
        "breaches": max(len(broken), len(seen)),
    }


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write a solution: one row for each day that somebody works."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("employee", "day", "shift"))
        writer.writerows(rows)

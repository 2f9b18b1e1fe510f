"""The student scheduling bench: plan one public instance with the product's own rules, check what came of it
by itself, and print one JSON line.
"""

import csv
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from bench.asked import new_file, some_seconds, some_workers
from bench.memory import Peak
from bench.students import BadInstance, Instance, Row, read
from bench.students_check import assess
from bench.students_problem import COST_TIER, problem_of, satisfaction_at_best, solution_rows
from rota.solver.limits import Limits
from rota.solver.result import Result
from rota.solver.rotation_plan import fill
from rota.solver.rotation_plan.looking import breaches
from rota.solver.rotation_plan.problem import Problem
from rota.solver.rotation_plan.solution import Plan


def main(arguments: list[str]) -> None:
    """Plan the instance that the arguments name."""
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
    parser = ArgumentParser(prog="bench mss", description=__doc__)
    parser.add_argument("file", type=Path, help="a medical student scheduling instance")
    parser.add_argument("--seconds", type=some_seconds, default=60)
    parser.add_argument("--workers", type=some_workers, default=Limits.workers)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=new_file, help="file for student,discipline,hospital,start")
    return parser.parse_args(arguments)


def line(
    instance: Instance, problem: Problem, result: Result[Plan], rows: Sequence[Row]
) -> dict[str, object]:
    """Put the outcome in words for a machine; nothing is printed that the checker has not looked at."""
    objective, broken = assess(instance, rows)
    best = satisfaction_at_best(problem)
    seen = breaches(problem, result.plan)
    if not broken and not seen and best - result.cost_by_tier.get(COST_TIER, 0) != objective:
        told = best - result.cost_by_tier.get(COST_TIER, 0)
        raise AssertionError(f"The rules tell of {told} points, the checker of {objective}.")
    for sentence in (*broken, *(breach.said for breach in seen)):
        sys.stderr.write(f"{sentence}\n")
    return {
        "instance": instance.name,
        "objective": objective,
        "bound": best - result.bound_by_tier.get(COST_TIER, 0),
        "seconds": round(result.seconds, 2),
        "status": result.status.value,
        "breaches": max(len(broken), len(seen)),
    }


def write(path: Path, rows: Sequence[Row]) -> None:
    """Write a solution: one row for each stay."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("student", "discipline", "hospital", "start"))
        writer.writerows(rows)

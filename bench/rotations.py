"""The rotations bench: plan a year of rotations, and one line of JSON tells what came of it."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter

from bench.asked import some_seconds, some_workers
from bench.rotation_instances import SIZES, make, taken_back
from rota.solver.limits import Limits, Way
from rota.solver.result import Result
from rota.solver.rotation_plan import Plan, Problem, breaches, fill
from rota.solver.rotation_plan.repair import changes_between, without_offers

# One model of the largest finds nothing in any time that people wait.
ONE_MODEL = ("s", "m")
# When in the year a host takes its places back, and for how long a new plan may be sought.
NOW, REPLAN_SECONDS = 16, 12.0


def main(arguments: list[str]) -> None:
    """Plan an instance as the arguments say."""
    options = options_in(arguments)
    problem = make(options.size, options.seed)
    limits = Limits(options.seconds, options.workers, options.seed)
    result = fill(problem, limits)
    told = line(options, problem, result)
    if options.size in ONE_MODEL:
        whole = Limits(options.seconds, options.workers, options.seed, way=Way.WHOLE)
        told["one_model_cost"] = dict(fill(problem, whole).cost_by_tier)
    if options.replan:
        told["replan"] = replanned(problem, result.plan, options)
    sys.stdout.write(json.dumps(told) + "\n")


def options_in(arguments: list[str]) -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="bench rotations", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="s")
    parser.add_argument("--seconds", type=some_seconds, default=60)
    parser.add_argument("--workers", type=some_workers, default=Limits.workers)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replan", action="store_true", help="then let a host take its places back")
    return parser.parse_args(arguments)


def line(options: Namespace, problem: Problem, result: Result[Plan]) -> dict[str, object]:
    """Put the outcome in words for a machine."""
    return {
        "size": options.size,
        "cost_by_tier": dict(result.cost_by_tier),
        "bound_by_tier": dict(result.bound_by_tier),
        "gap": gap(result.cost_by_tier, result.bound_by_tier),
        "seconds": round(result.seconds, 2),
        "breaches": len(breaches(problem, result.plan)),
        "one_model_cost": None,
    }


def gap(costs: Mapping[str, int], bounds: Mapping[str, int]) -> float:
    """Say how far the worst tier may be from the best there is, as a part of its cost."""
    gaps = ((cost - bounds.get(tier, 0)) / cost for tier, cost in costs.items() if cost)
    return round(max(gaps, default=0.0), 4)


def replanned(problem: Problem, plan: Plan, options: Namespace) -> dict[str, object]:
    """Let the busiest host take its places back in mid-year, and plan anew."""
    offer, since = taken_back(problem, plan.stays, NOW)
    start = perf_counter()
    left, kept = without_offers(replace(problem, now=NOW), plan, {offer.number: since})
    result = fill(left, Limits(REPLAN_SECONDS, options.workers, options.seed), start=kept)
    changes = list(changes_between(problem, plan, result.plan))
    return {
        "seconds": round(perf_counter() - start, 2),
        "learners_moved": len({change.learner for change in changes}),
        "changes": len(changes),
        "cost_by_tier": dict(result.cost_by_tier),
        "breaches": len(breaches(left, result.plan)),
    }

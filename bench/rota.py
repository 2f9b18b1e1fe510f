"""The rota bench: fill one instance, watch, and print what came of it as one JSON line."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.asked import some_seconds, some_workers
from bench.instances import LOADS, NETWORKS, make
from bench.memory import Peak
from rota.solver.limits import Limits
from rota.solver.result import Result, Snapshot
from rota.solver.search.stages import by_tier, floors_of
from rota.solver.staff_rota import Plan, Problem, Scope, breaches, candidates, fill, shortfalls
from rota.solver.staff_rota.archive import plan_to_json, problem_to_json
from rota.solver.staff_rota.model import RotaModel

# What is short counts in people; the heaviest weight of a shortage turns a bound on cost into one on people.
HEAVIEST = 100


@dataclass
class Watcher:
    """Keeps the first rota and how the search went on."""

    problem: Problem
    first: Snapshot[Plan] | None = None
    course: list[Snapshot[Plan]] = field(default_factory=list)

    def on_better(self, snapshot: Snapshot[Plan]) -> None:
        """Keep a snapshot."""
        self.first = self.first or snapshot
        self.course.append(snapshot)

    def should_stop(self) -> str | None:
        return None


def main(arguments: list[str]) -> None:
    """Fill an instance as the arguments say."""
    options = options_in(arguments)
    problem = make(options.size, options.flavour, options.seed)
    watcher = Watcher(problem)
    with Peak() as peak:
        result = fill(problem, Limits(options.seconds, options.workers, options.seed), watcher)
    told = line(options, problem, watcher, result) | {"peak_mib": peak.mib}
    sys.stdout.write(json.dumps(told) + "\n")
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "problem.json").write_text(problem_to_json(problem))
        (options.out / "plan.json").write_text(plan_to_json(result.plan))


def options_in(arguments: list[str]) -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="bench rota", description=__doc__)
    parser.add_argument("--size", choices=sorted(NETWORKS), default="s")
    parser.add_argument("--flavour", choices=sorted(LOADS), default="calm")
    parser.add_argument("--seconds", type=some_seconds, default=20)
    parser.add_argument("--workers", type=some_workers, default=Limits.workers)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="folder for problem.json and plan.json")
    return parser.parse_args(arguments)


def line(options: Namespace, problem: Problem, watcher: Watcher, result: Result[Plan]) -> dict[str, object]:
    """Put the outcome in words for a machine."""
    first = watcher.first
    bound = result.bound_by_tier.get("T1", 0)
    return {
        "size": options.size,
        "flavour": options.flavour,
        "seconds": round(result.seconds, 2),
        "status": result.status.value,
        "first_rota_s": round(first.seconds, 2) if first else None,
        "short_first": short(problem, first.plan) if first else None,
        "short_final": short(problem, result.plan),
        "short_bound": -(-bound // HEAVIEST),
        "cost_by_tier": result.cost_by_tier,
        "bound_by_tier": result.bound_by_tier,
        "gap_by_tier": gaps(result, unavoidable(problem)),
        "breaches": len(breaches(problem, result.plan)),
        "placed": len(result.plan.placements),
        **looks(problem, result.plan),
    }


def unavoidable(problem: Problem) -> dict[str, int]:
    """Sum by tier what no plan can avoid: needs with too few takers, broken pins, what was borne before."""
    return by_tier(floors_of(RotaModel(problem).rows))


def gaps(result: Result[Plan], constants: Mapping[str, int]) -> dict[str, float]:
    """Say how far each tier may be from the best there is, as a part of what could be avoided of its cost."""
    found = {}
    for tier, cost in result.cost_by_tier.items():
        constant = constants.get(tier, 0)
        bound = max(constant, result.bound_by_tier.get(tier, 0))
        found[tier] = round((cost - bound) / (cost - constant), 4) if cost > bound else 0.0
    return found


def looks(problem: Problem, plan: Plan) -> dict[str, float]:
    """Time what a page asks of a plan, without a solver: all breaches, those of one cell, and who could."""
    scope = Scope(frozenset({problem.people[3].key}), frozenset({problem.sessions[10].number}))
    duty = problem.duties[5].number
    return {
        "breaches_ms": milliseconds(lambda: breaches(problem, plan)),
        "cell_ms": milliseconds(lambda: breaches(problem, plan, scope)),
        "candidates_ms": milliseconds(lambda: candidates(problem, plan, duty)),
    }


def milliseconds(look: Callable[[], object]) -> float:
    """Give the median of a few looks."""
    times = []
    for _ in range(5):
        start = perf_counter()
        look()
        times.append(1000 * (perf_counter() - start))
    return round(median(times), 1)


def short(problem: Problem, plan: Plan) -> int:
    """Count the people missing to the minimum, leads included."""
    return sum(each.missing for each in shortfalls(problem, plan))

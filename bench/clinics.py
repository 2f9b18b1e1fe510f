"""The clinics bench: a blueprint, the joint plan of clinics and rota, and three proposals; one JSON line."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TypeVar

from bench.asked import some_seconds, some_workers
from bench.clinic_instances import usual, with_clinics
from bench.instances import make
from bench.place import blueprints, networks_of_a_place
from bench.rota import gaps, unavoidable
from rota.solver.limits import Limits, Way
from rota.solver.result import Result
from rota.solver.staff_rota import Plan, Problem, breaches, fill
from rota.solver.staff_rota.blueprint import blueprint_of
from rota.solver.staff_rota.clinic_aims import with_slots
from rota.solver.staff_rota.clinic_slots import opened, where_of
from rota.solver.staff_rota.proposals import propose

Made = TypeVar("Made")
WEEKS, CYCLE = 4, 2
# How long a blueprint may take: of one network, of six.
BLUEPRINT = {"s": 10.0, "m": 60.0}


def main(arguments: list[str]) -> None:
    """Plan clinics as the arguments say."""
    options = options_in(arguments)
    told = network(options) if options.size == "s" else place(options)
    sys.stdout.write(json.dumps({"size": options.size, **told}) + "\n")


def options_in(arguments: list[str]) -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="bench clinics", description=__doc__)
    parser.add_argument("--size", choices=sorted(BLUEPRINT), default="s")
    parser.add_argument("--blueprint-seconds", type=some_seconds, help="10 for size s, 60 for size m")
    parser.add_argument(
        "--seconds", type=some_seconds, default=27, help="for the joint plan, and the proposals"
    )
    parser.add_argument("--workers", type=some_workers, default=Limits.workers)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    options.blueprint_seconds = options.blueprint_seconds or BLUEPRINT[options.size]
    return options


def network(options: Namespace) -> dict[str, object]:
    """Plan the clinics of one network in all three ways."""
    problem = with_clinics(usual(make("s", seed=options.seed)), options.seed, WEEKS)
    cycle = blueprint_of(problem, CYCLE)
    limits = Limits(options.blueprint_seconds, options.workers, options.seed, way=Way.WHOLE)
    drawn, blueprint_s = timed(lambda: fill(cycle, limits))
    wheres = {where_of(cycle, opening) for opening in opened(cycle, drawn.plan)}
    joint = with_slots(problem, wheres)
    limits = Limits(options.seconds, options.workers, options.seed)
    planned, joint_s = timed(lambda: fill(joint, limits))
    offered, proposals_s = timed(lambda: propose(problem, limits))
    return {
        "blueprint_gap": worst([drawn], [cycle]),
        "blueprint_s": blueprint_s,
        "joint_gap": worst([planned], [joint]),
        "joint_s": joint_s,
        "proposals_s": proposals_s,
        "breaches": len(breaches(cycle, drawn.plan))
        + len(breaches(joint, planned.plan))
        + sum(len(each.breaches) for each in offered),
    }


def place(options: Namespace) -> dict[str, object]:
    """Draw the blueprints of six networks; what follows is each network's own."""
    problems = networks_of_a_place(options.seed, WEEKS, CYCLE)
    limits = Limits(options.blueprint_seconds, options.workers, options.seed, way=Way.WHOLE)
    (solved, results), seconds = timed(lambda: blueprints(problems, limits))
    found = zip(solved, results, strict=True)
    return {
        "blueprint_gap": worst(results, solved),
        "blueprint_s": seconds,
        "joint_gap": None,
        "joint_s": None,
        "proposals_s": None,
        "breaches": sum(len(breaches(problem, result.plan)) for problem, result in found),
    }


def worst(results: Sequence[Result[Plan]], problems: Sequence[Problem]) -> float:
    """Give the largest gap of any tier, of all results together; what no plan can avoid is left out."""
    costs, bounds, constants = Counter[str](), Counter[str](), Counter[str]()
    for result, problem in zip(results, problems, strict=True):
        floors = unavoidable(problem)
        costs.update(result.cost_by_tier)
        constants.update(floors)
        for tier in result.cost_by_tier:
            bounds[tier] += max(floors.get(tier, 0), result.bound_by_tier.get(tier, 0))
    whole = Result(results[0].status, results[0].plan, (), costs, bounds)
    return max(gaps(whole, constants).values(), default=0.0)


def timed(make_it: Callable[[], Made]) -> tuple[Made, float]:
    """Give what is made and the seconds it took."""
    start = perf_counter()
    made = make_it()
    return made, round(perf_counter() - start, 2)

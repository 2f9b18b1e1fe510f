"""The repair bench: people of a filled rota fall ill on a Monday; print how it is mended as one JSON line."""

import json
import resource
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from random import Random

from bench.asked import some_seconds, some_workers
from bench.instances import LOADS, NETWORKS, make
from rota.solver.limits import Limits
from rota.solver.staff_rota import Breach, Plan, Problem, breaches, fill
from rota.solver.staff_rota.absence import OF_LEARNERS, Away, Gaps, gaps_left, lost_by, with_away
from rota.solver.staff_rota.repair import Repair, repairs


def main(arguments: list[str]) -> None:
    """Mend an instance as the arguments say."""
    options = options_in(arguments)
    problem = make(options.size, options.flavour, options.seed)
    plan = fill(problem, Limits(options.fill_seconds, options.workers, options.seed)).plan
    monday = problem.days[7]
    # Each change of that day is one at short notice.
    problem = replace(problem, today=monday)
    limits = Limits(options.seconds, options.workers, options.seed)
    asked = falls_ill(problem, plan, options.seed)[: options.cases]
    found = [(away, repair) for away in asked for repair in repairs(problem, plan, away, limits)]
    sys.stdout.write(json.dumps(line(options, problem, plan, asked, found)) + "\n")


def options_in(arguments: list[str]) -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="bench repair", description=__doc__)
    parser.add_argument("--size", choices=sorted(NETWORKS), default="s")
    parser.add_argument("--flavour", choices=sorted(LOADS), default="calm")
    parser.add_argument("--cases", type=int, default=5, help="how many fall ill, one after the other")
    parser.add_argument("--fill-seconds", type=some_seconds, default=20, help="for the rota that is mended")
    parser.add_argument("--seconds", type=some_seconds, default=2, help="for each repair")
    parser.add_argument("--workers", type=some_workers, default=Limits.workers)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def falls_ill(problem: Problem, plan: Plan, seed: int) -> list[Away]:
    """Draw who is ill that Monday, one after the other: people whose gaps matter."""
    today = frozenset(session.number for session in problem.sessions_on[problem.today])
    working = sorted({each.person for each in lost_by(problem, plan, {p.key: today for p in problem.people})})
    Random(seed).shuffle(working)
    ill: list[Away] = [{person: today} for person in working]
    return [away for away in ill if not before(problem, plan, away).are_none]


def before(problem: Problem, plan: Plan, away: Away) -> Gaps:
    """Say what stands open before anything is mended."""
    return gaps_left(problem, plan, Plan(plan.placements - lost_by(problem, plan, away)), away)


def line(
    options: Namespace,
    problem: Problem,
    plan: Plan,
    asked: list[Away],
    found: list[tuple[Away, Repair]],
) -> dict[str, object]:
    """Put the outcome in words for a machine: lists by case and, within it, by change budget."""
    return {
        "size": options.size,
        "flavour": options.flavour,
        "repair_s": [round(repair.seconds, 2) for _, repair in found],
        "changed": [len(repair.people) for _, repair in found],
        "short_before": [missing(before(problem, plan, away)) for away in asked for _ in range(3)],
        "short_after": [missing(repair.left) for _, repair in found],
        "breaches": sum(len(new_breaches(problem, plan, away, repair)) for away, repair in found),
        "proved": sum(repair.is_best for _, repair in found),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def missing(gaps: Gaps) -> int:
    """Count the people missing, and the learners' places without supervision."""
    return sum(each.missing for each in gaps.short) + len(gaps.unsupervised)


def new_breaches(problem: Problem, plan: Plan, away: Away, repair: Repair) -> list[Breach]:
    """List the hard rules that a repair breaks and the rota did not, learners left alone aside."""
    known = {each.said for each in breaches(problem, plan)}
    found = breaches(with_away(problem, away), repair.plan)
    return [each for each in found if each.said not in known and each.code not in OF_LEARNERS]

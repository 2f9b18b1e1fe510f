"""The conflicts bench: ask for what cannot be, and compare what is named with what was planted."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from statistics import median
from time import perf_counter

from bench.instances import NETWORKS, make
from bench.planted import Planted, plant
from rota.solver.result import TIERS
from rota.solver.search.start import first_choice
from rota.solver.staff_rota import Plan, Problem, answer
from rota.solver.staff_rota.ask import Answer, Verdict
from rota.solver.staff_rota.model import RotaModel

SECONDS = 10.0


def main(arguments: list[str]) -> None:
    """Ask as the arguments say, and print what came of it as one JSON line."""
    options = options_in(arguments)
    base = make(options.size)
    filled = first_plan(base)
    times, as_planted, minimal, helped = [], 0, 0, 0
    for seed in range(options.asks):
        planted = plant(base, seed)
        planted = replace(planted, plan=Plan(planted.plan.placements | filled.placements))
        start = perf_counter()
        found = answer(planted.problem, planted.plan, planted.ask, SECONDS)
        times.append(perf_counter() - start)
        as_planted += is_as_planted(planted, found)
        minimal += found.verdict is Verdict.IMPOSSIBLE
        helped += bool(found.ways)
    line = {
        "size": options.size,
        "asks": options.asks,
        "seconds_p50": round(median(times), 2),
        "seconds_max": round(max(times), 2),
        "sets_as_planted": as_planted,
        "minimal": minimal,
        "with_ways": helped,
    }
    sys.stdout.write(json.dumps(line) + "\n")


def options_in(arguments: list[str]) -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="bench conflicts", description=__doc__)
    parser.add_argument("--size", choices=sorted(NETWORKS), default="s")
    parser.add_argument("--asks", type=int, default=20)
    options = parser.parse_args(arguments)
    if options.asks < 1:
        parser.error("Ask at least once: --asks 1 or more.")
    return options


def first_plan(problem: Problem) -> Plan:
    """Fill the rota by hand, as a search begins: what stands there is in the way as on any other day."""
    model = RotaModel(problem)
    cells = len(model.placements.cells)
    chosen = first_choice(cells, model.rows, model.placements.pinned, model.needs, TIERS)
    return model.placements.plan_of(chosen)


def is_as_planted(planted: Planted, found: Answer) -> bool:
    """Say whether the set that was named is the one that was planted."""
    return {(each.code, each.person, each.first) for each in found.obstacles} == planted.expected

"""The growth bench: what one more week and one more site cost, as seconds until every tier of a rota is near
its bound. Prints one JSON line and draws it.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench.asked import new_file, some_seconds, some_workers
from bench.chart import Line, chart
from bench.instances import make
from bench.rota import gaps, unavoidable
from rota.solver.limits import Limits
from rota.solver.staff_rota import Problem, fill

WEEKS = range(1, 7)
# A hub and a council base beside the practices.
PRACTICES = range(1, 8)
OTHER_SITES = 2


class Measured(NamedTuple):
    """One solve: how large, how long, and how far its worst tier may be from the best."""

    number: int
    people: int
    duties: int
    seconds: float
    worst_gap: float


def main(arguments: list[str]) -> None:
    """Solve ever larger rotas and draw what they cost."""
    options = options_in(arguments)
    weeks = [measured(number, make("s", weeks=number), options) for number in WEEKS]
    sites = [measured(number + OTHER_SITES, make("s", practices=number), options) for number in PRACTICES]
    told = {"weeks": [each._asdict() for each in weeks], "sites": [each._asdict() for each in sites]}
    sys.stdout.write(json.dumps({"most_seconds": options.seconds, **told}) + "\n")
    if options.out:
        options.out.write_text(drawn(weeks, sites, options.seconds), encoding="utf-8")


def options_in(arguments: list[str]) -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="bench growth", description=__doc__)
    parser.add_argument("--seconds", type=some_seconds, default=60, help="the most that one solve may take")
    parser.add_argument("--workers", type=some_workers, default=Limits.workers)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--out", type=new_file, help="file for the drawing, such as docs/pictures/solver-scaling.svg"
    )
    return parser.parse_args(arguments)


def measured(number: int, problem: Problem, options: Namespace) -> Measured:
    """Solve one rota; a solve ends by itself once every tier is near its bound."""
    result = fill(problem, Limits(options.seconds, options.workers, options.seed))
    worst = max(gaps(result, unavoidable(problem)).values(), default=0.0)
    sys.stderr.write(f"{number}: {result.seconds:.1f} s, worst gap {worst:.1%}\n")
    return Measured(number, len(problem.people), len(problem.duties), round(result.seconds, 1), worst)


def drawn(weeks: Sequence[Measured], sites: Sequence[Measured], most: float) -> str:
    """Draw seconds over weeks and over sites."""
    return chart(
        f"Seconds to fill a rota, every tier to its bound or {most:g} seconds",
        [
            Line("weeks (60 people, 7 sites)", points_of(weeks)),
            Line("sites (4 weeks, 20 to 83 people)", points_of(sites)),
        ],
        "weeks, or sites",
        "seconds",
    )


def points_of(measures: Iterable[Measured]) -> list[tuple[float, float, str]]:
    """Give the points of a line, each with its figures in words."""
    return [
        (each.number, each.seconds, f"{each.seconds:g} s, {each.worst_gap:.1%} from the bound")
        for each in measures
    ]

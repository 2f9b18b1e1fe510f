"""What every peer shares: its arguments, and the rows that it writes."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.nrp import write
from bench.shifts import Instance, Row, read

Solve = Callable[[Instance, Namespace], Iterable[Row]]


def run(name: str, solve: Solve) -> None:
    """Solve the instance that the arguments name and write what came of it."""
    parser = ArgumentParser(prog=f"bench.peers.{name}")
    parser.add_argument("file", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--workers", type=int, default=0, help="0 leaves it to the solver")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write(options.out, solve(read(options.file), options))

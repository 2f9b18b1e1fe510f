"""The bench of peers: ours, plain CP-SAT and Timefold on the same instances for the same time, one after the
other and each in a process of its own; one checker looks at all of them. Prints one JSON line an instance.
"""

import csv
import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from bench.asked import some_seconds
from bench.shifts import BadInstance, Instance, Row, read
from bench.shifts_check import assess

OURS = "ours"
SOLVERS: Mapping[str, tuple[str, ...]] = {
    OURS: ("bench", "nrp"),
    "cp_sat_8_workers": ("bench.peers.one_model", "--workers", "8"),
    "cp_sat_default": ("bench.peers.one_model",),
    "timefold": ("bench.peers.local_search",),
}
HOW_TO_GET = (
    "Timefold is not here: run `.venv/bin/python -m pip install timefold`; it needs Java 17 or newer."
)
# What starting up and writing may take beyond the time that is given to each.
PATIENCE = 120

Outcome = dict[str, object]


def main(arguments: list[str]) -> None:
    """Run all solvers on each instance named."""
    options = options_in(arguments)
    try:
        instances = [(path, read(path)) for path in options.files]
    except BadInstance as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
    for path, instance in instances:
        sys.stdout.write(json.dumps(line(path, instance, options)) + "\n")
        sys.stdout.flush()


def options_in(arguments: list[str]) -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="bench peers", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="shift scheduling instances")
    parser.add_argument("--seconds", type=some_seconds, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(SOLVERS), nargs="+", default=list(SOLVERS))
    return parser.parse_args(arguments)


def line(path: Path, instance: Instance, options: Namespace) -> dict[str, object]:
    """Put what each solver came to beside ours."""
    load = os.getloadavg()[0]
    found = {name: outcome(name, path, instance, options) for name in SOLVERS if name in options.only}
    return {
        "instance": instance.name,
        "seconds": options.seconds,
        "cores": os.cpu_count(),
        "load_before": round(load, 1),
        "solvers": found,
        "ratio_to_ours": ratios({name: each["objective"] for name, each in found.items()}),
    }


def ratios(objectives: Mapping[str, object]) -> dict[str, float | None]:
    """Divide each objective by ours; nothing where there is none, or where rules are broken."""
    ours = objectives.get(OURS)
    return {
        name: round(each / ours, 3) if isinstance(each, int) and isinstance(ours, int) and ours else None
        for name, each in objectives.items()
        if name != OURS
    }


def outcome(name: str, path: Path, instance: Instance, options: Namespace) -> Outcome:
    """Run one solver and let the checker look at what it wrote."""
    if name == "timefold" and find_spec("timefold") is None:
        return {"objective": None, "said": HOW_TO_GET}
    with TemporaryDirectory() as folder:
        out, started = Path(folder) / "solution.csv", monotonic()
        said = run(name, path, options, out)
        seconds = round(monotonic() - started, 1)
        if said is not None:
            return {"objective": None, "said": said, "seconds": seconds}
        return judged(instance, rows_in(out)) | {"seconds": seconds}


def run(name: str, path: Path, options: Namespace, out: Path) -> str | None:
    """Run a solver in a process of its own; give its last words when it fails."""
    module, *more = SOLVERS[name]
    command = [sys.executable, "-m", module, *more, str(path), "--out", str(out)]
    command += ["--seconds", str(options.seconds), "--seed", str(options.seed)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=options.seconds + PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{name} did not end within {options.seconds + PATIENCE:g} seconds."
    return None if done.returncode == 0 else (done.stderr.strip().splitlines() or ["It failed."])[-1]


def rows_in(out: Path) -> list[Row]:
    """Read the rows of a solution."""
    with out.open(newline="", encoding="utf-8") as file:
        return [(name, int(day), shift) for name, day, shift in list(csv.reader(file))[1:]]


def judged(instance: Instance, rows: list[Row]) -> Outcome:
    """Give the objective of a solution, and how many hard rules it breaks: then it has none."""
    objective, broken = assess(instance, rows)
    if not rows:
        return {"objective": None, "broken": None, "said": "It found no solution."}
    return {"objective": None if broken else objective, "broken": len(broken), "reached": objective}

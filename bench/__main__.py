"""Run a bench by name: `python -m bench rota --size s --seconds 20`."""

import sys
from importlib import import_module

# Each is loaded by itself: what one needs, such as a browser, another does without.
BENCHES = {
    "clinics": "bench.clinics",
    "conflicts": "bench.conflicts",
    "grid": "bench.grid",
    "growth": "bench.growth",
    "meeting": "bench.meeting",
    "mss": "bench.mss",
    "nrp": "bench.nrp",
    "peers": "bench.peers.compare",
    "repair": "bench.repair",
    "rota": "bench.rota",
    "rotations": "bench.rotations",
    "workbook": "bench.workbook",
}


def main(arguments: list[str]) -> None:
    """Hand over to the bench that is named first."""
    if not arguments or arguments[0] not in BENCHES:
        sys.exit(f"Name a bench: {', '.join(sorted(BENCHES))}.")
    try:
        bench = import_module(BENCHES[arguments[0]])
    except ModuleNotFoundError as missing:
        name = str(missing.name).partition(".")[0]
        sys.exit(f"This bench needs {name}, which comes with the tests: run python3 run.py test once.")
    bench.main(arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])

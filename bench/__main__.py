"""Run a bench by name: `python -m bench rota --size s --seconds 20`."""

import sys
from collections.abc import Callable

from bench import clinics, conflicts, grid, growth, meeting, nrp, repair, rota, workbook
from bench.peers import compare

BENCHES: dict[str, Callable[[list[str]], None]] = {
    "clinics": clinics.main,
    "conflicts": conflicts.main,
    "grid": grid.main,
    "growth": growth.main,
    "meeting": meeting.main,
    "nrp": nrp.main,
    "peers": compare.main,
    "repair": repair.main,
    "rota": rota.main,
    "workbook": workbook.main,
}


def main(arguments: list[str]) -> None:
    """Hand over to the bench that is named first."""
    if not arguments or arguments[0] not in BENCHES:
        sys.exit(f"Name a bench: {', '.join(sorted(BENCHES))}.")
    BENCHES[arguments[0]](arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])

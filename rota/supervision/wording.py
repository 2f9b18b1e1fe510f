"""How blocks of weeks read."""

from collections.abc import Sequence

from rota.supervision.rules import Load


def blocks_said(loads: Sequence[Load]) -> list[str]:
    """Name blocks by the day on which they begin: '7 Dec'."""
    return [f"{load.first.day} {load.first:%b}" for load in loads]

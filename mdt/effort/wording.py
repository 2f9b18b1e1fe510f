"""How effort is written in a file."""

from collections.abc import Iterable

from mdt.effort.rules import EffortLine

HEADINGS = (
    "Period",
    "Organisation",
    "Discipline",
    "Scheme",
    "Attendances",
    "Minutes in meetings",
    "Minutes of preparation, as told",
    "Minutes that no scheme pays",
)
NO_SCHEME = "No scheme"


def claim_lines(period: str, lines: Iterable[EffortLine]) -> list[tuple[str | int, ...]]:
    """Write each line as it is claimed."""
    return [
        (
            period,
            line.organisation,
            line.discipline.label,
            line.scheme or NO_SCHEME,
            line.attended,
            line.meeting,
            line.preparation,
            line.unpaid,
        )
        for line in lines
    ]

"""Words about series."""

from collections.abc import Mapping
from datetime import date


def added_said(made: int, wanted: int, left_out: Mapping[date, str]) -> str:
    """Say how many dates were added, and why some were not."""
    said = ["1 date is added." if made == 1 else f"{made} dates are added."]
    if made < wanted:
        said.append("The others were there already.")
    said += [f"{day.day} {day:%B} is left out: {name}." for day, name in sorted(left_out.items())]
    return " ".join(said)

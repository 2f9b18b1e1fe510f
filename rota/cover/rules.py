"""A cell of the grid, and how its cover stands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CellView:
    """A cell as it is drawn: its id on the page, its text, its classes, and what is read out.

    `sign` is a letter beside the text; `seen` marks what stands in a cell that can be changed; `line` is the
    line of demand that a cell of cover leads to.
    """

    key: str
    text: str
    classes: str
    label: str
    sign: str = ""
    seen: str = ""
    line: str = ""


def tone_of_cover(have: int, minimum: int, desired: int) -> str:
    """Name how a cell of cover stands."""
    if have < minimum:
        return "short"
    return "tight" if have < desired else "enough"

"""A cell of the grid, and how the cover of a role group at a site stands in a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

SHORT, TIGHT, ENOUGH, OVER = "short", "tight", "enough", "over"


@dataclass(frozen=True)
class CellView:
    """A cell as it is drawn: its id on the page, its text, its classes, and what is read out.

    `sign` is a letter beside the text; `names` stand below it; `gone` is the place of a duty that an absence
    takes, struck out; `seen` marks what stands in a cell that can be changed; `line` is the line of demand
    that a cell of cover leads to.
    """

    key: str
    text: str
    classes: str
    label: str
    sign: str = ""
    seen: str = ""
    line: str = ""
    names: tuple[str, ...] = ()
    gone: str = ""

    def html(self, more: str = "") -> str:
        """Draw the cell: a page has thousands, and each costs a tenth of what a template would take."""
        place = f' id="{escape(self.key)}" tabindex="-1"' if self.key else ""
        seen = f' data-seen="{self.seen}"' if self.seen else ""
        line = f' data-line="{self.line}"' if self.line else ""
        label = f' aria-label="{escape(self.label)}"' if self.label else ""
        sign = f" <small>{escape(self.sign)}</small>" if self.sign else ""
        names = "".join(f"<span>{escape(name)}</span>" for name in self.names)
        text = escape(self.text) if self.text else ""
        gone = f" <s>{escape(self.gone)}</s>" if self.gone else ""
        return f'<td{place} class="{self.classes}"{seen}{line}{label}{more}>{text}{gone}{sign}{names}</td>'

    def __html__(self) -> str:
        return self.html()


@dataclass(frozen=True)
class Staffed:
    """A line of demand as it stands: who counts as cover, what is wanted, and how many are there in all."""

    have: int
    minimum: int
    desired: int
    maximum: int
    present: int


class Figure(NamedTuple):
    """Have and need of lines taken together, and how they stand."""

    have: int
    need: int
    tone: str


def figure_of(lines: Sequence[Staffed]) -> Figure:
    """Sum up lines of demand: against their minimum where one lacks it, else against what is wished.

    Lines do not stand in for each other: what one has too many another still lacks.
    """
    if any(line.have < line.minimum for line in lines):
        have, need = (
            sum(min(line.have, line.minimum) for line in lines),
            sum(line.minimum for line in lines),
        )
        return Figure(have, need, SHORT)
    wished = sum(line.desired for line in lines)
    if any(line.have < line.desired for line in lines):
        return Figure(sum(min(line.have, line.desired) for line in lines), wished, TIGHT)
    tone = OVER if any(line.present > line.maximum for line in lines) else ENOUGH
    return Figure(sum(line.have for line in lines), wished, tone)


def missing_in(lines: Sequence[Staffed]) -> int:
    """Count the people missing to the minimum."""
    return sum(max(0, line.minimum - line.have) for line in lines)


def wished_in(lines: Sequence[Staffed]) -> int:
    """Count the people wished for beyond the minimum who are not there."""
    return sum(max(0, line.desired - max(line.have, line.minimum)) for line in lines)

"""A plain line chart as SVG: the figures stand beside the points, so that it can be read without colour."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 420, 70, 60, 30, 60
COLOURS = ("#005eb8", "#d5281b", "#007f3b")
MARKS = ("circle", "square", "diamond")
GRID = 5


class Line(NamedTuple):
    """A named line; each point has its figures in words, shown when it is pointed at."""

    name: str
    points: Sequence[tuple[float, float, str]]


class Scale(NamedTuple):
    """Where values stand in the drawing."""

    most_x: float
    most_y: float

    def x(self, value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * value / self.most_x, 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.most_y, 1)


def chart(title: str, lines: Sequence[Line], across: str, up: str) -> str:
    """Draw lines over one pair of axes that begin at nought."""
    xs = [x for line in lines for x, _, _ in line.points]
    ys = [y for line in lines for _, y, _ in line.points]
    scale = Scale(max(xs) + 0.5, max(1.0, 1.1 * max(ys)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' font-family="sans-serif" font-size="13" fill="#212b32">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        text(LEFT, 24, title, 'font-size="16" font-weight="bold"'),
        *grid(scale, int(max(xs))),
        text((LEFT + WIDTH) / 2, HEIGHT - 16, across, 'text-anchor="middle"'),
        text(16, TOP - 12, up),
    ]
    for number, line in enumerate(lines):
        parts += drawn(scale, line, COLOURS[number % 3], MARKS[number % 3], number)
    return "\n".join([*parts, "</svg>"]) + "\n"


def grid(scale: Scale, most_x: int) -> list[str]:
    """Draw the axes with their figures."""
    parts = []
    for step in range(GRID + 1):
        value = scale.most_y * step / GRID
        y = scale.y(value)
        parts.append(f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#d8dde0"/>')
        parts.append(text(LEFT - 8, y + 4, f"{value:.0f}", 'text-anchor="end"'))
    for x in range(most_x + 1):
        parts.append(text(scale.x(x), HEIGHT - BOTTOM + 20, str(x), 'text-anchor="middle"'))
    return parts


def drawn(scale: Scale, line: Line, colour: str, mark: str, place: int) -> list[str]:
    """Draw one line with its marks, its figures and its name."""
    at = [(scale.x(x), scale.y(y)) for x, y, _ in line.points]
    route = " ".join(f"{x},{y}" for x, y in at)
    parts = [f'<polyline points="{route}" fill="none" stroke="{colour}" stroke-width="2"/>']
    for (x, y), (_, value, said) in zip(at, line.points, strict=True):
        parts.append(f"<g>{marked(mark, x, y, colour)}<title>{escape(said)}</title></g>")
        # One line's figures stand above its points, the other's below.
        parts.append(
            text(x, y + (-10 if place % 2 else 20), f"{value:g}", f'text-anchor="middle" fill="{colour}"')
        )
    y = TOP + 4 + 20 * place
    parts.append(marked(mark, LEFT + 16, y, colour))
    parts.append(text(LEFT + 28, y + 4, line.name))
    return parts


def marked(mark: str, x: float, y: float, colour: str) -> str:
    """Draw a mark; each line has a shape of its own."""
    if mark == "circle":
        return f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/>'
    if mark == "square":
        return f'<rect x="{x - 5:g}" y="{y - 5:g}" width="10" height="10" fill="{colour}"/>'
    return f'<path d="M{x} {y - 6:g}l6 6-6 6-6-6z" fill="{colour}"/>'


def text(x: float, y: float, words: str, more: str = "") -> str:
    """Write words."""
    return f'<text x="{x:g}" y="{y:g}" {more}>{escape(words)}</text>'

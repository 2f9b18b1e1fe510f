"""Where the lines of a chart go: numbers in, coordinates out; templates/parts/charts.html draws them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 34
WANTED_TICKS = 4

Point = tuple[float, float]


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it stands and what it says."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """One series as it is drawn, with its name and its last value."""

    name: str
    path: str
    last: Point
    last_value: float


@dataclass(frozen=True)
class Chart:
    """A finished chart: lines and ticks in the coordinates of its view box."""

    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def line_chart(series: Iterable[tuple[str, Sequence[Point]]], steps: bool = True) -> Chart:
    """Lay out named series of (x, y) on one scale from nought; steps hold a value until the next."""
    drawn = [(name, sorted(points)) for name, points in series if points]
    xs = _ticks(max((x for _, points in drawn for x, _ in points), default=1))
    ys = _ticks(max((y for _, points in drawn for _, y in points), default=1))
    return Chart(
        lines=tuple(_line(name, points, xs[-1], ys[-1], steps) for name, points in drawn),
        across=tuple(Tick(_across(x, xs[-1]), _said(x)) for x in xs),
        up=tuple(Tick(_up(y, ys[-1]), _said(y)) for y in ys),
    )


def _line(name: str, points: Sequence[Point], furthest: float, highest: float, steps: bool) -> Line:
    places = [(_across(x, furthest), _up(y, highest)) for x, y in points]
    path = f"M{places[0][0]} {places[0][1]}"
    for x, y in places[1:]:
        path += f" H{x} V{y}" if steps else f" L{x} {y}"
    return Line(name, path, places[-1], points[-1][1])


def _across(x: float, furthest: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * x / furthest, 1)


def _up(y: float, highest: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * y / highest, 1)


def _ticks(top: float) -> list[float]:
    rough = max(top, 1e-9) / WANTED_TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    return [step * i for i in range(ceil(top / step) + 1)] if top > 0 else [0.0, 1.0]


def _said(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.6g}"

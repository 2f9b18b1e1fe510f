"""Where each card of the picture of a care web stands: simple polar geometry, nothing overlaps. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, count, product
from math import cos, pi, sin

MARGIN = 6.0
GAP = 10.0
# On a wide page: cards on ellipses, which grow until no card touches another.
WIDE_CARD = (152.0, 66.0)
WIDE_HUB = (132.0, 60.0)
WIDE_RX = 400.0
WIDE_RY = 150.0
# Pages scroll downwards: a picture grows in height first, and in width only for very many.
TALLEST = 460.0
RING_AT = (0.44, 0.72, 1.0)
GROWTH = 1.08
TURNS = 5
# On a phone: two columns of cards in rows, those of the inner ring next to the person in the middle.
NARROW_WIDTH = 360.0
NARROW_CARD = (152.0, 68.0)
NARROW_HUB = (150.0, 48.0)
ELLIPSIS = "…"


@dataclass(frozen=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2

    def touches(self, other: "Box", gap: float = 0.0) -> bool:
        """Say whether two rectangles come nearer to each other than a gap."""
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2 + gap
            and abs(self.y - other.y) < (self.height + other.height) / 2 + gap
        )


@dataclass(frozen=True)
class Ellipse:
    """A ring around the person."""

    rx: float
    ry: float


@dataclass(frozen=True)
class Card:
    """Where one stands, and where the line from the person to them ends."""

    ring: int
    box: Box
    line_x: float
    line_y: float


@dataclass(frozen=True)
class Picture:
    """Where everything stands: the cards in the order in which they were given, ring by ring."""

    width: float
    height: float
    hub: Box
    rings: tuple[Ellipse, ...]
    cards: tuple[Card, ...]


def wide_picture(rings: Sequence[int]) -> Picture:
    """Place cards on a wide page; `rings` says of each, in order, on which ring it stands: 0 to 2."""
    hub = Box(0, 0, *WIDE_HUB)
    for rx, ry in _radii():
        for turns in product(range(TURNS), repeat=len(set(rings))):
            boxes = _around(rings, Ellipse(rx, ry), dict(zip(sorted(set(rings)), turns, strict=True)))
            if not any(one.touches(other, GAP) for one, other in combinations([hub, *boxes], 2)):
                return _framed(hub, boxes, rings, _ellipses(rings, Ellipse(rx, ry)))
    raise AssertionError("Larger rings always have room.")


def narrow_picture(rings: Sequence[int]) -> Picture:
    """Place cards on a phone; `rings` is as for a wide page."""
    hub = Box(0, 0, *NARROW_HUB)
    order = sorted(range(len(rings)), key=lambda place: rings[place])
    boxes = [hub] * len(rings)
    edges: dict[int, float] = {}
    for place, box in zip(order, _in_rows(), strict=False):
        boxes[place] = box
        edges[rings[place]] = max(edges.get(rings[place], 0.0), abs(box.y) + box.height / 2 + GAP / 2)
    ellipses = tuple(Ellipse(NARROW_WIDTH / 2 - MARGIN, edges[ring]) for ring in sorted(edges))
    return _framed(hub, boxes, rings, ellipses, width=NARROW_WIDTH)


def fitted(text: str, longest: int, most_lines: int) -> tuple[str, ...]:
    """Break words into lines that fit a card; what does not fit ends in an ellipsis."""
    lines: list[str] = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= longest or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    kept = [_cut(line, longest, is_more=False) for line in lines[:most_lines]]
    if len(lines) > most_lines:
        kept[-1] = _cut(kept[-1], longest, is_more=True)
    return tuple(kept)


def _cut(line: str, longest: int, *, is_more: bool) -> str:
    """Shorten a line to what a card has room for, at the end of a word where there is one."""
    if len(line) + is_more <= longest:
        return line.rstrip(ELLIPSIS) + ELLIPSIS if is_more else line
    room = line[: longest - 1]
    return (room.rsplit(" ", 1)[0] if " " in room else room).rstrip(f" {ELLIPSIS}") + ELLIPSIS


def _radii() -> Iterator[tuple[float, float]]:
    """Yield sizes of the outer ring, the smallest first, without end."""
    for step in count():
        grown = GROWTH**step
        ry = WIDE_RY * grown
        yield WIDE_RX * max(1.0, ry / TALLEST), ry


def _around(rings: Sequence[int], outer: Ellipse, turns: dict[int, int]) -> list[Box]:
    """Spread the cards of each ring evenly over their ellipse, the ring turned by a part of the distance."""
    placed: dict[int, int] = {}
    boxes = []
    for ring in rings:
        number, place = rings.count(ring), placed.get(ring, 0)
        placed[ring] = place + 1
        angle = 2 * pi * (place + turns[ring] / TURNS) / number - pi / 2
        rx, ry = outer.rx * RING_AT[ring], outer.ry * RING_AT[ring]
        boxes.append(Box(rx * cos(angle), ry * sin(angle), *WIDE_CARD))
    return boxes


def _ellipses(rings: Sequence[int], outer: Ellipse) -> tuple[Ellipse, ...]:
    return tuple(Ellipse(outer.rx * RING_AT[ring], outer.ry * RING_AT[ring]) for ring in sorted(set(rings)))


def _in_rows() -> Iterator[Box]:
    """Yield places from the middle outwards: a row above, a row below, each left and right."""
    width, height = NARROW_CARD
    x = NARROW_WIDTH / 2 - MARGIN - width / 2
    for row in count(1):
        y = NARROW_HUB[1] / 2 + GAP + (row - 0.5) * height + (row - 1) * GAP
        for sign in (-1, 1):
            yield Box(-x, sign * y, width, height)
            yield Box(x, sign * y, width, height)


def _framed(
    hub: Box, boxes: Sequence[Box], rings: Sequence[int], ellipses: Sequence[Ellipse], width: float = 0.0
) -> Picture:
    """Move everything so that the picture begins at nought, and ends where the last card does."""
    every = [hub, *boxes]
    left = -width / 2 if width else min(box.left for box in every) - MARGIN
    right = width / 2 if width else max(box.right for box in every) + MARGIN
    top = min(box.top for box in every) - MARGIN
    bottom = max(box.bottom for box in every) + MARGIN
    moved = [Box(box.x - left, box.y - top, box.width, box.height) for box in every]
    cards = tuple(
        Card(ring, box, *_line_end(moved[0], box, is_narrow=bool(width)))
        for ring, box in zip(rings, moved[1:], strict=True)
    )
    return Picture(right - left, bottom - top, moved[0], tuple(ellipses), cards)


def _line_end(hub: Box, box: Box, *, is_narrow: bool) -> tuple[float, float]:
    if not is_narrow:
        return box.x, box.y
    # Between the columns a line is seen all the way.
    return (box.right if box.x < hub.x else box.left), box.y

"""Rows that count alike, laid as steps: no more cells are chosen than steps are taken, and each step has its
own price. A slack in begun units would be let off the rounding, and prove too little.
"""

from collections.abc import Iterable, Iterator, Sequence

from rota.solver.row import Row

Steps = list[tuple[int, list[tuple[Row, int]]]]


def is_stepped(row: Row) -> bool:
    """Say whether a row prices a count in begun units."""
    weights = set(row.sum.terms.values())
    return bool(row.tier) and not row.slack and row.unit > 1 and len(weights) == 1 and min(weights) > 0


def together(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Give the rows that count the same cells together."""
    found: dict[frozenset[object], list[Row]] = {}
    for row in rows:
        found.setdefault(frozenset(row.sum.terms), []).append(row)
    yield from found.values()


def steps_of(rows: Sequence[Row]) -> Steps:
    """Give the counts at which rows that count alike cost more than before, and how many units more."""
    found: Steps = []
    for count in range(1, len(rows[0].sum.terms) + 1):
        if dearer := [(row, more) for row in rows if (more := _excess(row, count) - _excess(row, count - 1))]:
            found.append((count, dearer))
        elif found:
            found.append((count, []))
    return found


def _excess(row: Row, count: int) -> int:
    weight = next(iter(row.sum.terms.values()))
    return max(0, -(-(row.sum.constant + weight * count - row.most) // row.unit))

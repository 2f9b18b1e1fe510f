"""Which cells are improved together: parts that rows tie to each other, as long as that stays small."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rota.solver.row import Row

# Cells. Small parts are put together, for each costs the search a moment of its own; large ones are kept
# apart, though rows tie them, for they are proved much sooner that way.
SMALL_PART = 120
LARGE_PART = 4000


def tied(parts: Sequence[set[int]], rows: Iterable[Row]) -> list[frozenset[int]]:
    """Put parts together: those with the most rows between them first, then what is small."""
    whole = {number: number for number in range(len(parts))}
    members = {number: set(part) for number, part in enumerate(parts)}
    for one, other in _by_ties(parts, rows):
        kept, lost = whole[one], whole[other]
        if kept != lost and len(members[kept]) + len(members[lost]) <= LARGE_PART:
            members[kept] |= members.pop(lost)
            whole.update({number: kept for number, home in whole.items() if home == lost})
    return merged(sorted(members.values(), key=len))


def merged(parts: Sequence[set[int]]) -> list[frozenset[int]]:
    """Put small parts together."""
    whole: list[set[int]] = []
    for part in parts:
        if whole and len(whole[-1]) < SMALL_PART:
            whole[-1] |= part
        else:
            whole.append(set(part))
    return [frozenset(part) for part in whole]


def _by_ties(parts: Sequence[set[int]], rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
    part_of = {cell: number for number, part in enumerate(parts) for cell in part}
    ties: Counter[tuple[int, int]] = Counter()
    for row in rows:
        if row.sum.greatest > row.most:
            ties.update(combinations(sorted({part_of[cell] for cell in row.sum.cells}), 2))
    yield from sorted(ties, key=lambda pair: (-ties[pair], pair))

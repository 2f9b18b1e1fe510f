"""Rows around cells that are settled: what stays to be decided, with everything else counted in."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from rota.solver.row import AnyOf, Atom, Row, Sum


def around(rows: Sequence[Row], settled: Collection[int], numbers: Mapping[int, int]) -> Iterator[Row]:
    """Give the rows that hang on open cells, each known by its new number; settled cells are chosen.

    Cells that are neither are not chosen. Rows that hang on no open cell and are kept say nothing any more.
    """
    known: dict[AnyOf, AnyOf | None] = {}
    for row in rows:
        amount = _sum_around(row.sum, settled, numbers, known)
        if amount.terms or amount.constant > row.most:
            yield replace(row, sum=amount)


def _sum_around(
    amount: Sum, settled: Collection[int], numbers: Mapping[int, int], known: dict[AnyOf, AnyOf | None]
) -> Sum:
    terms: dict[Atom, int] = {}
    constant = amount.constant
    for atom, weight in amount.terms.items():
        if isinstance(atom, int):
            if atom in numbers:
                terms[numbers[atom]] = terms.get(numbers[atom], 0) + weight
            constant += weight * (atom in settled)
        elif any(cell in settled for cell in atom.cells):
            constant += weight
        else:
            if atom not in known:
                known[atom] = _any_around(atom, numbers)
            if (rest := known[atom]) is not None:
                terms[rest] = weight
    return Sum(terms, constant)


def _any_around(atom: AnyOf, numbers: Mapping[int, int]) -> AnyOf | None:
    groups = (tuple(numbers[cell] for cell in group if cell in numbers) for group in atom.groups)
    left = tuple(group for group in groups if group)
    return AnyOf(atom.name, left) if left else None

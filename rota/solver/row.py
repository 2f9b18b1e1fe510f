"""Linear rows over placements: the one language in which rules speak to a model.

A cell is a yes or no that the search decides, known by its number. A row says that a sum of cells is at most
so much.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class AnyOf:
    """One when at least one of its cells is chosen. In each group at most one cell can be."""

    name: str
    groups: tuple[tuple[int, ...], ...]

    @property
    def cells(self) -> Iterator[int]:
        return (cell for group in self.groups for cell in group)

    def value(self, chosen: Collection[int]) -> int:
        return int(any(cell in chosen for cell in self.cells))


Atom = int | AnyOf


class Sum:
    """A weighted sum of cells and a constant."""

    __slots__ = ("constant", "terms")

    def __init__(self, terms: dict[Atom, int] | None = None, constant: int = 0) -> None:
        self.terms = terms if terms is not None else {}
        self.constant = constant

    @classmethod
    def of(cls, atoms: Iterable[Atom], times: int = 1) -> "Sum":
        """Add up atoms, each with the same weight."""
        return cls(dict.fromkeys(atoms, times))

    @classmethod
    def weighted(cls, weights: Iterable[tuple[Atom, int]], constant: int = 0) -> "Sum":
        """Add up atoms, each with its own weight, and a constant."""
        return cls(dict(weights), constant)

    def __add__(self, other: "Sum | int") -> "Sum":
        return self.plus(other)

    def __sub__(self, other: "Sum | int") -> "Sum":
        return self.plus(other, -1)

    def __mul__(self, times: int) -> "Sum":
        return Sum({atom: times * weight for atom, weight in self.terms.items()}, times * self.constant)

    def plus(self, other: "Sum | int", times: int = 1) -> "Sum":
        """Give the sum of this and so many times the other."""
        if isinstance(other, int):
            return Sum(self.terms, self.constant + times * other)
        terms = dict(self.terms)
        for atom, weight in other.terms.items():
            terms[atom] = terms.get(atom, 0) + times * weight
        return Sum(terms, self.constant + times * other.constant)

    @property
    def cells(self) -> Iterator[int]:
        """Every cell that the sum hangs on."""
        for atom in self.terms:
            yield from (atom,) if isinstance(atom, int) else atom.cells

    def value(self, chosen: Collection[int]) -> int:
        # A plain loop: plans are weighed many thousand times, and this is most of it.
        value = self.constant
        for atom, weight in self.terms.items():
            if atom in chosen if isinstance(atom, int) else atom.value(chosen):
                value += weight
        return value

    @property
    def least(self) -> int:
        return self.constant + sum(weight for weight in self.terms.values() if weight < 0)

    @property
    def greatest(self) -> int:
        return self.constant + sum(weight for weight in self.terms.values() if weight > 0)


def total(sums: Iterable[Sum]) -> Sum:
    """Add up sums."""
    terms: dict[Atom, int] = {}
    constant = 0
    for each in sums:
        constant += each.constant
        for atom, weight in each.terms.items():
            terms[atom] = terms.get(atom, 0) + weight
    return Sum(terms, constant)


@dataclass(frozen=True, eq=False)
class Row:
    """`sum` is at most `most`; what is above counts in begun units, each costing `weight` in `tier`.

    `tier` None makes the row hard: it may be broken only as far as fixed cells break it already.
    Rows that name the same `slack` share it: what counts is the worst of them. Within a tier, rows of a
    higher `rank` come before those of a lower one.
    """

    name: str
    sum: Sum
    most: int
    unit: int = 1
    tier: str | None = None
    weight: int = 1
    slack: str = ""
    rank: int = 0

    def excess(self, chosen: Collection[int]) -> int:
        """Count the begun units above the limit."""
        return begun(self.sum.value(chosen) - self.most, self.unit)


def begun(amount: int, unit: int) -> int:
    """Count the begun units in an amount; nothing below zero counts.

    >>> begun(61, 60), begun(60, 60), begun(-5, 60)
    (2, 1, 0)
    """
    return max(0, -(-amount // unit))

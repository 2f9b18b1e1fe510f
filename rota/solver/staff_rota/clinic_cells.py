"""The cells of clinics: whether each is opened, and how many people of a bundle it sees."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from rota.solver.row import Sum
from rota.solver.staff_rota.problem import Bundle, Opening, Problem, Served

Serves = Callable[[Bundle, Opening], bool]


class Digit(NamedTuple):
    """A cell that stands for so many people of a bundle in an opening."""

    cell: int
    worth: int


class ClinicCells:
    """Cells from number `first` on: openings that can be opened, then the digits of whom they see.

    `may_open` says whether the search may open a clinic, `serves` whether people may be sent there.
    """

    def __init__(
        self, problem: Problem, first: int, may_open: Callable[[Opening], bool], serves: Serves
    ) -> None:
        self.problem, self.first = problem, first
        self._opened: dict[int, int] = {}
        self._digits: dict[tuple[int, int], list[Digit]] = {}
        cell = first
        for opening in problem.clinics.openings:
            if not opening.is_fixed and may_open(opening):
                self._opened[opening.number] = cell
                cell += 1
        for bundle, opening in self._pairs(serves):
            worths = sorted(self._worths(bundle, opening), reverse=True)
            digits = [Digit(number, worth) for number, worth in enumerate(worths, cell)]
            self._digits[bundle.number, opening.number] = digits
            cell += len(digits)
        self.count = cell - first

    def opened(self, opening: Opening) -> Sum:
        """Is one when the clinic is held, else nought."""
        if opening.is_fixed:
            return Sum(constant=1)
        cell = self._opened.get(opening.number)
        return Sum() if cell is None else Sum.of([cell])

    def can_open(self, opening: Opening) -> bool:
        """Say whether it is the search that opens it."""
        return opening.number in self._opened

    def served(self, bundle: Bundle, opening: Opening) -> Sum:
        """Count the people of a bundle who are seen in an opening."""
        return Sum.weighted((digit.cell, digit.worth) for digit in self.digits_of(bundle, opening))

    def digits_of(self, bundle: Bundle, opening: Opening) -> list[Digit]:
        """Give the cells that count the people of a bundle in an opening, the largest first."""
        return self._digits.get((bundle.number, opening.number), [])

    def of_opening(self, opening: Opening) -> Iterator[int]:
        """Give the cells that belong to an opening."""
        yield from self.opened(opening).cells
        for (_, number), digits in self._digits.items():
            if number == opening.number:
                yield from (digit.cell for digit in digits)

    @property
    def of_bundles(self) -> list[list[int]]:
        """The cells of each bundle that anybody could see, in order of time."""
        found: dict[int, list[tuple[int, int]]] = {}
        known = self.problem.clinics.opening_by_number
        for (bundle, opening), digits in self._digits.items():
            when = known[opening].session
            found.setdefault(bundle, []).extend((when, digit.cell) for digit in digits)
        return [[cell for _, cell in sorted(cells)] for cells in found.values()]

    @property
    def of_series(self) -> list[list[int]]:
        """The openings of each type and area, in order of time: what says how often, and how regularly."""
        found: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for number, cell in self._opened.items():
            opening = self.problem.clinics.opening_by_number[number]
            found.setdefault((opening.kind, opening.area), []).append((opening.session, cell))
        return [[cell for _, cell in sorted(cells)] for cells in found.values()]

    @property
    def names(self) -> Iterator[str]:
        """Name each cell as a sentence, for the log."""
        for opening in self._opened:
            yield f"clinic {opening} is opened"
        for (bundle, opening), digits in self._digits.items():
            for digit in digits:
                yield f"clinic {opening} sees {digit.worth} of bundle {bundle}"

    def openings_in(self, chosen: Collection[int]) -> frozenset[int]:
        """Read which clinics a choice opens; those that are fixed are always among them."""
        fixed = {opening.number for opening in self.problem.clinics.openings if opening.is_fixed}
        return frozenset(fixed.union(number for number, cell in self._opened.items() if cell in chosen))

    def served_in(self, chosen: Collection[int]) -> frozenset[Served]:
        """Read whom a choice sees where."""
        counts = {
            pair: sum(digit.worth for digit in digits if digit.cell in chosen)
            for pair, digits in self._digits.items()
        }
        return frozenset(Served(*pair, count) for pair, count in counts.items() if count)

    def chosen_in(self, openings: Iterable[int], served: Iterable[Served]) -> Iterator[int]:
        """Give the cells that stand for these clinics and people, as far as they exist."""
        yield from (self._opened[number] for number in openings if number in self._opened)
        for each in served:
            left = each.count
            for digit in self._digits.get((each.bundle, each.opening), ()):
                if digit.worth <= left:
                    left -= digit.worth
                    yield digit.cell

    def _pairs(self, serves: Serves) -> Iterator[tuple[Bundle, Opening]]:
        clinics = self.problem.clinics
        for bundle in clinics.bundles:
            for opening in clinics.openings:
                is_there = opening.is_fixed or opening.number in self._opened
                if is_there and clinics.can_serve(opening, bundle) and serves(bundle, opening):
                    yield bundle, opening

    def _worths(self, bundle: Bundle, opening: Opening) -> Iterator[int]:
        """Give 1, 2, 4, ... and a rest: together they make every number up to the most, and none above."""
        left, worth = self.problem.clinics.can_serve(opening, bundle), 1
        while left:
            yield min(worth, left)
            left -= min(worth, left)
            worth *= 2

"""First clinics by hand: no single cell of theirs could begin, so each is opened with its team at once."""

from collections.abc import Iterable, Iterator

from rota.solver.row import Row
from rota.solver.search.start import Change, Filling
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Opening


class ClinicStart:
    """Opens clinics one by one in a choice of cells, as long as that is worth it for what clinics are for.

    What else their people's hours are worth is left aside: the rota gives them hours as well.
    """

    def __init__(self, placements: Placements, rows: Iterable[Row], filling: Filling) -> None:
        self.placements, self.filling = placements, filling
        self.problem = placements.problem
        rows = list(rows)
        own = [row for row in rows if row.tier is None or row.name.startswith("C")]
        self._bound = self._bound_by(rows)
        self.worth = Filling(placements.count, own, filling.chosen, filling.tiers)

    def open(self) -> None:
        """Open what was published, then, day after day, what is worth it."""
        clinics = self.placements.clinics
        openings = [each for each in self.problem.clinics.openings if clinics.can_open(each)]
        for opening in sorted(openings, key=lambda each: (not each.is_published, each.session, each.number)):
            before = self.filling.chosen.copy()
            changes = [*self._opened(opening)]
            total = tuple(sum(amounts) for amounts in zip(*changes, strict=True))
            # Whoever is missing breaks a hard rule, which counts before all else. And no hard rule makes up
            # for another: somebody who is pinned to a seat opens no clinic that has no room.
            if total >= (0,) * len(total) or not self._may_open(opening):
                for cell in self.filling.chosen - before:
                    self.filling.remove(cell)
                    self.worth.remove(cell)

    def _bound_by(self, rows: Iterable[Row]) -> dict[int, list[tuple[Row, int]]]:
        """Give the hard rows that opening each clinic has a part in, and how far each is broken anyway."""
        cells = {
            cell
            for each in self.problem.clinics.openings
            for cell in self.placements.clinics.opened(each).cells
        }
        found: dict[int, list[tuple[Row, int]]] = {cell: [] for cell in cells}
        for row in rows:
            if row.tier is None:
                for cell in cells.intersection(row.sum.cells):
                    found[cell].append((row, row.excess(self.placements.pinned)))
        return found

    def _may_open(self, opening: Opening) -> bool:
        """Say whether what was chosen breaks no hard row of an opened clinic further than pins do."""
        return all(
            row.excess(self.filling.chosen) <= broken
            for cell in self.placements.clinics.opened(opening).cells
            for row, broken in self._bound[cell]
        )

    def _opened(self, opening: Opening) -> Iterator[Change]:
        """Open a clinic, take whom it needs, and send people there; tell what each step is worth."""
        for cell in self.placements.clinics.opened(opening).cells:
            self.filling.force(cell)
            yield self.worth.force(cell)
        for seat, number in zip(self.problem.clinics.kind_of(opening).seats, opening.duties, strict=True):
            yield from self._seated(number, seat.needed)
        for bundle in self.problem.clinics.bundles:
            for digit in self.placements.clinics.digits_of(bundle, opening):
                change = self.worth.change(digit.cell)
                if change and change < (0,) * len(change):
                    self.filling.add(digit.cell)
                    yield self.worth.force(digit.cell)

    def _seated(self, number: int, needed: int) -> Iterator[Change]:
        """Take so many people for a seat, those who cost least."""
        taking = [
            cell
            for cell, person in self.placements.present_on(self.problem.duty_by_number[number])
            if self.problem.counts_as_cover(person)
        ]
        for _ in range(needed - len(self.filling.chosen.intersection(taking))):
            offers = [
                (change, cell)
                for cell in taking
                if cell not in self.filling.chosen and (change := self.filling.change(cell))
            ]
            if offers:
                _, cell = min(offers)
                self.filling.add(cell)
                yield self.worth.force(cell)

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
        own = [row for row in rows if row.tier is None or row.name.startswith("C")]
        self.worth = Filling(placements.count, own, filling.chosen, filling.tiers)

    def open(self) -> None:
        """Open what was published, then, day after day, what is worth it."""
        clinics = self.placements.clinics
        openings = [each for each in self.problem.clinics.openings if clinics.can_open(each)]
        for opening in sorted(openings, key=lambda each: (not each.is_published, each.session, each.number)):
            before = self.filling.chosen.copy()
            changes = [*self._opened(opening)]
            total = tuple(sum(amounts) for amounts in zip(*changes, strict=True))
            # Whoever is missing breaks a hard rule, which counts before all else.
            if total >= (0,) * len(total):
                for cell in self.filling.chosen - before:
                    self.filling.remove(cell)
                    self.worth.remove(cell)

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

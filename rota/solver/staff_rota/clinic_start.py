"""First clinics by hand: no single cell of theirs could begin, so each is opened with its team at once."""

from collections.abc import Iterator

from rota.solver.search.start import Change, Filling
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Opening


def open_clinics(placements: Placements, filling: Filling) -> None:
    """Open in a choice of cells what was published, then, day after day, what is worth it."""
    openings = [each for each in placements.problem.clinics.openings if placements.clinics.can_open(each)]
    for opening in sorted(openings, key=lambda each: (not each.is_published, each.session, each.number)):
        before = filling.chosen.copy()
        changes = [*opened(placements, filling, opening)]
        total = tuple(sum(amounts) for amounts in zip(*changes, strict=True))
        # Whoever is missing breaks a hard rule, which counts before all else.
        if total >= (0,) * len(total):
            for cell in filling.chosen - before:
                filling.remove(cell)


def opened(placements: Placements, filling: Filling, opening: Opening) -> Iterator[Change]:
    """Open a clinic, take whom it needs, and send people there; tell what each step changes."""
    problem = placements.problem
    for cell in placements.clinics.opened(opening).cells:
        yield filling.force(cell)
    for seat, number in zip(problem.clinics.kind_of(opening).seats, opening.duties, strict=True):
        taking = [
            cell
            for cell, person in placements.present_on(problem.duty_by_number[number])
            if problem.counts_as_cover(person)
        ]
        for _ in range(seat.needed - len(filling.chosen.intersection(taking))):
            offers = [
                (change, cell)
                for cell in taking
                if cell not in filling.chosen and (change := filling.change(cell))
            ]
            if offers:
                change, cell = min(offers)
                filling.add(cell)
                yield change
    for bundle in problem.clinics.bundles:
        for digit in placements.clinics.digits_of(bundle, opening):
            change = filling.change(digit.cell)
            if change and change < (0,) * len(change):
                filling.add(digit.cell)
                yield change

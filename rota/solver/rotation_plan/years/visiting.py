"""A learner's errands, as CP-SAT is told of them: what is open to be laid anew, and what is kept."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from rota.solver.rotation_plan.years.errands import Errands, Prices
from rota.solver.rotation_plan.years.mix import Year
from rota.solver.search.visits import Visit, Visitor


class Anew(NamedTuple):
    """A learner's year, to be laid anew as a whole, or the stays that lie within a span."""

    learner: int
    year: Year
    span: range | None = None

    def is_kept(self, first: int, end: int) -> bool:
        """Say whether a stay that is made now stays as it is."""
        return self.span is not None and not (first >= self.span.start and end <= self.span.stop)


def visitor_of(errands: Errands, anew: Anew, ahead: int, worth: Prices, others: int) -> Visitor:
    """Tell of a learner with what is open: by `worth`, that of each first period, kind and host."""
    wishes = errands.learner.wishes
    visits = [*_open(errands, anew, worth, others)]
    return Visitor(
        visits=visits,
        kept=frozenset(
            visit.cell for visit in visits if visit.cell in anew.year and anew.is_kept(visit.first, visit.end)
        ),
        groups=[
            (frozenset(group), count) for group, count in zip(errands.groups, errands.counts, strict=True)
        ],
        earlier={
            kind: frozenset(number for number in range(errands.kinds) if earlier >> number & 1)
            for kind, earlier in enumerate(errands.before)
            if earlier
        },
        most_per_host=errands.most_per_host,
        begin=errands.learner.first,
        moving=wishes.moving,
        waiting=wishes.waiting,
        most=wishes.most,
        ahead=ahead,
    )


def _open(errands: Errands, anew: Anew, worth: Prices, others: int) -> Iterator[Visit]:
    """Give the visits that may be made: those that fit in beside what is kept, and are worth most.

    What is worth infinitely much is always open, and of what is not, so many in each period.
    """
    made = {cell: np.argwhere(errands.cells == cell)[0].tolist() for cell in anew.year}
    length = errands.length
    kept = {cell for cell, (first, _, _) in made.items() if anew.is_kept(first, first + length)}
    done = [made[cell][1] for cell in kept]
    is_open = errands.cells >= 0
    is_open[:, done] = False
    for first in range(errands.periods):
        if anew.is_kept(first, first + length):
            is_open[first] = False
            continue
        of_period = np.where(is_open[first], worth[first], -np.inf)
        finite = np.sort(of_period[np.isfinite(of_period)])
        least = finite[-others] if len(finite) > others else -np.inf
        is_open[first] &= (of_period >= least) & (of_period > -np.inf)
    for cell in anew.year:
        is_open[tuple(made[cell])] = True
    for first, kind, host in np.argwhere(is_open).tolist():
        cell = int(errands.cells[first, kind, host])
        yield Visit(cell, kind, host, first, first + length, int(errands.points[kind, host]))

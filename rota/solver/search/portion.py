"""A part of the cells as a model of its own, so that many small searches do what one large one cannot.

What ties a part to the rest is either let go, for a bound that adds up over the parts, or held as the rest
stands, for a choice that fits in.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from rota.solver.row import Atom, Row, Sum
from rota.solver.search.fixing import around
from rota.solver.search.model import Model
from rota.solver.search.stages import Costs, Stage, costs_by_stage, floors_of


class Hold(NamedTuple):
    """A stage that is done: what a part costs in it at least, and what more the others could leave to it."""

    stage: Stage
    least: int
    spare: int
    is_proved: bool = True


class Portion:
    """Some cells of a whole model, the rows that hang on them alone, and the ties of them to the rest."""

    def __init__(self, whole: Model, cells: Collection[int], own: Sequence[Row], ties: Sequence[Row]) -> None:
        self.whole = whole
        self.cells = sorted(cells)
        self.numbers = {cell: number for number, cell in enumerate(self.cells)}
        self.own, self.ties = own, ties
        self.held: list[Hold] = []
        # Its best alone did not fit with the rest, the last time.
        self.is_tight = False
        self._priced = [row for row in (*own, *ties) if row.tier or row.excess(whole.baseline)]
        self._fitting = [(row, row.excess(whole.baseline)) for row in ties if row.tier is None]
        loose = loosened((row for row, broken in self._fitting if not broken), self.numbers)
        rows = [*around(own, (), self.numbers), *loose]
        self.alone = Model(self._names, rows, self.inside(whole.baseline))
        self.floors = floors_of(rows)
        self._weighed: frozenset[int] | None = None
        self._costs: Costs = {}

    def inside(self, chosen: Collection[int]) -> frozenset[int]:
        """Give the cells of this part in a choice, by their numbers here."""
        return frozenset(number for cell, number in self.numbers.items() if cell in chosen)

    def joined(self, chosen: frozenset[int], inside: Iterable[int]) -> frozenset[int]:
        """Give a choice with its cells of this part replaced."""
        return chosen.difference(self.cells).union(self.cells[number] for number in inside)

    def costs(self, chosen: frozenset[int]) -> Costs:
        """Work out what a choice costs in this part and in its ties; the last one is remembered."""
        if chosen is not self._weighed:
            self._weighed, self._costs = chosen, costs_by_stage(self._priced, chosen)
        return self._costs

    def fits(self, chosen: Collection[int]) -> bool:
        """Say whether a choice breaks no tie further than what is fixed breaks it."""
        return all(row.excess(chosen) <= broken for row, broken in self._fitting)

    def strained(self, chosen: Collection[int]) -> Iterator[Row]:
        """Give the ties that a choice breaks, or that cost something in it."""
        yield from (row for row, broken in self._fitting if row.excess(chosen) > broken)
        yield from (row for row in self.ties if row.tier and row.excess(chosen))

    @property
    def is_loose(self) -> bool:
        """Say whether alone this part may cost more in a stage before than it does in the choice so far."""
        return any(hold.spare for hold in self.held)

    def hold(self, hold: Hold) -> None:
        """Hold a stage: alone at the most that other parts could leave to it, amid them as chosen."""
        self.held.append(hold)
        if hold.stage in self.alone.stages:
            self.alone.cp.add(self.alone.price(hold.stage) <= hold.least + hold.spare)

    def amid(self, chosen: frozenset[int]) -> Model:
        """Give a model of this part with the rest as chosen."""
        rest = chosen.difference(self.cells)
        rows = around((*self.own, *self.ties), rest, self.numbers)
        model = Model(self._names, rows, self.inside(chosen))
        costs = model.costs(self.inside(chosen))
        for hold in self.held:
            if hold.stage in costs:
                model.cp.add(model.price(hold.stage) <= costs[hold.stage])
        return model

    @property
    def _names(self) -> Iterator[str]:
        return (self.whole.cells[cell].name for cell in self.cells)


def united(portions: Sequence[Portion], chosen: frozenset[int]) -> Portion:
    """Put portions together that get in each other's way; `chosen` is the choice so far."""
    cells = {cell for portion in portions for cell in portion.cells}
    ties = list(dict.fromkeys(row for portion in portions for row in portion.ties))
    inner = [row for row in ties if cells.issuperset(row.sum.cells) and not row.slack]
    own = [row for portion in portions for row in portion.own]
    kept = set(inner)
    whole = Portion(portions[0].whole, cells, [*own, *inner], [row for row in ties if row not in kept])
    now = whole.alone.costs(whole.inside(chosen))
    for holds in zip(*(portion.held for portion in portions), strict=True):
        stage, least = holds[0].stage, sum(hold.least for hold in holds)
        if all(hold.is_proved for hold in holds):
            whole.hold(Hold(stage, least, max(hold.spare for hold in holds)))
        else:
            # What ties them to each other is theirs now, and costs what it costs in the choice.
            whole.hold(Hold(stage, now.get(stage, 0), 0, is_proved=False))
    return whole


def portions_of(whole: Model, parts: Sequence[frozenset[int]]) -> list[Portion]:
    """Cut a model into parts, the smallest first."""
    part_of = {cell: number for number, part in enumerate(parts) for cell in part}
    touched = [
        (row, {part_of[cell] for cell in row.sum.cells}) for row in whole.rows if row.sum.greatest > row.most
    ]
    together: dict[str, set[int]] = defaultdict(set)
    for row, numbers in touched:
        together[row.slack] |= numbers
    own: dict[int, list[Row]] = defaultdict(list)
    ties: dict[int, list[Row]] = defaultdict(list)
    for row, numbers in touched:
        # Of rows that share a slack the worst counts, which only all of them tell.
        near = together[row.slack] if row.slack else numbers
        for number in near:
            (own if len(near) == 1 else ties)[number].append(row)
    order = sorted(range(len(parts)), key=lambda number: len(parts[number]))
    return [Portion(whole, parts[number], own[number], ties[number]) for number in order]


def loosened(ties: Iterable[Row], numbers: Mapping[int, int]) -> Iterator[Row]:
    """Give what ties ask of some cells when all others do their best for them."""
    for row in ties:
        terms: dict[Atom, int] = {}
        least = row.sum.constant
        for atom, weight in row.sum.terms.items():
            if isinstance(atom, int) and atom in numbers:
                terms[numbers[atom]] = weight
            else:
                least += min(0, weight)
        if terms:
            yield replace(row, sum=Sum(terms, least))

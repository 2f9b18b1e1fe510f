"""An automaton made from rows: a state splits where a row's sum so far still matters."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from rota.solver.row import AnyOf, Row
from rota.solver.search.automaton import Automaton, Layer, Numbers, anything, minimised, packed
from rota.solver.search.laid_rows import LaidRow, Lane, batches_of, is_at_most_one, is_count
from rota.solver.search.stages import Stage

# Rows over more steps are laid one by one, on an automaton that knows the shorter ones already.
SHORT = 16
MOST_ARCS = 30_000_000
# Limits on counts that would make an automaton larger than this are left out where they may be.
EASED_ARCS = 200_000

Column = int | AnyOf | str


class TooMany(Exception):
    """More arcs than there is room for."""


class Indivisible(Exception):
    """Rows that do not divide by person, that allow somebody nothing, or that have too much to remember."""


def compiled(
    cells: Sequence[int], rows: Sequence[Row], baseline: Collection[int] = (), strict: bool = True
) -> Automaton:
    """Compile the rows of one person over cells in order of time; raise Indivisible where they are too many.

    Not strict, a hard row that the baseline breaks may be broken as far, for a cost in tier T0.
    """
    return compiled_and_eased(cells, rows, baseline, strict, MOST_ARCS)[0]


def compiled_and_eased(
    cells: Sequence[int],
    rows: Sequence[Row],
    baseline: Collection[int],
    strict: bool,
    most: int = EASED_ARCS,
    is_over: Callable[[], bool] = lambda: False,
) -> tuple[Automaton, list[Row]]:
    """Compile rows, and give those limits on counts that are left out: with them there would be more arcs.

    Nobody waits for the automaton any more once it is over: that raises Indivisible too.
    """
    lane = Lane(cells, rows, baseline)
    together = {frozenset(step) for step in lane.steps}
    laid = [
        laid
        for row in rows
        if row.sum.greatest > row.most
        and row.sum.terms
        and not (is_at_most_one(row) and any(step.issuperset(row.sum.cells) for step in together))
        for laid in lane.lay(row, strict)
    ]
    automaton, eased = anything(lane.steps), list[Row]()
    for batch in sorted(batches_of(laid, SHORT), key=is_count):
        room = max(most, 2 * automaton.arcs) if is_count(batch) else MOST_ARCS
        try:
            larger = minimised(Laying(automaton, lane, batch).automaton(room, is_over))
        except TooMany:
            if not is_count(batch):
                raise Indivisible from None
            eased += [laid.row for laid in batch]
            continue
        automaton = larger
        if automaton.is_empty:
            break
    return automaton, eased


class Laying:
    """Lays rows on an automaton: its states are split by what the rows have summed up to so far."""

    def __init__(self, automaton: Automaton, lane: Lane, rows: Sequence[LaidRow]) -> None:
        self.old = automaton
        self.rows = rows
        self._any = {any_of: lane.options(any_of) for row in rows for any_of in row.across}
        self._ends: dict[Column, int] = {number: row.last for number, row in enumerate(rows)}
        self._ends |= {any_of: max(places) for any_of, places in self._any.items()}
        self._opens: dict[int, list[Column]] = defaultdict(list)
        for any_of, places in self._any.items():
            self._opens[min(places)].append(any_of)
        slacks: dict[str, list[LaidRow]] = defaultdict(list)
        for number, row in enumerate(rows):
            self._opens[row.first].append(number)
            if row.row.slack:
                slacks[row.row.slack].append(row)
        for slack, members in slacks.items():
            self._opens[min(row.first for row in members)].append(slack)
            self._ends[slack] = max(row.last for row in members)
        self._least, self._greatest = self._ahead()

    def automaton(self, most: int, is_over: Callable[[], bool]) -> Automaton:
        """Lay the rows, layer by layer; raise TooMany beyond so many arcs, Indivisible once it is over."""
        self.columns: list[Column] = []
        self.values: Numbers = np.zeros((1, 0), np.int64)
        states: Numbers = np.zeros(1, np.int64)
        layers: list[Layer] = []
        arcs = 0
        for place, layer in enumerate(self.old.layers):
            self._open(place)
            states, made = self._step(place, layer, states)
            layers.append(made)
            arcs += len(made.source)
            if arcs > most:
                raise TooMany
            if is_over():
                raise Indivisible
        return Automaton(self.old.steps, tuple(layers))

    def _open(self, place: int) -> None:
        new = self._opens.get(place, [])
        starts = [self.rows[each].row.sum.constant if isinstance(each, int) else 0 for each in new]
        begun = np.tile(np.array(starts, np.int64), (len(self.values), 1))
        self.values, self.columns = np.hstack([self.values, begun]), self.columns + new

    def _step(self, place: int, layer: Layer, states: Numbers) -> tuple[Numbers, Layer]:
        """Go one step on from each state; give the old automaton's states that are reached, and the arcs."""
        source, arcs = spread(layer, states)
        self.values = self.values[source]
        self._add(place, layer.option[arcs])
        kept = self._allowed(place, layer.target[arcs])
        source, arcs, self.values = source[kept], arcs[kept], self.values[kept]
        target = layer.target[arcs]
        costs = {stage: amounts[arcs].copy() for stage, amounts in layer.costs.items()}
        self._settle(place, target, costs)
        going_on = [number for number, each in enumerate(self.columns) if self._ends[each] > place]
        self.values = self.values[:, going_on]
        self.columns = [self.columns[number] for number in going_on]
        keys = packed([target, *self.values.T])
        _, first, state = np.unique(keys, return_index=True, return_inverse=True)
        self.values = self.values[first]
        return target[first], Layer(source, layer.option[arcs], state.astype(np.int64), len(first), costs)

    def _add(self, place: int, option: Numbers) -> None:
        """Add what each arc's option adds to each row, and note which "any of" begin to hold."""
        for number, each in enumerate(self.columns):
            if isinstance(each, int) and place in self.rows[each].adds:
                self.values[:, number] += self.rows[each].adds[place][option]
        for number, each in enumerate(self.columns):
            if isinstance(each, AnyOf) and place in self._any[each]:
                hits = np.isin(option, self._any[each][place])
                begins = hits & (self.values[:, number] == 0)
                self.values[hits, number] = 1
                for other, row in enumerate(self.columns):
                    if isinstance(row, int) and each in self.rows[row].across:
                        self.values[begins, other] += self.rows[row].across[each]

    def _allowed(self, place: int, target: Numbers) -> NDArray[np.bool_]:
        """Say which arcs can still keep every hard row."""
        allowed = np.ones(len(target), bool)
        for number, each in enumerate(self.columns):
            if not isinstance(each, int):
                continue
            laid = self.rows[each]
            if laid.stage is None:
                allowed &= self.values[:, number] + self._least[place, each][target] <= laid.most
        return allowed

    def _settle(self, place: int, target: Numbers, costs: dict[Stage, Numbers]) -> None:
        """Forget what no longer matters, and pay for what is sure to cost."""
        for number, each in enumerate(self.columns):
            if not isinstance(each, int):
                continue
            laid, values = self.rows[each], self.values[:, number]
            np.maximum(values, laid.most - self._greatest[place, each][target], out=values)
            if laid.stage is None:
                continue
            sure = np.maximum(values + self._least[place, each][target] - laid.most, 0)
            units = sure // laid.row.unit if laid.last > place else -(-sure // laid.row.unit)
            if laid.row.slack:
                if laid.last > place:
                    continue
                worst = self.values[:, self.columns.index(laid.row.slack)]
                units = np.maximum(units - worst, 0)
                worst += units
            else:
                values -= units * laid.row.unit
            if units.any():
                costs[laid.stage] = costs.get(laid.stage, 0) + units * laid.row.weight

    def _ahead(self) -> tuple[dict[tuple[int, int], Numbers], dict[tuple[int, int], Numbers]]:
        """Give what each row can still gain, at least and at most, after a step and from each state there."""
        least: dict[tuple[int, int], Numbers] = {}
        greatest: dict[tuple[int, int], Numbers] = {}
        for place in range(len(self.old.layers) - 1, -1, -1):
            layer = self.old.layers[place]
            starts = first_arcs(layer) if len(layer.source) else np.zeros(0, np.int64)
            for number, row in enumerate(self.rows):
                if not row.first <= place <= row.last:
                    continue
                if place == row.last:
                    nothing = np.zeros(layer.states, np.int64)
                    least[place, number], greatest[place, number] = nothing, nothing
                if place == row.first:
                    continue
                adds = row.adds[place][layer.option] if place in row.adds else 0
                ending = [row.across[each] for each, end in row.ends.items() if end == place]
                low, high = (bound[place, number][layer.target] + adds for bound in (least, greatest))
                low += sum(min(0, weight) for weight in ending)
                high += sum(max(0, weight) for weight in ending)
                least[place - 1, number] = np.minimum.reduceat(low, starts)
                greatest[place - 1, number] = np.maximum.reduceat(high, starts)
        return least, greatest


def spread(layer: Layer, states: Numbers) -> tuple[Numbers, Numbers]:
    """Give the arcs that leave each of some states, and beside them the places of those states."""
    first = first_arcs(layer)
    number = np.append(first[1:], len(layer.source)) - first
    source = np.repeat(np.arange(len(states)), number[states])
    begins = np.cumsum(number[states]) - number[states]
    return source, first[states][source] + np.arange(len(source)) - begins[source]


def first_arcs(layer: Layer) -> Numbers:
    """Give the first arc of each state before a layer; every such state has one."""
    return np.flatnonzero(np.diff(layer.source, prepend=-1))

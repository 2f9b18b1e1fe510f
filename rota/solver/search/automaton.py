"""All patterns that one person's hard rows allow, as an automaton: a walk through it is a pattern.

It is compiled from rows, so rules need not be told again: a state remembers of each row what its cells have
summed up to, as far as that still matters (a decision diagram, as in Bergman, Cire, van Hoeve and Hooker,
Decision Diagrams for Optimization, 2016).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rota.solver.search.stages import Stage

Numbers = NDArray[np.int64]

# Keys of states are packed into whole numbers of 64 bits.
ROOM = 2**62


@dataclass(frozen=True)
class Layer:
    """The arcs of one step. `option` 0 takes none of the step's cells, n its nth; `costs` are by stage.

    Arcs are sorted by `source`, a state before the step; `target` is one of the `states` after it.
    """

    source: Numbers
    option: Numbers
    target: Numbers
    states: int
    costs: Mapping[Stage, Numbers] = field(default_factory=dict)


@dataclass(frozen=True)
class Automaton:
    """Layers of arcs, one for each step: a group of cells of which at most one can be chosen."""

    steps: tuple[tuple[int, ...], ...]
    layers: tuple[Layer, ...]

    @property
    def arcs(self) -> int:
        return sum(len(layer.source) for layer in self.layers)

    @property
    def is_empty(self) -> bool:
        """Say whether there is no pattern at all."""
        return any(not len(layer.source) for layer in self.layers)


def anything(steps: Sequence[tuple[int, ...]]) -> Automaton:
    """Allow every choice of at most one cell in each step."""
    layers = []
    for step in steps:
        options = np.arange(len(step) + 1)
        nothing = np.zeros_like(options)
        layers.append(Layer(nothing, options, nothing, 1))
    return Automaton(tuple(steps), tuple(layers))


def minimised(automaton: Automaton) -> Automaton:
    """Drop states that lead nowhere, and make one of those from which the same patterns go on at one cost."""
    layers: list[Layer] = []
    kinds = np.zeros(1, np.int64)
    for place in range(len(automaton.layers) - 1, -1, -1):
        before = automaton.layers[place - 1].states if place else 1
        kinds, layer = _merged(automaton.layers[place], kinds, before, len(automaton.steps[place]) + 1)
        layers.append(layer)
    return Automaton(automaton.steps, tuple(reversed(layers)))


def _merged(layer: Layer, after: Numbers, before: int, options: int) -> tuple[Numbers, Layer]:
    """Give a kind to each state before a layer (-1 to those that lead nowhere), and the arcs between kinds.

    `after` are the kinds of the states after it.
    """
    live = after[layer.target] >= 0
    target = np.full((before, options), -1, np.int64)
    target[layer.source[live], layer.option[live]] = after[layer.target[live]]
    costs = {stage: np.zeros((before, options), np.int64) for stage in layer.costs}
    for stage, table in costs.items():
        table[layer.source[live], layer.option[live]] = layer.costs[stage][live]
    lives = np.flatnonzero((target >= 0).any(axis=1))
    keys = packed([column for table in (target, *costs.values()) for column in table[lives].T])
    _, first, kind = np.unique(keys, return_index=True, return_inverse=True)
    kinds = np.full(before, -1, np.int64)
    kinds[lives] = kind
    chosen = lives[first]
    source, option = np.nonzero(target[chosen] >= 0)
    kept = {stage: table[chosen][source, option] for stage, table in costs.items()}
    kept = {stage: amounts for stage, amounts in kept.items() if amounts.any()}
    states = int(after.max(initial=-1)) + 1
    return kinds, Layer(source, option, target[chosen][source, option], states, kept)


def packed(columns: Sequence[Numbers]) -> Numbers:
    """Give equal rows of a table the same number, and different rows different ones."""
    keys, size = np.zeros(len(columns[0]), np.int64), 1
    for column in columns if len(keys) else ():
        least, width = int(column.min()), int(column.max()) - int(column.min()) + 1
        if size * width > ROOM:
            keys = np.unique(keys, return_inverse=True)[1].astype(np.int64)
            size = int(keys.max()) + 1
        keys, size = keys * width + (column - least), size * width
    return keys

"""A first choice of cells lane by lane: each takes what is best beside those before it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from rota.solver.row import Row
from rota.solver.search.clock import Clock
from rota.solver.search.pieces import Piece, Pieces
from rota.solver.search.run import run

# Seconds for one lane, of the solver's own, and the part of the time left that all of them may take.
SECONDS, PART = 0.5, 0.6
# A stage counts so many times the one after it, as far as numbers allow.
STEP, MOST = 200, 10**9


def one_by_one(
    rows: Sequence[Row],
    lanes: Sequence[Collection[int]],
    cells: int,
    chosen: frozenset[int],
    clock: Clock,
    should_stop: Callable[[], bool],
) -> frozenset[int]:
    """Improve a choice lane by lane: first those with the fewest cells, for they have the least to choose."""
    pieces, end = Pieces(rows, cells), (1 - PART) * clock.left
    limits = replace(clock.limits, workers=1, deterministic=True)
    for lane in sorted(lanes, key=len):
        if should_stop() or clock.left <= end:
            break
        piece = pieces.cut(lane, chosen)
        weigh(piece)
        outcome = run(
            piece.model.cp, limits, min(SECONDS, clock.left), 0.0, lambda values, bound: None, should_stop
        )
        clock.spend(outcome.deterministic)
        if outcome.values is not None:
            chosen = piece.whole(outcome.values)
    return chosen


def weigh(piece: Piece) -> None:
    """Ask for the least cost of all stages together, each far dearer than those after it."""
    weight, amount = 1, cp_model.LinearExpr.sum([])
    for stage in reversed(piece.model.stages):
        amount = amount + weight * piece.model.price(stage)
        weight = min(MOST, weight * STEP)
    piece.model.cp.minimize(amount)
    piece.model.hint(piece.start)

"""What lanes cost at least, each for itself: what they cost together is no less than the sum of that."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from rota.solver.search.clock import Clock
from rota.solver.search.model import Model
from rota.solver.search.portion import Portion, portions_of
from rota.solver.search.run import run
from rota.solver.search.stages import Costs, Stage, floors_of

# Seconds that even the smallest lane may take.
LEAST_SECONDS = 0.2


def least_alone(
    model: Model,
    lanes: Sequence[Collection[int]],
    stage: Stage,
    costs: Costs,
    clock: Clock,
    seconds: float,
    should_stop: Callable[[], bool],
) -> int:
    """Bound a stage by what each lane costs in it alone, the stages before it no dearer than in `costs`."""
    shared = {row.slack for row in model.rows if row.slack and row.sum.terms}
    settled = [row for row in model.rows if not row.sum.terms and row.slack not in shared]
    bound, end = floors_of(settled).get(stage, 0), clock.left - seconds
    portions = portions_of(model, [frozenset(lane) for lane in lanes])
    cells = sum(len(portion.cells) for portion in portions)
    for portion in portions:
        share = max(LEAST_SECONDS, (clock.left - end) * len(portion.cells) / cells)
        cells -= len(portion.cells)
        if clock.left - end <= 0 or should_stop():
            bound += portion.floors.get(stage, 0)
            continue
        bound += bound_of(portion, stage, costs, clock, share, should_stop)
    return bound


def bound_of(
    portion: Portion,
    stage: Stage,
    costs: Costs,
    clock: Clock,
    seconds: float,
    should_stop: Callable[[], bool],
) -> int:
    """Bound what one portion costs alone."""
    alone, floor = portion.alone, portion.floors.get(stage, 0)
    if stage not in alone.stages:
        return floor
    for each in alone.stages:
        if each.place < stage.place:
            alone.cp.add(alone.price(each) <= costs.get(each, 0))
    alone.cp.minimize(alone.price(stage))
    outcome = run(
        alone.cp,
        replace(clock.limits, seconds=seconds),
        seconds,
        0.0,
        lambda values, bound: None,
        should_stop,
        small=True,
    )
    clock.spend(outcome.deterministic)
    return max(floor, outcome.bound)

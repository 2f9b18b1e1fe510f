"""Improving a stage part by part: each alone, which proves a bound, and amid the rest, which fits in."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rota.solver.search.clock import Clock
from rota.solver.search.course import Course
from rota.solver.search.model import Model
from rota.solver.search.portion import Hold, Portion, portions_of, united
from rota.solver.search.run import Outcome
from rota.solver.search.stages import Costs, Stage, is_better

# Seconds that even the smallest part may take; what is larger gets its part of the time by its cells.
PART_SECONDS = 0.5
# The part of its time in which a part is improved alone, though what comes out does not fit with the rest.
ALONE = 0.25
# The part of a stage's time in which every part has its turn; then come those furthest from their bounds.
FIRST_TURNS = 0.6
# Parts that get in each other's way are put together up to this many cells: large ones are proved late.
LARGE_PART = 2500

Read = Callable[[Model, list[int]], None]


class Runs(Protocol):
    """Run a model on a stage for so many seconds from a hint, reading what it finds, until that is enough."""

    def __call__(
        self,
        model: Model,
        stage: Stage,
        seconds: float,
        hinted: frozenset[int],
        read: Read,
        is_enough: Callable[[], bool] = ...,
    ) -> Outcome: ...


class ByParts:
    """Improves a course by parts of its cells, each of which has little to do with the others.

    `take` is handed every choice that is better, with what it costs.
    """

    def __init__(
        self,
        model: Model,
        parts: Sequence[frozenset[int]],
        clock: Clock,
        course: Course,
        run: Runs,
        take: Callable[[frozenset[int], Costs], None],
    ) -> None:
        self.clock, self.course, self.run, self.take = clock, course, run, take
        self._portions = portions_of(model, parts) if parts else []
        self._bounds: list[int] = []

    @property
    def bound(self) -> int:
        """What all parts together cost at least in the stage at hand."""
        return sum(self._bounds)

    def begin(self) -> None:
        """Begin a stage: nothing is proved of it."""
        self._bounds = []

    def hold(self, stage: Stage, spare: int, *, is_proved: bool) -> None:
        """Hold a stage that is done: where it is proved, a part may cost more by what others spare."""
        for place, portion in enumerate(self._portions):
            if is_proved:
                portion.hold(Hold(stage, self._bounds[place] if self._bounds else 0, spare))
            else:
                own = portion.alone.costs(portion.inside(self.course.chosen))
                portion.hold(Hold(stage, own.get(stage, 0), 0, is_proved=False))

    def improve(self, stage: Stage, end: float) -> None:
        """Improve one part after the other; those that get in each other's way become one."""
        waiting = self._portions
        done: list[tuple[Portion, int]] = []
        turns_end = self.clock.left - FIRST_TURNS * (self.clock.left - end)
        while waiting:
            portion, *waiting = waiting
            cells = len(portion.cells) + sum(len(each.cells) for each in waiting)
            left = self.clock.left - turns_end
            seconds = min(left, max(PART_SECONDS, left * len(portion.cells) / cells))
            bound, strained = self._improve_part(portion, stage, seconds, portion.floors.get(stage, 0))
            met = [each for each, _ in done if strained.intersection(each.cells)]
            met += [each for each in waiting if strained.intersection(each.cells)]
            if met and len(portion.cells) + sum(len(each.cells) for each in met) <= LARGE_PART:
                done = [each for each in done if each[0] not in met]
                waiting = [
                    united([portion, *met], self.course.chosen),
                    *(each for each in waiting if each not in met),
                ]
                waiting.sort(key=lambda each: len(each.cells))
            else:
                done.append((portion, bound))
        self._improve_furthest(stage, done, end)
        self._portions = [portion for portion, _ in done]
        self._bounds = [bound for _, bound in done]

    def _improve_furthest(self, stage: Stage, done: list[tuple[Portion, int]], end: float) -> None:
        """Improve parts again, those furthest from their bounds first and longest."""
        far = [(self._cost_in(portion, stage) - bound, place) for place, (portion, bound) in enumerate(done)]
        far = sorted((each for each in far if each[0] > 0), key=lambda each: -each[0])
        for turn, (gap, place) in enumerate(far):
            seconds = (self.clock.left - end) * gap / sum(each for each, _ in far[turn:])
            portion, bound = done[place]
            if portion.is_loose or portion.is_tight:
                self._improve_amid(portion, stage, seconds, bound)
            else:
                done[place] = (portion, self._improve_part(portion, stage, seconds, bound)[0])

    def _cost_in(self, portion: Portion, stage: Stage) -> int:
        return portion.costs(self.course.chosen).get(stage, 0)

    def _improve_part(
        self, portion: Portion, stage: Stage, seconds: float, bound: int
    ) -> tuple[int, set[int]]:
        """Improve one part by itself, then amid the rest where it does not fit.

        Give its bound, from the one known so far, and the cells of the ties that kept its best from fitting.
        """
        end, strained = self.clock.left - seconds, set[int]()
        if seconds <= 0:
            return bound, strained
        if portion.is_loose:
            # Alone it might give way in a stage before: that proves a bound and improves nothing.
            self._improve_amid(portion, stage, seconds / 2, bound)
        before = self.course.chosen
        if portion.alone.costs(portion.inside(before)).get(stage, 0) > bound:
            portion.is_tight = False
            left, read = self.clock.left - end, self._reader(portion)
            # Once what comes out does not fit, some time is kept for what does.
            spared = self.clock.left - ALONE * left
            outcome = self.run(
                portion.alone,
                stage,
                left,
                portion.inside(before),
                read,
                lambda: portion.is_tight and self.clock.left < spared,
            )
            bound = max(bound, outcome.bound)
            if outcome.values is not None and not portion.is_loose:
                best = portion.joined(before, portion.alone.chosen_in(outcome.values))
                strained = {cell for row in portion.strained(best) for cell in row.sum.cells}
        if not portion.is_loose:
            self._improve_amid(portion, stage, self.clock.left - end, bound)
        return bound, strained if self._cost_in(portion, stage) > bound else set()

    def _improve_amid(self, portion: Portion, stage: Stage, seconds: float, bound: int) -> None:
        """Improve one part with the rest as it is, where it is not at its bound."""
        if seconds > 0 and self._cost_in(portion, stage) > bound:
            model, inside = portion.amid(self.course.chosen), portion.inside(self.course.chosen)
            self.run(model, stage, seconds, inside, self._reader(portion))

    def _reader(self, portion: Portion) -> Callable[[Model, list[int]], None]:
        """Read what a part came to into the whole, where it fits and is better."""

        def read(model: Model, values: list[int]) -> None:
            chosen = portion.joined(self.course.chosen, model.chosen_in(values))
            before, after = portion.costs(self.course.chosen), portion.costs(chosen)
            fits = portion.fits(chosen)
            if model is portion.alone:
                portion.is_tight = not fits or is_better(before, after)
            if fits and is_better(after, before):
                change = {stage: after.get(stage, 0) - before.get(stage, 0) for stage in {*before, *after}}
                costs = {stage: cost + change.get(stage, 0) for stage, cost in self.course.by_stage.items()}
                self.take(chosen, costs)

        return read

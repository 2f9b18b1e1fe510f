"""Stage after stage (a tier, or a rank within one): each is improved in its share of the time, then held."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from rota.solver.limits import Doing, Way
from rota.solver.result import Order, Status
from rota.solver.search.by_people import ByPeople
from rota.solver.search.clock import Clock
from rota.solver.search.course import USUAL_GAP, Course
from rota.solver.search.model import Model
from rota.solver.search.portion import Hold, Portion, portions_of, united
from rota.solver.search.run import Outcome, run
from rota.solver.search.stages import Stage, by_tier, floors_of, is_better, ranks_in

# Parts of the time left; what a tier does not use goes to those after it. Cover is worth waiting for.
SHARES: Mapping[str, float] = {"T0": 4, "T1": 10, "TS": 4, "T2": 8, "T3": 20, "T4": 8, "T5": 3}
# The part of its time that is kept for a tier that costs nothing yet: one before may let it cost something.
AT_REST = 0.1
# These are proved where they can be.
EXACT = ("T0", "T1", "TS")
# Seconds that even the smallest part may take; what is larger gets its part of the time by its cells.
PART_SECONDS = 0.5
# The part of its time in which a part is improved alone, though what comes out does not fit with the rest.
ALONE = 0.6
# Parts that get in each other's way are put together up to this many cells: large ones are proved late.
LARGE_PART = 2500
# More cells than this are improved part by part only: the whole would not end in any time that people wait.
WHOLE_CELLS = 12_000

OnChosen = Callable[[str, frozenset[int], Mapping[str, int]], None]
AskOrder = Callable[[], Order | None]


class TierSearch:
    """Improves a choice of cells stage by stage.

    `parts` are sets of cells that have little to do with each other: each is improved alone, then the whole.
    `people` are the cells of each person in order of time.
    """

    def __init__(
        self,
        model: Model,
        parts: Sequence[frozenset[int]],
        clock: Clock,
        on_better: OnChosen,
        ask: AskOrder,
        people: Sequence[Sequence[int]] = (),
    ) -> None:
        self.model = model
        self.people = people
        self.parts = parts if len(parts) > 1 else ()
        self.clock = clock
        self.on_better = on_better
        self.ask = ask
        self._bounds: dict[Stage, int] = {}
        self._order: Order | None = None
        self.doing = Doing.STARTING

    @property
    def bounds(self) -> dict[str, int]:
        """The bound by tier, as far as the search has come."""
        return by_tier(self._bounds)

    def improve(self, start: frozenset[int]) -> Course:
        """Improve a start in every stage that has a price."""
        self.course = Course(start, self.model.costs(start), self._bounds)
        self._by_people = ByPeople(
            self.model, self.people, self.clock, self.course, self._offer, self._stopped
        )
        self._portions = portions_of(self.model, self.parts) if self.parts else []
        ahead = self.model.stages
        weights = {stage: SHARES[stage.tier] / ranks_in(stage.tier, ahead) for stage in ahead}
        while ahead and not self._stopped():
            stage = ahead.pop(0)
            self._improve_in(stage, self.clock.share(weights[stage], self._weight_of(ahead, weights)))
            if ahead:
                self._hold(stage)
        self.course.status = self._status()
        return self.course

    def _weight_of(self, ahead: Sequence[Stage], weights: Mapping[Stage, float]) -> float:
        """Weigh the stages ahead: what costs no more than it must so far needs little time."""
        costly = (self.course.by_stage[each] > self._settled.get(each, 0) for each in ahead)
        return sum(
            weights[each] * (1.0 if is_costly else AT_REST)
            for each, is_costly in zip(ahead, costly, strict=True)
        )

    @cached_property
    def _settled(self) -> dict[Stage, int]:
        """What rows on which no cell hangs cost: a need that nobody can meet, or what was borne before."""
        shared = {row.slack for row in self.model.rows if row.slack and row.sum.terms}
        rows = (row for row in self.model.rows if not row.sum.terms and row.slack not in shared)
        return floors_of(rows)

    def _improve_in(self, stage: Stage, seconds: float) -> None:
        """Improve a stage by parts, then, where that proves too little, as a whole."""
        end = max(0.0, self.clock.left - seconds)
        self._stage, self._bounds[stage] = stage, 0
        self._bounds_of_parts: list[int] = []
        way = self.clock.limits.way
        if self.course.by_stage[stage] and way is Way.FITTING and self.parts:
            self.doing = Doing.TEAMS
            self._improve_parts(stage, end)
        # Where teams are parts, their patterns take longer to compile than the search may last.
        fits = way is Way.PATTERNS or (way is Way.FITTING and not self.parts)
        if not self._is_near(stage) and self.people and fits:
            self.doing = Doing.PATTERNS
            self._bounds[stage] = max(self._bounds[stage], self._by_people.improve_patterns(stage, end))
        if not self._is_near(stage) and self.people and self._takes_neighbourhoods:
            self.doing = Doing.NEIGHBOURHOODS
            self._bounds[stage] = max(self._bounds[stage], self._by_people.improve_neighbourhoods(stage, end))
        if not self._is_near(stage) and self._takes_whole:
            self.doing = Doing.WHOLE
            outcome = self._run(self.model, stage, self.clock.left - end, self.course.chosen, self._read)
            self._bounds[stage] = max(self._bounds[stage], outcome.bound)

    def _is_near(self, stage: Stage) -> bool:
        """Say whether a stage is as near to its bound as it need be; what is small is soon proved wholly."""
        cost, is_exact = self.course.by_stage[stage], stage.tier in EXACT or self._is_small
        return cost - self._bounds.get(stage, 0) <= (0 if is_exact else USUAL_GAP * cost)

    @property
    def _is_small(self) -> bool:
        return len(self.model.cells) <= LARGE_PART

    @property
    def _takes_whole(self) -> bool:
        if self.clock.limits.way is Way.FITTING:
            return not self.parts or len(self.model.cells) <= WHOLE_CELLS
        # While rules are broken, only the whole proves how they are broken least.
        if not self.people or not self.course.is_clean:
            return True
        way = self.clock.limits.way
        return way is Way.WHOLE or (way is Way.PATTERNS and not self._by_people.division)

    @property
    def _takes_neighbourhoods(self) -> bool:
        is_fitting = self.clock.limits.way is Way.FITTING and not self.parts and not self._by_people.division
        return is_fitting or self.clock.limits.way is Way.NEIGHBOURHOODS

    def _improve_parts(self, stage: Stage, end: float) -> None:
        """Improve one part after the other; those that get in each other's way become one."""
        waiting = self._portions
        done: list[tuple[Portion, int]] = []
        while waiting:
            portion, *waiting = waiting
            cells = len(portion.cells) + sum(len(each.cells) for each in waiting)
            left = self.clock.left - end
            seconds = min(left, max(PART_SECONDS, left * len(portion.cells) / cells))
            bound, strained = self._improve_part(portion, stage, seconds)
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
        self._portions = [portion for portion, _ in done]
        self._bounds_of_parts = [bound for _, bound in done]
        self._bounds[stage] = self._settled.get(stage, 0) + sum(self._bounds_of_parts)

    def _improve_part(self, portion: Portion, stage: Stage, seconds: float) -> tuple[int, set[int]]:
        """Improve one part by itself, then amid the rest where it does not fit.

        Give its bound, and the cells of the ties that kept its best from fitting.
        """
        end, bound, strained = self.clock.left - seconds, portion.floors.get(stage, 0), set[int]()
        if seconds <= 0:
            return bound, strained
        if portion.is_loose or portion.is_tight:
            # Alone it might give way in a stage before, or not fit: that proves a bound and improves nothing.
            self._improve_amid(portion, stage, seconds / 2, bound)
        before = self.course.chosen
        if portion.alone.costs(portion.inside(before)).get(stage, 0) > bound:
            portion.is_tight = False
            left, read = self.clock.left - end, self._reader(portion)
            # Once what comes out does not fit, some time is kept for what does.
            spared = self.clock.left - ALONE * left
            outcome = self._run(
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
        return bound, strained if portion.costs(self.course.chosen).get(stage, 0) > bound else set()

    def _improve_amid(self, portion: Portion, stage: Stage, seconds: float, bound: int) -> None:
        """Improve one part with the rest as it is, where it is not at its bound."""
        if seconds > 0 and portion.costs(self.course.chosen).get(stage, 0) > bound:
            model, inside = portion.amid(self.course.chosen), portion.inside(self.course.chosen)
            self._run(model, stage, seconds, inside, self._reader(portion))

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
                self._take(chosen, costs)

        return read

    def _read(self, model: Model, values: list[int]) -> None:
        self._offer(model.chosen_in(values))

    def _offer(self, chosen: frozenset[int]) -> bool:
        """Take a choice where it is better; say whether it was."""
        costs = self.model.costs(chosen)
        better = is_better(costs, self.course.by_stage)
        if better:
            self._take(chosen, costs)
        return better

    def _take(self, chosen: frozenset[int], costs: dict[Stage, int]) -> None:
        self.course.chosen, self.course.by_stage = chosen, costs
        self.on_better(self._stage.tier, chosen, by_tier(costs))

    def _hold(self, stage: Stage) -> None:
        self.model.cp.add(self.model.price(stage) <= self.course.by_stage[stage])
        cost, known = self.course.by_stage[stage], self._settled.get(stage, 0) + sum(self._bounds_of_parts)
        is_proved = cost == self._bounds[stage]
        for place, portion in enumerate(self._portions):
            if is_proved:
                least = self._bounds_of_parts[place] if self._bounds_of_parts else 0
                portion.hold(Hold(stage, least, cost - known))
            else:
                own = portion.alone.costs(portion.inside(self.course.chosen))
                portion.hold(Hold(stage, own.get(stage, 0), 0, is_proved=False))

    def _run(
        self,
        model: Model,
        stage: Stage,
        seconds: float,
        hinted: frozenset[int],
        read: Callable[[Model, list[int]], None],
        is_enough: Callable[[], bool] = lambda: False,
    ) -> Outcome:
        """Run a model on one stage."""
        if seconds <= 0 or self._stopped():
            return Outcome(0, None, 0.0, False)
        model.cp.minimize(model.price(stage))
        model.hint(hinted)

        def on_values(values: list[int], bound: int) -> None:
            if model is self.model:
                self._bounds[stage] = max(self._bounds[stage], bound)
            # What is kept must not hang on the wall's clock.
            if not self.clock.limits.deterministic:
                read(model, values)

        whole = model is self.model
        gap = 0.0 if stage.tier in EXACT else USUAL_GAP
        outcome = run(
            model.cp,
            self.clock.limits,
            seconds,
            gap,
            on_values,
            lambda: self._stopped() or is_enough(),
            not whole,
        )
        self.clock.spend(outcome.deterministic)
        if outcome.values is not None:
            read(model, outcome.values)
        return outcome

    def _stopped(self) -> bool:
        # Once asked to stop, a watcher is not asked again.
        self._order = self._order or self.ask()
        return self._order is not None

    def _status(self) -> Status:
        if self._order is not None:
            return Status.CANCELLED if self._order is Order.CANCEL else Status.STOPPED
        return self.course.reached

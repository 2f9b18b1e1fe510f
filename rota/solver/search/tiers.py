"""Stage after stage (a tier, or a rank within one): each is improved in its share of the time, then held."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from rota.solver.limits import Doing, Way
from rota.solver.result import Order, Status
from rota.solver.search.by_parts import ByParts
from rota.solver.search.by_people import ByPeople
from rota.solver.search.clock import Clock
from rota.solver.search.course import USUAL_GAP, Course
from rota.solver.search.model import Model
from rota.solver.search.run import Outcome, run
from rota.solver.search.stages import Costs, Stage, by_tier, floors_of, is_better, ranks_in

# Parts of the time left; what a tier does not use goes to those after it. Cover is worth waiting for.
SHARES: Mapping[str, float] = {"T0": 4, "T1": 10, "TS": 4, "T2": 8, "T3": 20, "T4": 8, "T5": 3}
# The part of its time that is kept for a tier that costs nothing yet: one before may let it cost something.
AT_REST = 0.1
# These are proved where they can be.
EXACT = ("T0", "T1", "TS")
# So few cells are soon proved wholly.
SMALL = 2500
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
        self._by_parts = ByParts(self.model, self.parts, self.clock, self.course, self._run, self._take)
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
        self._by_parts.begin()
        way = self.clock.limits.way
        if self.course.by_stage[stage] and way is Way.FITTING and self.parts:
            self.doing = Doing.TEAMS
            self._by_parts.improve(stage, end)
            self._bounds[stage] = self._settled.get(stage, 0) + self._by_parts.bound
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
        return len(self.model.cells) <= SMALL

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

    def _read(self, model: Model, values: list[int]) -> None:
        self._offer(model.chosen_in(values))

    def _offer(self, chosen: frozenset[int]) -> bool:
        """Take a choice where it is better; say whether it was."""
        costs = self.model.costs(chosen)
        better = is_better(costs, self.course.by_stage)
        if better:
            self._take(chosen, costs)
        return better

    def _take(self, chosen: frozenset[int], costs: Costs) -> None:
        self.course.chosen, self.course.by_stage = chosen, dict(costs)
        self.on_better(self._stage.tier, chosen, by_tier(costs))

    def _hold(self, stage: Stage) -> None:
        self.model.cp.add(self.model.price(stage) <= self.course.by_stage[stage])
        cost, known = self.course.by_stage[stage], self._settled.get(stage, 0) + self._by_parts.bound
        self._by_parts.hold(stage, cost - known, is_proved=cost == self._bounds[stage])

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

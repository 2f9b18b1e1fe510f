"""Improving a stage by people: by the whole patterns of each, or by freeing a few of them at a time."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from rota.solver.search.clock import Clock
from rota.solver.search.compiling import Indivisible
from rota.solver.search.course import BROKEN, Course
from rota.solver.search.division import Division
from rota.solver.search.duet import Duet
from rota.solver.search.model import Model
from rota.solver.search.neighbourhoods import NeighbourhoodSearch
from rota.solver.search.patterns import PatternSearch
from rota.solver.search.pieces import Pieces
from rota.solver.search.run import whole
from rota.solver.search.stages import Stage

# Patterns may take this part of the time to be compiled; others search in the rest where that is too little.
COMPILING_PART = 0.7


class ByPeople:
    """Improves a course by people, whose cells are given in order of time.

    `offer` is told of every choice and says whether it was better.
    """

    def __init__(
        self,
        model: Model,
        people: Sequence[Sequence[int]],
        clock: Clock,
        course: Course,
        offer: Callable[[frozenset[int]], bool],
        stopped: Callable[[], bool],
    ) -> None:
        self.model, self.people, self.clock, self.course = model, people, clock, course
        self.offer, self.stopped = offer, stopped

    @property
    def division(self) -> Division | None:
        """The problem person by person, where it divides; strict while no rule is broken."""
        return self._strict if self.course.is_clean else self._loose

    def improve_patterns(self, stage: Stage, end: float) -> int:
        """Improve a stage by whole patterns, until so much time is left; give the bound."""
        if stage == BROKEN and self._strict:
            # That nobody breaks a rule of their own can break one that ties them: this proves nothing.
            self._play(stage, self._strict, end)
        division = self.division if self.course.by_stage[stage] else None
        return self._play(stage, division, end) if division else 0

    def improve_neighbourhoods(self, stage: Stage, end: float) -> int:
        """Improve a stage by freeing a few people at a time, until so much time is left; give the bound."""
        search = NeighbourhoodSearch(
            self.model.rows,
            self.people,
            stage,
            [each for each in self.model.stages if each.place < stage.place],
            self.offer,
            lambda: self.course.chosen,
            self.clock,
            lambda: self.clock.left <= end or self.stopped(),
        )
        return self.course.by_stage[stage] if search.improve() and self.course.is_clean else 0

    def _play(self, stage: Stage, division: Division, end: float) -> int:
        """Improve a stage by patterns of a division; give the bound."""
        if self.clock.left <= end or self.stopped():
            return 0
        stages = self.model.stages
        patterns = PatternSearch(
            division,
            stage,
            {each: self.course.by_stage[each] for each in stages if each.place < stage.place},
            [each for each in stages if each.place > stage.place],
            self.offer,
            lambda: self.course.by_stage[stage],
            lambda: self.clock.left <= end or self.stopped(),
            lambda: self.clock.left - end,
            np.random.default_rng(self.clock.limits.seed),
        )
        Duet(
            patterns,
            Pieces(self.model.rows, len(self.model.cells)),
            self.clock,
            lambda: self.clock.left - end,
            lambda: self.course.chosen,
            lambda chosen: self.model.costs(chosen)[stage],
        ).improve()
        # Sums of many prices are a little off.
        return whole(patterns.bound - 1e-4)

    @cached_property
    def _strict(self) -> Division | None:
        return self._divided(strict=True)

    @cached_property
    def _loose(self) -> Division | None:
        return self._divided(strict=False)

    def _divided(self, strict: bool) -> Division | None:
        end = (1 - COMPILING_PART) * self.clock.left
        try:
            return Division(
                self.people,
                self.model.rows,
                self.model.baseline,
                strict,
                lambda: self.clock.left < end or self.stopped(),
            )
        except Indivisible:
            return None

"""A stay: the unit that a plan of rotations is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rota.solver.rotation_plan.learner import Learner
from rota.solver.rotation_plan.programme import Programme


@dataclass(frozen=True, order=True)
class Stay:
    """A learner with an offer for some periods from a first one on. As a pin it was set by hand, or is
    past.
    """

    learner: str
    offer: int
    first: int
    periods: int

    def __post_init__(self) -> None:
        if self.first < 0 or self.periods < 1:
            raise ValueError("A stay begins in week 0 or later and lasts 1 week or more.")

    @property
    def end(self) -> int:
        """The first period after it."""
        return self.first + self.periods

    @property
    def span(self) -> range:
        """The periods it covers."""
        return range(self.first, self.end)

    def meets(self, other: "Stay") -> bool:
        """Say whether two stays share a period."""
        return self.first < other.end and other.first < self.end

    def covers(self, period: int) -> bool:
        """Say whether a period is part of it."""
        return self.first <= period < self.end


def edges_of(learner: Learner, programme: Programme, kept: Iterable[Stay]) -> tuple[int, ...]:
    """Give the periods at which a learner's stays may begin or end, in order.

    They are those of the programme's calendar, the learner's first and last day, the edges of what is away,
    and those of stays that were set or told before.
    """
    edges = {learner.first, learner.last + 1, *programme.starts}
    edges |= {edge for each in kept for edge in (each.first, each.end)}
    edges |= {period for period in learner.away if period - 1 not in learner.away}
    edges |= {period + 1 for period in learner.away if period + 1 not in learner.away}
    return tuple(sorted(edge for edge in edges if learner.first <= edge <= learner.last + 1))


def segments_of(edges: Iterable[int], away: frozenset[int]) -> Iterator[range]:
    """Give the stretches between edges in which a learner could be placed."""
    for first, end in pairwise(edges):
        if first not in away:
            yield range(first, end)


def spans_of(periods: int, changes: Iterable[int]) -> tuple[range, ...]:
    """Cut all periods where anything may change."""
    edges = sorted({0, periods, *(each for each in changes if 0 < each < periods)})
    return tuple(range(first, end) for first, end in pairwise(edges))


def steps_in(numbers: Iterable[int]) -> Iterator[int]:
    """Give the places at which a row of numbers changes."""
    for place, (before, after) in enumerate(pairwise(numbers), 1):
        if before != after:
            yield place

"""How content a learner is, as a sum of cells: points of stays, less what moves and waiting take away.

A move is a change of host from one stay to the next, whatever lies between; waiting is an idle period
before the last one worked. Neither is a sum of stays, so each learner who minds has further cells: where
they are attached in each stretch, where they arrive, and whether there still is work to come.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rota.solver.rotation_plan.problem import Learner, Problem, Stay
from rota.solver.row import Row, Sum


class Contentment:
    """One learner's contentment. Its own cells are numbered from `first` up."""

    def __init__(
        self, problem: Problem, learner: Learner, cells: Sequence[tuple[int, Stay]], first: int
    ) -> None:
        self.problem, self.learner, self.cells = problem, learner, cells
        self.names: list[str] = []
        self._first = first
        self._segments = problem.segments[learner.key]
        wishes = learner.wishes
        hosts = sorted({self._host(stay) for _, stay in cells}) if wishes.moving else []
        steps = range(len(self._segments)) if cells else range(0)
        self._at = {(host, step): self._new(f"is with {host} in {step}") for host in hosts for step in steps}
        self._arrives = {
            (host, step): self._new(f"comes to {host} in {step}") for host in hosts for step in steps[1:]
        }
        self._still = {
            step: self._new(f"is not done in {step}") for step in (steps if wishes.waiting else ())
        }

    @property
    def count(self) -> int:
        """Count the further cells."""
        return len(self.names)

    @property
    def numbers(self) -> range:
        """Give the numbers of the further cells."""
        return range(self._first, self._first + self.count)

    @property
    def amount(self) -> Sum:
        """Give the contentment as a sum of cells."""
        wishes = self.learner.wishes
        terms = {cell: wishes.points.get(stay.offer, 0) for cell, stay in self.cells}
        for cell, stay in self.cells:
            terms[cell] += wishes.waiting * len(worked_in(self.learner, stay))
        terms |= {cell: -wishes.moving for cell in self._arrives.values()}
        terms |= {cell: -wishes.waiting * self._waited(step) for step, cell in self._still.items()}
        return Sum({cell: weight for cell, weight in terms.items() if weight})

    def rows(self) -> Iterator[Row]:
        """Tie the further cells to the stays."""
        covering = self._covering()
        for step in range(len(self._segments)):
            yield from self._rows_of_hosts(step, covering[step])
            if step in self._still:
                placed = Sum.of(cell for cell, _ in covering[step])
                yield Row(
                    f"{self.learner.name} is not done in {step}", placed - Sum.of([self._still[step]]), 0
                )
        for step, later in pairwise(self._still):
            ahead = Sum.of([self._still[later]]) - Sum.of([self._still[step]])
            yield Row(f"{self.learner.name} is not done before {later}", ahead, 0)

    def chosen_in(self, stays: Sequence[Stay]) -> Iterator[int]:
        """Give the further cells that follow from stays."""
        counted = (stay for stay in stays if worked_in(self.learner, stay))
        in_order = sorted(counted, key=lambda stay: (stay.first, stay))
        last = max((period for stay in in_order for period in worked_in(self.learner, stay)), default=-1)
        yield from (cell for step, cell in self._still.items() if self._segments[step].start <= last)
        if not self._at or not in_order:
            return
        before = ""
        for step, segment in enumerate(self._segments):
            begun = [stay for stay in in_order if stay.first <= segment.start] or in_order[:1]
            host = self._host(begun[-1])
            yield self._at[host, step]
            if before and host != before:
                yield self._arrives[host, step]
            before = host

    def _rows_of_hosts(self, step: int, covering: list[tuple[int, Stay]]) -> Iterator[Row]:
        name, hosts = self.learner.name, sorted({host for host, _ in self._at})
        if len(hosts) > 1:
            here = Sum.of(self._at[host, step] for host in hosts)
            yield Row(f"{name} is with one host in {step}", here, 1)
        for host in hosts:
            at = Sum.of([self._at[host, step]])
            placed = Sum.of(cell for cell, stay in covering if self._host(stay) == host)
            yield Row(f"{name} is with {host} in {step}", placed - at, 0)
            if step:
                known = Sum.of([self._at[host, step - 1]]) + Sum.of([self._arrives[host, step]])
                yield Row(f"{name} comes to {host} in {step}", at - known, 0)

    def _covering(self) -> list[list[tuple[int, Stay]]]:
        return [
            [(cell, stay) for cell, stay in self.cells if stay.covers(segment.start)]
            for segment in self._segments
        ]

    def _waited(self, step: int) -> int:
        """Give the periods of a stretch; what is away before it is waited for too."""
        before = self._segments[step - 1].stop if step else self.learner.first
        return self._segments[step].stop - before

    def _host(self, stay: Stay) -> str:
        return self.problem.offer_by_number[stay.offer].host

    def _new(self, said: str) -> int:
        self.names.append(f"{self.learner.name} {said}")
        return self._first + len(self.names) - 1


def content_with(problem: Problem, learner: Learner, stays: Sequence[Stay]) -> int:
    """Work out how content a learner is with stays, given in order of time."""
    wishes = learner.wishes
    hosts = [problem.offer_by_number[stay.offer].host for stay in stays if worked_in(learner, stay)]
    moves = sum(before != after for before, after in pairwise(hosts))
    worked = {period for stay in stays for period in worked_in(learner, stay)}
    waited = sum(period not in worked for period in range(learner.first, max(worked, default=0)))
    points = sum(wishes.points.get(stay.offer, 0) for stay in stays)
    return points - wishes.moving * moves - wishes.waiting * waited


def worked_in(learner: Learner, stay: Stay) -> list[int]:
    """Give the periods of a stay in which its learner could be placed: what was set by hand may go beyond."""
    return [each for each in stay.span if learner.first <= each <= learner.last and each not in learner.away]

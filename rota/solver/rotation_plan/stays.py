"""Which stays there could be: the cells that the search decides, behind questions."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property

from rota.solver.rotation_plan.contentment import Contentment
from rota.solver.rotation_plan.problem import Learner, Offer, Problem, Requirement, Stay
from rota.solver.rotation_plan.solution import Plan
from rota.solver.row import AnyOf, Row, Sum

# Gives the stays that no hard rule about single stays closes to a learner.
OpenTo = Callable[[Learner], Iterable[Stay]]
Placed = tuple[int, Stay]


class Pattern:
    """One learner's own cells, and the rows that personal rules lay on them."""

    def __init__(self, problem: Problem, learner: Learner, cells: list[Placed], content: Contentment) -> None:
        self.problem = problem
        self.learner = learner
        self.cells = cells
        self.content = content
        self.rows: list[Row] = []

    def add(self, row: Row) -> None:
        """Lay a row on this pattern."""
        self.rows.append(row)

    def offer(self, stay: Stay) -> Offer:
        return self.problem.offer_by_number[stay.offer]

    def fulfilling(self, requirement: Requirement) -> list[Placed]:
        """Give the cells that count for a requirement."""
        return self._fulfilling.get(requirement.key, [])

    def at_host(self, host: str) -> list[Placed]:
        """Give the cells with a host."""
        return [(cell, stay) for cell, stay in self.cells if self.offer(stay).host == host]

    def within(self, segment: range) -> list[int]:
        """Give the cells that cover a stretch."""
        return self._covering.get(segment.start, [])

    def any_of(self, name: str, placed: Iterable[Placed]) -> Sum:
        """Is one when one of these stays is chosen, else nought."""
        groups = cliques(placed)
        if len(groups) <= 1:
            return Sum.of(cell for group in groups for cell in group)
        return Sum.of([AnyOf(f"{self.learner.name} {name}", groups)])

    @cached_property
    def _covering(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for segment in self.problem.segments[self.learner.key]:
            found[segment.start] = [cell for cell, stay in self.cells if stay.covers(segment.start)]
        return found

    @cached_property
    def _fulfilling(self) -> dict[str, list[Placed]]:
        found: dict[str, list[Placed]] = {}
        for cell, stay in self.cells:
            for requirement in self.problem.requirements_of(self.learner, self.offer(stay)):
                found.setdefault(requirement.key, []).append((cell, stay))
        return found


def cliques(placed: Iterable[Placed]) -> tuple[tuple[int, ...], ...]:
    """Part stays of one learner into sets that share a period each: of such a set one at most is chosen."""
    groups: list[tuple[int, ...]] = []
    waiting = sorted(placed, key=lambda each: (each[1].end, each))
    while waiting:
        shared = waiting[0][1].end - 1
        groups.append(tuple(cell for cell, stay in waiting if stay.covers(shared)))
        waiting = [(cell, stay) for cell, stay in waiting if not stay.covers(shared)]
    return tuple(groups)


class Stays:
    """All stays that there could be, by number: those open to learners, and the pins."""

    def __init__(self, problem: Problem, open_to: OpenTo) -> None:
        self.problem = problem
        self.cells = sorted({*problem.pins, *(stay for each in problem.learners for stay in open_to(each))})
        self._numbers = {stay: number for number, stay in enumerate(self.cells)}
        self.pinned_stays = frozenset(self._numbers[pin] for pin in problem.pins)
        self._of: dict[str, list[Placed]] = {}
        for number, stay in enumerate(self.cells):
            self._of.setdefault(stay.learner, []).append((number, stay))
        self._patterns: dict[str, Pattern] = {}

    @cached_property
    def content(self) -> dict[str, Contentment]:
        """Give each learner's contentment, with the cells that follow from stays."""
        found: dict[str, Contentment] = {}
        first = len(self.cells)
        for learner in self.problem.learners:
            found[learner.key] = Contentment(self.problem, learner, self._of.get(learner.key, []), first)
            first += found[learner.key].count
        return found

    @property
    def count(self) -> int:
        """Count all cells."""
        return len(self.cells) + sum(each.count for each in self.content.values())

    @cached_property
    def pinned(self) -> frozenset[int]:
        """The cells of the pins, and those that follow from them."""
        return self.chosen_in(Plan.of(self.problem.pins))

    def number_of(self, stay: Stay) -> int | None:
        """Find the cell of a stay; None when there is no such cell."""
        return self._numbers.get(stay)

    def pattern_of(self, learner: Learner) -> Pattern:
        """Give one learner's own cells."""
        if learner.key not in self._patterns:
            cells = self._of.get(learner.key, [])
            self._patterns[learner.key] = Pattern(self.problem, learner, cells, self.content[learner.key])
        return self._patterns[learner.key]

    def at_offer(self, offer: Offer, span: int) -> list[Placed]:
        """Give the cells with an offer in a span."""
        return self._at_offer.get((offer.number, span), [])

    def at_host(self, host: str, span: int) -> list[Placed]:
        """Give the cells with a host in a span, over all its offers."""
        return [each for offer in self._offers.get(host, ()) for each in self.at_offer(offer, span)]

    def plan_of(self, chosen: Collection[int]) -> Plan:
        """Give the plan in which these cells are chosen."""
        return Plan.of(self.cells[cell] for cell in chosen if cell < len(self.cells))

    def chosen_in(self, plan: Plan) -> frozenset[int]:
        """Give the cells that a plan chooses, as far as they exist, and those that follow from them."""
        placed = [(self._numbers[stay], stay) for stay in plan.stays if stay in self._numbers]
        by_learner: dict[str, list[Stay]] = {}
        for _, stay in placed:
            by_learner.setdefault(stay.learner, []).append(stay)
        follow = (cell for key, stays in by_learner.items() for cell in self.content[key].chosen_in(stays))
        return frozenset([*(number for number, _ in placed), *follow])

    @cached_property
    def _offers(self) -> dict[str, list[Offer]]:
        found: dict[str, list[Offer]] = {}
        for offer in self.problem.offers:
            found.setdefault(offer.host, []).append(offer)
        return found

    @cached_property
    def _at_offer(self) -> dict[tuple[int, int], list[Placed]]:
        found: dict[tuple[int, int], list[Placed]] = {}
        for number, stay in enumerate(self.cells):
            for span in spans_in(self.problem, stay):
                found.setdefault((stay.offer, span), []).append((number, stay))
        return found


def spans_in(problem: Problem, stay: Stay) -> Iterator[int]:
    """Give the numbers of the spans that a stay covers."""
    return iter(range(problem.span_of[stay.first], problem.span_of[stay.end - 1] + 1))

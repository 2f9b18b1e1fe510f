"""What one learner has to do in a year: so many kinds of each group, each once, for a fixed time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rota.solver.rotation_plan.learner import FULL_TIME
from rota.solver.rotation_plan.problem import Learner, Problem, Programme, Requirement, Stay
from rota.solver.search.compiling import Indivisible

Numbers = NDArray[np.int64]
Prices = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Errands:
    """One learner's errands. Kinds and hosts are numbered; every stay lasts `length` periods.

    `groups` are kinds by group and `counts` how many of each are done; `before` are the kinds, as bits, that
    come before each. `cells` gives the number of the stay by first period, kind and host; -1 is none.
    """

    learner: Learner
    groups: tuple[tuple[int, ...], ...]
    counts: tuple[int, ...]
    before: tuple[int, ...]
    length: int
    most_per_host: int
    cells: Numbers
    points: Prices

    @property
    def kinds(self) -> int:
        return len(self.before)

    @property
    def hosts(self) -> int:
        return int(self.cells.shape[2])

    @property
    def periods(self) -> int:
        return int(self.cells.shape[0])

    @cached_property
    def host_of(self) -> dict[int, int]:
        """Give the host of each stay."""
        return {int(cell): host for (_, _, host), cell in np.ndenumerate(self.cells) if cell >= 0}

    @property
    def done(self) -> int:
        """How many stays there are in a whole year."""
        return sum(self.counts)

    def waited(self, end: int) -> int:
        """Count the idle periods of a year whose last stay ends before a period."""
        return end - self.learner.first - self.length * self.done

    def costs(self, prices: Prices, times: float) -> Prices:
        """Price each stay; the learner's points count so many times. `prices` ends with that of no cell."""
        found: Prices = prices[self.cells] - times * self.points
        return found


def errands_of(problem: Problem, learner: Learner, placed: Sequence[tuple[int, Stay]]) -> Errands:
    """Read a learner's errands; raise Indivisible where a programme asks for more than errands can say.

    `placed` are the stays open to the learner, with their numbers.
    """
    programme = problem.programme_of(learner)
    if learner.percent != FULL_TIME or learner.history or learner.travel:
        raise Indivisible
    _refuse_other_shapes(programme)
    kind_of = {number: _kind(problem, learner, number) for number in {stay.offer for _, stay in placed}}
    kinds = _kinds_to_do(programme, {*kind_of.values()})
    place = {kind: number for number, kind in enumerate(kinds)}
    hosts = {
        host: number
        for number, host in enumerate(sorted({problem.offer_by_number[offer].host for offer in kind_of}))
    }
    cells = np.full((problem.periods, len(kinds), max(1, len(hosts))), -1, np.int64)
    points = np.zeros(cells.shape[1:])
    known: dict[tuple[int, int], int] = {}
    for number, stay in placed:
        kind = kind_of[stay.offer]
        if kind not in place:
            continue
        at = place[kind], hosts[problem.offer_by_number[stay.offer].host]
        if known.setdefault(at, stay.offer) != stay.offer:
            raise Indivisible
        cells[(stay.first, *at)] = number
        points[at] = learner.wishes.points.get(stay.offer, 0)
    groups = [group for group in programme.groups if group.count]
    if any(group.count > len(group.requirements & place.keys()) for group in groups):
        raise Indivisible
    return Errands(
        learner=learner,
        groups=tuple(tuple(place[kind] for kind in kinds if kind in group.requirements) for group in groups),
        counts=tuple(group.count for group in groups),
        before=tuple(_bits(place, programme.requirement_by_key[kind]) for kind in kinds),
        length=programme.requirements[0].shortest_run,
        most_per_host=programme.most_per_host or len(kinds),
        cells=cells,
        points=points,
    )


def _refuse_other_shapes(programme: Programme) -> None:
    """Refuse programmes whose requirements are not errands: one stay of one length each, taken by groups."""
    lengths = {each.shortest_run for each in programme.requirements}
    grouped = [key for group in programme.groups for key in group.requirements]
    is_plain = (
        len(lengths) == 1
        and len(grouped) == len(set(grouped)) == len(programme.requirements)
        and all(_is_errand(each) for each in programme.requirements)
        and not programme.breadth.distinct
        and not programme.breadth.named
        and not programme.exposure
        and not programme.fixed_base
        and not programme.peers
    )
    if not is_plain:
        raise Indivisible


def _is_errand(requirement: Requirement) -> bool:
    length = requirement.shortest_run
    return (
        requirement.least == 0
        and requirement.firm
        and requirement.most == requirement.longest_run == length
        and not requirement.before
        and not requirement.not_after
        and not requirement.next_must_be
        and all(periods <= length for _, periods in requirement.after)
    )


def _kind(problem: Problem, learner: Learner, offer: int) -> str:
    """Give the one requirement that an offer counts for, as a whole."""
    counted = problem.requirements_of(learner, problem.offer_by_number[offer])
    parts = problem.offer_by_number[offer].settings.values()
    if len(counted) != 1 or set(parts) != {FULL_TIME}:
        raise Indivisible
    return counted[0].key


def _kinds_to_do(programme: Programme, offered: set[str]) -> list[str]:
    """Give the kinds that could be done: offered and wanted, and so is all that comes before them."""
    wanted = {key for group in programme.groups if group.count for key in group.requirements} & offered
    while True:
        kept = {key for key in wanted if _earlier(programme, key) <= wanted}
        if kept == wanted:
            return [each.key for each in programme.requirements if each.key in kept]
        wanted = kept


def _earlier(programme: Programme, key: str) -> set[str]:
    return {earlier for earlier, _ in programme.requirement_by_key[key].after}


def _bits(place: Mapping[str, int], requirement: Requirement) -> int:
    return bits(place[earlier] for earlier, _ in requirement.after)


def bits(numbers: Iterable[int]) -> int:
    """Put numbers in a set of bits."""
    found = 0
    for number in numbers:
        found |= 1 << number
    return found

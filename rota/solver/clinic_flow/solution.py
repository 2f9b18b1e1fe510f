"""When each patient's place sees whom, and what there is to say of it without a solver."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, pairwise

from rota.solver.clinic_flow.problem import Chair, FlowProblem, PlaceNeed


@dataclass(frozen=True)
class Visit:
    """A place is with one of a discipline from a time to a time."""

    place: int
    discipline: str
    chair: int
    starts: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts, self.ends)


@dataclass(frozen=True)
class Unplaced:
    """A place that finds no times, and why, in a sentence."""

    place: int
    said: str


@dataclass(frozen=True)
class Flow:
    """The visits of a clinic session in order of time, and the places that find none.

    `is_best` says that it is proved: nobody more could be seen, with less waiting.
    """

    visits: tuple[Visit, ...]
    unplaced: tuple[Unplaced, ...] = ()
    is_best: bool = True

    def visits_of(self, place: int) -> list[Visit]:
        """Give the visits of a place in order of time."""
        return [visit for visit in self.visits if visit.place == place]

    def waits_of(self, place: int) -> list[int]:
        """Give the minutes that a place waits between its visits."""
        return [minutes_between(one.ends, other.starts) for one, other in pairwise(self.visits_of(place))]

    @property
    def places(self) -> list[int]:
        return sorted({visit.place for visit in self.visits})

    @property
    def waiting(self) -> int:
        """The minutes that all places wait."""
        return sum(sum(self.waits_of(place)) for place in self.places)

    @property
    def staying(self) -> int:
        """The minutes that all places stay."""
        found = (self.visits_of(place) for place in self.places)
        return sum(minutes_between(visits[0].starts, visits[-1].ends) for visits in found)


def minutes_between(one: datetime, other: datetime) -> int:
    return int((other - one).total_seconds()) // 60


def wrong_with_flow(problem: FlowProblem, flow: Flow) -> tuple[str, ...]:
    """Tell what is wrong with a flow: somebody at two places at once, too long a wait, not all seen."""
    chairs = {(chair.discipline, chair.number): chair for chair in problem.chairs}
    found = [said for visit in flow.visits for said in _wrong_visit(problem, visit, chairs)]
    for visits in ([each for each in flow.visits if (each.discipline, each.chair) == key] for key in chairs):
        for one, other in _at_once(visits):
            found.append(
                f"{one.discipline} {one.chair} sees place {one.place} and place {other.place} at "
                f"{max(one.starts, other.starts):%H:%M}."
            )
    left_out = {each.place for each in flow.unplaced}
    for place in problem.places:
        if place.number not in left_out:
            found += _wrong_place(problem, place, flow)
    known = {place.number for place in problem.places}
    found += [f"There is no place {number} here." for number in flow.places if number not in known]
    return tuple(found)


def _wrong_visit(problem: FlowProblem, visit: Visit, chairs: dict[tuple[str, int], Chair]) -> Iterator[str]:
    chair = chairs.get((visit.discipline, visit.chair))
    said = f"Place {visit.place} with {visit.discipline} {visit.chair}"
    if chair is None:
        yield f"{said}: nobody of that number is there."
    elif visit.minutes != chair.slot_minutes:
        yield f"{said} has {visit.minutes} minutes, not {chair.slot_minutes}."
    if visit.starts < problem.hours.starts or visit.ends > problem.hours.ends:
        yield f"{said} is outside the hours of the session."


def _wrong_place(problem: FlowProblem, place: PlaceNeed, flow: Flow) -> Iterator[str]:
    visits, said, hours = flow.visits_of(place.number), f"Place {place.number}", problem.hours
    seen = [visit.discipline for visit in visits]
    if sorted(seen) != sorted(place.disciplines):
        yield f"{said} sees {_listed(seen)}, and needs {_listed(place.disciplines)}."
    for one, other in _at_once(visits):
        yield f"{said} is with {one.discipline} and {other.discipline} at once."
    for first, then in sorted(place.before):
        if {first, then} <= set(seen) and seen.index(first) > seen.index(then):
            yield f"{said} sees {then} before {first}."
    for wait in flow.waits_of(place.number):
        if wait > hours.longest_wait:
            yield f"{said} waits {wait} minutes, which is more than {hours.longest_wait}."
    stay = minutes_between(visits[0].starts, max(visit.ends for visit in visits)) if visits else 0
    if stay > hours.longest_stay:
        yield f"{said} stays {stay} minutes, which is more than {hours.longest_stay}."


def _at_once(visits: Sequence[Visit]) -> Iterator[tuple[Visit, Visit]]:
    for one, other in combinations(visits, 2):
        if one.starts < other.ends and other.starts < one.ends:
            yield one, other


def _listed(names: Sequence[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "nobody"

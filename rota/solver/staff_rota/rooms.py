"""R28: which room each person has, chosen after it is settled who works where. People never change here.

Each site and day stands alone: nobody minds which room they have tomorrow, beside their usual one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from rota.solver.staff_rota.problem import Placement, Problem
from rota.solver.staff_rota.rules.single_place import overlap
from rota.solver.staff_rota.solution import Plan

NO_ROOM, CHANGE, NOT_USUAL = 100, 3, 1

# Who has which room; whoever is missing has none.
Rooms = Mapping[Placement, str]
Usual = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Room:
    """A room of a site; `code` is its own in the whole network."""

    code: str
    name: str
    site: str
    kind: str


@dataclass(frozen=True)
class RoomCost:
    """What a choice of rooms costs somebody, in a sentence."""

    placement: Placement
    amount: int
    said: str


def rooms_for(
    problem: Problem, plan: Plan, rooms: Sequence[Room], usual: Usual | None = None
) -> dict[Placement, str]:
    """Give everyone who needs a room one of its kind, in as few different rooms a day as can be.

    `usual` names the room that somebody mostly has at a site.
    """
    # OR-Tools takes half a second to import: only those who choose rooms pay for it.
    from rota.solver.search.choosing import choose

    chosen: dict[Placement, str] = {}
    for needs in by_site_and_day(problem, plan).values():
        prices = {need: _prices(problem, need, rooms, usual or {}) for need in needs}
        alike = same_person(problem, needs)
        chosen |= choose(prices, NO_ROOM, _at_once(problem, needs), alike, CHANGE)
    return chosen


def costs_of_rooms(
    problem: Problem, plan: Plan, rooms: Sequence[Room], chosen: Rooms, usual: Usual | None = None
) -> tuple[RoomCost, ...]:
    """Tell what a choice of rooms costs; no solver is needed."""
    found: list[RoomCost] = []
    names = {room.code: room.name for room in rooms}
    for needs in by_site_and_day(problem, plan).values():
        for need in needs:
            found += _own_cost(problem, need, chosen.get(need), names, usual or {})
        for one, other in same_person(problem, needs):
            before, after = chosen.get(one), chosen.get(other)
            if before and after and before != after:
                said = f"{_said(problem, other)} moves from {names[before]} to {names[after]}."
                found.append(RoomCost(other, CHANGE, said))
    return tuple(found)


def wrong_with_rooms(problem: Problem, plan: Plan, rooms: Sequence[Room], chosen: Rooms) -> tuple[str, ...]:
    """Tell what is wrong with a choice of rooms: of another kind or site, or of two people at once."""
    known, wrong = {room.code: room for room in rooms}, []
    needs = {need for some in by_site_and_day(problem, plan).values() for need in some}
    for placement, code in sorted(chosen.items()):
        if placement not in needs:
            wrong.append(f"{_said(problem, placement)} needs no room.")
        elif code not in known or not fits(problem, placement, known[code]):
            wrong.append(f"{_said(problem, placement)} cannot have room {code}.")
    for one, other in _at_once(problem, sorted(chosen)):
        if chosen[one] == chosen[other]:
            wrong.append(f"{_said(problem, one)} and {_said(problem, other)} have one room.")
    return tuple(wrong)


def by_site_and_day(problem: Problem, plan: Plan) -> dict[tuple[str, date], list[Placement]]:
    """Give those who need a room, by site and day, in order of time."""
    found: dict[tuple[str, date], list[Placement]] = {}

    def when(placement: Placement) -> tuple[object, ...]:
        return problem.duty_by_number[placement.duty].starts, placement

    for placement in sorted(plan.placements, key=when):
        duty = problem.duty_by_number[placement.duty]
        away = duty.session in problem.person_by_key[placement.person].absent
        if duty.room and duty.site and not away:
            found.setdefault((duty.site, duty.starts.date()), []).append(placement)
    return found


def same_person(problem: Problem, needs: Iterable[Placement]) -> Iterator[tuple[Placement, Placement]]:
    """Give the needs of one person that follow each other and are for one kind of room."""
    mine: dict[tuple[str, str | None], list[Placement]] = {}
    for need in needs:
        mine.setdefault((need.person, problem.duty_by_number[need.duty].room), []).append(need)
    for own in mine.values():
        yield from pairwise(own)


def fits(problem: Problem, placement: Placement, room: Room) -> bool:
    """Say whether a room is of the site and kind that a duty needs."""
    duty = problem.duty_by_number[placement.duty]
    return (room.site, room.kind) == (duty.site, duty.room)


def _prices(problem: Problem, need: Placement, rooms: Sequence[Room], usual: Usual) -> dict[str, int]:
    """Give the rooms that are open to somebody, each with what it costs."""
    site = problem.duty_by_number[need.duty].site or ""
    codes = [room.code for room in rooms if fits(problem, need, room)]
    return {code: 0 if usual.get((need.person, site), code) == code else NOT_USUAL for code in codes}


def _at_once(problem: Problem, needs: Iterable[Placement]) -> Iterator[tuple[Placement, Placement]]:
    for one, other in combinations(needs, 2):
        if overlap(problem.duty_by_number[one.duty], problem.duty_by_number[other.duty]):
            yield one, other


def _own_cost(
    problem: Problem, need: Placement, code: str | None, names: Mapping[str, str], usual: Usual
) -> Iterator[RoomCost]:
    duty = problem.duty_by_number[need.duty]
    if code is None:
        yield RoomCost(need, NO_ROOM, f"{_said(problem, need)} has no {duty.room} room.")
    elif (own := usual.get((need.person, duty.site or ""), code)) != code:
        said = f"{_said(problem, need)} has {names[code]}, not {names.get(own, 'the usual room')}."
        yield RoomCost(need, NOT_USUAL, said)


def _said(problem: Problem, placement: Placement) -> str:
    duty = problem.duty_by_number[placement.duty]
    person = problem.person_by_key[placement.person]
    return f"{person.name} on {problem.session_by_number[duty.session].said}"

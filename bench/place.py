"""Six networks of a place that share the rooms of one building: their blueprints, one after the other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bench.calendar import span
from bench.clinic_instances import usual, with_clinics
from bench.instances import make
from bench.rota import unavoidable
from rota.solver.limits import Limits
from rota.solver.result import Result
from rota.solver.search.clock import Clock
from rota.solver.staff_rota import Duty, Plan, Problem, Site, fill
from rota.solver.staff_rota.blueprint import blueprint_of
from rota.solver.staff_rota.clinic_slots import opened
from rota.solver.staff_rota.clinics import ClinicKind, Opening, Seat
from rota.solver.staff_rota.solution import Rota

NETWORKS = 6
BUILDING = Site("PLACE", "Place Example", "PLACE", {"consulting": 3, "treatment": 2})
MINUTES = 15
# The part of its time that a network is planned without the others.
ALONE = 0.7
# A clinic needs a seat for somebody; it is none of this network's people.
NOBODY = Seat("others", "others", 1, 0, 0, 1, 0)
# Rooms of the building by session and type.
Use = Counter[tuple[int, str]]


def networks_of_a_place(seed: int, weeks: int, cycle: int) -> list[Problem]:
    """Make the blueprint problems of six networks."""
    return [network_of_a_place(seed * NETWORKS + number, weeks, cycle) for number in range(NETWORKS)]


def network_of_a_place(seed: int, weeks: int, cycle: int) -> Problem:
    """Make the blueprint problem of a network whose people may all work in the building."""
    problem = make("s", seed=seed)
    people = (
        replace(person, inductions={**person.inductions, BUILDING.code: date(2026, 1, 5)})
        for person in problem.people
    )
    sites = (*(_near(site) for site in problem.sites), BUILDING)
    shared = usual(replace(problem, sites=sites, people=tuple(people)))
    return blueprint_of(with_clinics(shared, seed, weeks, BUILDING.code), cycle)


def _near(site: Site) -> Site:
    return replace(site, travel={**site.travel, BUILDING.code: MINUTES})


def blueprints(problems: Sequence[Problem], limits: Limits) -> tuple[list[Problem], list[Result[Plan]]]:
    """Plan network after network; each leaves alone what those before it use of the building.

    Give the problems as they were solved, and results whose bounds hold whatever the others use.
    """
    clock, use = Clock(limits), Use()
    solved: list[Problem] = []
    results: list[Result[Plan]] = []
    for number, problem in enumerate(problems):
        seconds = max(1.0, clock.left / (len(problems) - number))
        result = fill(problem, replace(limits, seconds=ALONE * seconds))
        if short := exceeded(use + used_in(problem, result.plan)):
            alone, problem = problem, with_use(problem, use)
            left = replace(limits, seconds=(1 - ALONE) * seconds)
            again = fill(problem, left, start=without(alone, result.plan, short))
            # What it could have alone bounds what it can have beside the others, and what they cost.
            bounds = Counter(result.bound_by_tier)
            bounds.update(unavoidable(problem))
            bounds.subtract(unavoidable(alone))
            result = replace(again, bound_by_tier=bounds)
        use += used_in(problem, result.plan)
        solved.append(problem)
        results.append(result)
    return solved, results


def used_in(problem: Problem, plan: Plan) -> Use:
    """Count the rooms of the building that a plan uses, its clinics' and its people's."""
    seen, use = Rota(problem, plan), Use()
    for duty in problem.duties:
        if duty.site == BUILDING.code and duty.room:
            use[duty.session, duty.room] += len(seen.present_on(duty))
    for opening in opened(problem, plan):
        if opening.site == BUILDING.code:
            for room, number in problem.clinics.kind_of(opening).rooms.items():
                use[opening.session, room] += number
    return use


def exceeded(use: Use) -> set[tuple[int, str]]:
    """Give the sessions and types of room of which the building has too few."""
    return {key for key, number in use.items() if number > BUILDING.rooms.get(key[1], 0)}


def without(problem: Problem, plan: Plan, short: set[tuple[int, str]]) -> Plan:
    """Give a plan without the clinics that use rooms of which there are too few."""
    closed = [opening for opening in opened(problem, plan) if short & rooms_of(problem, opening).keys()]
    numbers = {opening.number for opening in closed}
    seats = {seat for opening in closed for seat in opening.duties}
    return Plan(
        frozenset(each for each in plan.placements if each.duty not in seats),
        plan.openings - numbers,
        frozenset(each for each in plan.served if each.opening not in numbers),
    )


def rooms_of(problem: Problem, opening: Opening) -> Use:
    """Count the rooms of the building that a clinic uses with all whom it needs."""
    use = Use()
    if opening.site == BUILDING.code:
        kind = problem.clinics.kind_of(opening)
        use.update({(opening.session, room): number for room, number in kind.rooms.items()})
        for seat, number in zip(kind.seats, opening.duties, strict=True):
            if room := problem.duty_by_number[number].room:
                use[opening.session, room] += seat.needed
    return use


def with_use(problem: Problem, use: Use) -> Problem:
    """Give the problem in which others have rooms of the building, as clinics that are held anyway."""
    clinics, first = problem.clinics, 1 + max(duty.number for duty in problem.duties)
    last = max(opening.number for opening in clinics.openings)
    kinds: list[ClinicKind] = []
    openings: list[Opening] = []
    duties: list[Duty] = []
    for place, ((session, room), number) in enumerate(sorted((+use).items())):
        kinds.append(
            ClinicKind(f"others {place}", "Clinic of another network", (NOBODY,), rooms={room: number})
        )
        starts, ends = span(problem.session_by_number[session])
        duties.append(
            Duty(first + place, session, BUILDING.code, "Others", "others", frozenset(), starts, ends)
        )
        held = Opening(
            last + 1 + place,
            kinds[-1].key,
            BUILDING.code,
            session,
            "elsewhere",
            (first + place,),
            is_fixed=True,
        )
        openings.append(held)
    return replace(
        problem,
        duties=(*problem.duties, *duties),
        clinics=replace(clinics, kinds=(*clinics.kinds, *kinds), openings=(*clinics.openings, *openings)),
    )

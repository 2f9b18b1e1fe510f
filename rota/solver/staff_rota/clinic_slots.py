"""Where and when in the week clinics are held, and how far people travel to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rota.solver.staff_rota.clinics import Bundle, Opening
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.solution import Plan

UNKNOWN_MINUTES = 20


@dataclass(frozen=True, order=True)
class Where:
    """A weekday (Monday is 0), half-day and site at which clinics of a type are held for an area."""

    weekday: int
    half: str
    site: str
    kind: str
    area: str

    @property
    def series(self) -> tuple[str, str]:
        return self.kind, self.area


@dataclass(frozen=True)
class Slot:
    """Where and when clinics come back, and which they are."""

    where: Where
    openings: tuple[int, ...]


def where_of(problem: Problem, opening: Opening) -> Where:
    """Say where and when in the week an opening is."""
    session = problem.session_by_number[opening.session]
    return Where(session.day.weekday(), session.kind, opening.site, opening.kind, opening.area)


def slots_of(problem: Problem, openings: Iterable[Opening]) -> list[Slot]:
    """Give the slots of some openings, in the order of the week."""
    found: dict[Where, list[int]] = {}
    for opening in openings:
        found.setdefault(where_of(problem, opening), []).append(opening.number)
    return [Slot(where, tuple(sorted(found[where]))) for where in sorted(found)]


def opened(problem: Problem, plan: Plan) -> list[Opening]:
    """Give the clinics that a plan opens, those aside that are held anyway."""
    return [each for each in problem.clinics.openings if each.number in plan.openings and not each.is_fixed]


def travel_in(problem: Problem, plan: Plan) -> int:
    """Add up the minutes that people travel from home to their clinics."""
    bundles, openings = problem.clinics.bundle_by_number, problem.clinics.opening_by_number
    return sum(
        each.count * minutes_to(problem, bundles[each.bundle], openings[each.opening].site)
        for each in plan.served
    )


def journeys_to(problem: Problem, area: str, site: str) -> int:
    """Add up the minutes that all who wait in an area would travel to a site."""
    bundles: Iterator[Bundle] = (each for each in problem.clinics.bundles if each.area == area)
    return sum(bundle.count * minutes_to(problem, bundle, site) for bundle in bundles)


def minutes_to(problem: Problem, bundle: Bundle, site: str) -> int:
    """Say how long people of a bundle travel to a site."""
    if bundle.home == site:
        return 0
    return problem.site_by_code[bundle.home].travel.get(site, UNKNOWN_MINUTES)

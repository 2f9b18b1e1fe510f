"""What a proposal for clinics puts first, and where it looks for them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import Enum

from rota.solver.rule import RuleChoice
from rota.solver.staff_rota.clinic_slots import Slot, Where, journeys_to, slots_of, where_of
from rota.solver.staff_rota.clinics import Opening
from rota.solver.staff_rota.model import RotaModel
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.solution import Plan, Rota

# Slots that are looked at: so many in all, but at least and at most a few for each type and area.
SLOTS, FEW_SLOTS, MANY_SLOTS = 48, 4, 8
MUCH = 50


class Aim(Enum):
    """What a proposal puts first."""

    MOST_SERVED = "most people served in one visit"
    LEAST_BACKFILL = "least taken from the rota"
    NEAREST = "shortest journeys, fewest sites"


# How much more a rule weighs, and in which tier, where it comes first.
Changed = Mapping[str, tuple[str, int]]
CHANGED: Mapping[Aim, Changed] = {
    Aim.MOST_SERVED: {"C08": ("T1", MUCH * MUCH), "C11": ("T1", MUCH)},
    Aim.LEAST_BACKFILL: {"C08": ("T1", MUCH), "C11": ("T3", 1)},
    Aim.NEAREST: {"C08": ("T1", MUCH)},
}


def for_aim(problem: Problem, aim: Aim) -> Problem:
    """Give the problem in which an aim comes first, after how often clinics are to be held.

    To serve most, people who wait count more than minimum cover does. To take least from the rota, they come
    after desired cover.
    """
    return replace(problem, rules=tuple(_changed(rule, CHANGED[aim]) for rule in problem.rules))


def _changed(rule: RuleChoice, changed: Changed) -> RuleChoice:
    if rule.code not in changed:
        return rule
    tier, times = changed[rule.code]
    return replace(rule, tier=tier, weight=rule.weight * times)


def with_slots(problem: Problem, wheres: Collection[Where]) -> Problem:
    """Leave a problem with the openings in some slots, and those that are held anyway; the seats of all
    others are gone.
    """
    clinics = problem.clinics
    kept = tuple(each for each in clinics.openings if each.is_fixed or where_of(problem, each) in wheres)
    gone = clinics.seat_of.keys() - {number for each in kept for number in each.duties}
    return replace(
        problem,
        duties=tuple(duty for duty in problem.duties if duty.number not in gone),
        clinics=replace(clinics, openings=kept),
    )


class Shortlist:
    """The slots that are worth looking at: those with people free in most weeks, or near those who wait."""

    def __init__(self, problem: Problem, without: Plan) -> None:
        self.problem = problem
        self._cells = RotaModel(problem).placements
        seen = Rota(problem, without)
        sessions = {opening.session for opening in problem.clinics.openings}
        self._busy = {number: {person.key for person, _ in seen.placed_in(number)} for number in sessions}
        free = (each for each in problem.clinics.openings if not each.is_fixed)
        self._by_series: dict[tuple[str, str], list[Slot]] = {}
        for slot in slots_of(problem, free):
            self._by_series.setdefault(slot.where.series, []).append(slot)

    def of(self, aim: Aim) -> frozenset[Where]:
        """Give the slots to look at for an aim."""
        each = max(FEW_SLOTS, min(MANY_SLOTS, SLOTS // max(1, len(self._by_series))))
        found: set[Where] = set()
        for slots in self._by_series.values():
            ranked = sorted(slots, key=lambda slot: (*self._rank(slot, aim), slot.where))
            if aim is Aim.NEAREST:
                ranked = [slot for slot in ranked if slot.where.site == ranked[0].where.site]
            found.update(slot.where for slot in ranked[:each])
        return frozenset(found)

    def _rank(self, slot: Slot, aim: Aim) -> tuple[int, ...]:
        openings = [self.problem.clinics.opening_by_number[number] for number in slot.openings]
        lacking = -sum(self._can_be_held(each, idle=False) for each in openings)
        idle = -sum(self._can_be_held(each, idle=True) for each in openings)
        journeys = journeys_to(self.problem, slot.where.area, slot.where.site)
        return (journeys, lacking, idle) if aim is Aim.NEAREST else (lacking, idle, journeys)

    def _can_be_held(self, opening: Opening, idle: bool) -> bool:
        """Say whether each seat has takers enough, of all or of those without a duty in the rota."""
        busy = self._busy[opening.session] if idle else set()
        seats = zip(self.problem.clinics.kind_of(opening).seats, opening.duties, strict=True)
        for seat, number in seats:
            takers = self._cells.present_on(self.problem.duty_by_number[number])
            if sum(person.key not in busy for _, person in takers) < seat.needed:
                return False
        return True

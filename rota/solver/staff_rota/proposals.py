"""Three ways to hold clinics: whom each serves, what it takes from the rota, how far people travel."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from rota.solver.limits import Limits, Way
from rota.solver.result import Watch
from rota.solver.search.clock import Clock
from rota.solver.staff_rota.clinic_aims import Aim, Shortlist, for_aim, with_slots
from rota.solver.staff_rota.clinic_core import core_of
from rota.solver.staff_rota.clinic_slots import Slot, Where, opened, slots_of, travel_in
from rota.solver.staff_rota.clinics import Opening
from rota.solver.staff_rota.looking import Breach, breaches, shortfalls
from rota.solver.staff_rota.problem import Placement, Problem
from rota.solver.staff_rota.solution import Plan, Rota

__all__ = ["Aim", "Figures", "Proposal", "Slot", "Where", "propose"]

USUAL_LIMITS = Limits(seconds=26.0)
# A first plan by hand takes no less.
LEAST_SECONDS = 1.0


@dataclass(frozen=True)
class Figures:
    """What a proposal comes to: clinics, people seen in one visit of all who wait, people whom the rota lacks
    for it, rooms used (counted in each session), and minutes that somebody travels, on average.
    """

    clinics: int
    served: int
    wanted: int
    backfill: int
    rooms: int
    travel_minutes: float

    @property
    def left(self) -> int:
        """The people who are not seen in one visit."""
        return self.wanted - self.served


@dataclass(frozen=True)
class Proposal:
    """A way to hold clinics: the plan, its clinics by slot, who sits in them, and hard rules that it breaks
    and the rota without it does not.
    """

    aim: Aim
    plan: Plan
    slots: tuple[Slot, ...]
    figures: Figures
    breaches: tuple[Breach, ...]
    seats: frozenset[Placement]


def propose(
    problem: Problem,
    limits: Limits = USUAL_LIMITS,
    watch: Watch[Plan] | None = None,
    plan: Plan | None = None,
) -> tuple[Proposal, ...]:
    """Propose up to three ways to open clinics of a problem that differ in where or when they are held.

    `plan` is the rota as it stands: whoever cannot sit in a clinic keeps their duties of it. The limits hold
    for all together. A watcher that stops the search gets the proposals found by then.
    """
    return tuple(Proposing(problem, limits, watch, plan).proposals())


class Proposing:
    """Clinics of one problem being proposed."""

    def __init__(
        self, problem: Problem, limits: Limits, watch: Watch[Plan] | None, plan: Plan | None
    ) -> None:
        self.problem = core_of(problem, plan)
        self.watch = watch
        # People's patterns take longer to compile than there is time for each proposal.
        self.clock = Clock(replace(limits, way=Way.WHOLE))
        self.standing = plan

    def proposals(self) -> Iterator[Proposal]:
        """Make a proposal for each aim, as long as nobody stops it and there is another way left."""
        shortlist, used = Shortlist(self.problem, self.without), list[frozenset[Where]]()
        for place, aim in enumerate(Aim):
            if self.watch is not None and self.watch.should_stop():
                return
            end = self.clock.left * (len(Aim) - place - 1) / (len(Aim) - place)
            plan = self._different(aim, shortlist.of(aim), used, end)
            if plan is not None:
                used.append(self._wheres(plan))
                yield self._proposal(aim, plan)

    def _different(
        self, aim: Aim, wheres: frozenset[Where], used: list[frozenset[Where]], end: float
    ) -> Plan | None:
        """Fill for an aim until so much time is left; what comes out as another one did is filled again
        without the slots of all before.
        """
        problem = for_aim(self.problem, aim)
        plan = self._filled(self._narrowed(problem, wheres), self.clock.left - end, self.without)
        if self._wheres(plan) in used:
            others = wheres.difference(*used)
            kept = {where for where in wheres if not any(where.series == each.series for each in others)}
            narrowed = self._narrowed(problem, others | kept)
            plan = self._filled(narrowed, self.clock.left - end, self.without)
        return plan if plan.openings and self._wheres(plan) not in used else None

    def _narrowed(self, problem: Problem, wheres: frozenset[Where]) -> Problem:
        """Leave a problem with some slots; in sessions without any of them the rota stays as it is."""
        return core_of(with_slots(problem, wheres), self.without)

    def _filled(self, problem: Problem, seconds: float, start: Plan | None) -> Plan:
        # The package's front door knows this module in its turn.
        from rota.solver.staff_rota import fill

        found = fill(
            problem, replace(self.clock.limits, seconds=max(seconds, LEAST_SECONDS)), self.watch, start
        )
        self.clock.spend(found.seconds)
        return found.plan

    @cached_property
    def without(self) -> Plan:
        """The rota without any clinic that is not held already."""
        problem = with_slots(self.problem, ())
        bare = replace(problem, clinics=replace(problem.clinics, bundles=()))
        return self._filled(bare, self.clock.left / (len(Aim) + 1), self.standing)

    def _wheres(self, plan: Plan) -> frozenset[Where]:
        return frozenset(slot.where for slot in slots_of(self.problem, opened(self.problem, plan)))

    def _proposal(self, aim: Aim, plan: Plan) -> Proposal:
        before = {each.said for each in breaches(self.problem, self.without)}
        held = opened(self.problem, plan)
        seats = {number for each in held for number in each.duties}
        return Proposal(
            aim,
            plan,
            tuple(slots_of(self.problem, held)),
            self._figures(plan, held),
            tuple(each for each in breaches(self.problem, plan) if each.said not in before),
            frozenset(each for each in plan.placements if each.duty in seats),
        )

    def _figures(self, plan: Plan, held: list[Opening]) -> Figures:
        served, seen = sum(each.count for each in plan.served), Rota(self.problem, plan)
        return Figures(
            clinics=len(held),
            served=served,
            wanted=sum(bundle.count for bundle in self.problem.clinics.bundles),
            backfill=max(0, missing(self.problem, plan) - missing(self.problem, self.without)),
            rooms=sum(rooms_in(seen, opening) for opening in held),
            travel_minutes=round(travel_in(self.problem, plan) / served, 1) if served else 0.0,
        )


def missing(problem: Problem, plan: Plan) -> int:
    """Count the people whom the rota lacks to what it should have, seats of clinics aside."""
    seats = problem.clinics.seat_of
    short = (each for each in shortfalls(problem, plan) if each.duty not in seats)
    return sum(each.desired - each.have for each in short)


def rooms_in(seen: Rota, opening: Opening) -> int:
    """Count the rooms that a clinic uses."""
    problem = seen.problem
    duties = (problem.duty_by_number[number] for number in opening.duties)
    seated = sum(len(seen.present_on(duty)) for duty in duties if duty.room)
    return seated + sum(problem.clinics.kind_of(opening).rooms.values())
